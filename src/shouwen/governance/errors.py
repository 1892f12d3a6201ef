"""Refusals about data-rights requests."""

from __future__ import annotations

from typing import cast

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class RequestNotFound(NotFound):
    """No such request, or not in the reader's scope."""

    code = "data-request-not-found"
    zh = "没有这项请求，或不在您的服务区域。请刷新后再试。"
    en = "There is no such request in your area. Reload and try again."


class RequestOpen(DomainError):
    """The same was asked and is not answered yet."""

    code = "data-request-open"
    field = "kind"
    zh = "同样的请求已在办理（{number}），请等待结果，有补充可在该事项里说明。"
    en = "The same request is under way ({number}). Add to it there if something is missing."


class RequestDecided(DomainError):
    """It was decided already."""

    code = "data-request-decided"
    zh = "这项请求已经办理，不能再次决定。请刷新查看结果。"
    en = "This request was decided already. Reload to see the result."


class IdentityNeeded(InvalidInput):
    """Staff must say how they made sure who asks."""

    code = "identity-needed"
    field = "identity"
    zh = "请写明怎样核实了客户身份（至少 4 个字），例如服务密码、证件。"
    en = "Say how you made sure who asks (at least 4 characters): service password, document."


class ReasonUnknown(InvalidInput):
    """A refusal names one of the law's reasons."""

    code = "refusal-reason-unknown"
    field = "reason"
    zh = "请从列表中选择不予办理的原因。"
    en = "Choose a reason from the list."


class WrongKind(DomainError):
    """The request asks for something else."""

    code = "data-request-kind"
    zh = "这项请求要求的不是这件事。请刷新后按请求的类型办理。"
    en = "This request asks for something else. Reload, and do what it asks for."


class HeldByLaw(DomainError):
    """A legal hold beats erasure."""

    code = "held-by-law"
    zh = "该客户的数据正被依法保全，不能删除。请以「依法保全」为由答复客户。"
    en = "The customer's data is under a legal hold and cannot be erased. Answer with that reason."


class MattersOpen(DomainError):
    """What is under way still needs the data."""

    code = "matters-open"
    zh = "该客户还有 {count} 项未办结的事项，办结后才能删除。请先办结，或以「期限未届满」答复。"
    en = "{count} other matters of this customer are open. Close them first, or answer that the period has not ended."


class NothingToCorrect(InvalidInput):
    """A correction changes something."""

    code = "nothing-to-correct"
    field = "changes"
    zh = "请填写要更正的内容。"
    en = "Say what is to be corrected."


class AssessmentMalformed(InvalidInput):
    """A part of an assessment cannot be kept as it is."""

    code = "assessment-malformed"
    zh = "影响评估的「{where}」填写有误。请从页面上的选项中选择，文字不要过长。"
    en = "The part “{where}” of the assessment cannot be kept. Choose from the page's options, and keep texts short."

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Name the part."""
        return [(f"content.{self.params['where']}", self.text(language))]


class AssessmentIncomplete(InvalidInput):
    """Before a review everything that the law asks for is said."""

    code = "assessment-incomplete"
    zh = "提交审核前请补全：至少一项处理活动、事由和剩余风险；各段文字至少 10 个字。"
    en = "Complete it first: an activity, a ground and the remaining risk; at least 10 characters in each text."

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Name each part that is missing."""
        lacking = cast("list[str]", self.params["lacking"])
        remedy = "Say this before the review" if language.startswith("en") else "提交审核前请填写"
        return [(f"content.{part}", remedy) for part in lacking]
