"""Why approvals may refuse."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class UnknownApproval(InvalidInput):
    """No room asks for this."""

    code = "unknown-approval-kind"
    field = "kind"
    zh = "没有名为「{kind}」的审批类型。请从列表中选择。"
    en = "Nothing called “{kind}” is asked for. Choose a kind from the list."


class AmountInvalid(InvalidInput):
    """Amounts are whole fen from 0."""

    code = "approval-amount-invalid"
    field = "amount_fen"
    zh = "金额须为 0 到 1 亿元之间的整数（分）。请更正后再提交。"
    en = "The amount is a whole number of fen between 0 and 10 billion. Correct it and submit again."


class ApprovalReasonNeeded(InvalidInput):
    """Whoever decides, and whoever is refused, must know why."""

    code = "approval-reason-needed"
    field = "reason"
    zh = "请写明理由。"
    en = "Say why."


class ApprovalNotFound(NotFound):
    """There is no such request, or not one the reader may see."""

    code = "approval-not-found"
    zh = "没有找到这项审批，或不在您的范围内。请从审批列表重新打开。"
    en = "There is no such request that you may see. Open it from the list again."


class NobodyMayDecide(InvalidInput):
    """No seat has a limit as high as this."""

    code = "approval-nobody-may-decide"
    field = "amount_fen"
    zh = "金额 {amount} 元超过所有台席的审批限额。请减少金额，或先发布更高的限额。"
    en = "No seat may approve {amount} yuan. Ask for less, or have a higher limit published first."


class AlreadyAsked(DomainError):
    """One open request of a kind for a thing at a time."""

    code = "approval-already-asked"
    zh = "这件事已有一项「{zh}」在等待审批。请等待结果，或先撤回它。"
    en = "“{en}” is already waiting for approval here. Wait for the decision, or withdraw it first."


class OwnRequest(DomainError):
    """Four eyes: nobody approves what he asked for."""

    code = "approval-own-request"
    status = 403
    zh = "这是您自己的申请，不能由您审批。请另一位有权限的同事审批。"
    en = "This is your own request. Ask a colleague who may decide it."


class LimitTooLow(DomainError):
    """The amount is above what his roles may decide."""

    code = "approval-limit-too-low"
    status = 403
    zh = "金额 {amount} 元超过您的审批限额。请由限额更高的台席审批：{who}。"
    en = "The amount of {amount} yuan is above your limit. A seat with a higher limit decides it: {who_en}."


class AlreadyDecided(DomainError):
    """It was decided, withdrawn, or waited too long."""

    code = "approval-already-decided"
    zh = "这项审批已{state_zh}，不能再次处理。请刷新列表。"
    en = "This request is {state} and cannot be decided again. Reload the list."
