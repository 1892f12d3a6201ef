"""Refusals of this room."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput


class NobodyAnswers(DomainError):
    """The subject has no open row."""

    code = "responsibility-not-open"
    status = 404
    zh = "这件事没有在办的责任记录，可能已经办结。请刷新后再看。"
    en = "Nobody answers for this matter any more; it may be closed. Reload and look again."


class NotYours(DomainError):
    """Only the owner, the handler or a leader may move a matter."""

    code = "responsibility-not-yours"
    status = 403
    zh = "这件事不由您负责。请由首问责任人、当前处理人或班长操作。"
    en = "This matter is not yours. The owner, the handler or a shift leader may do this."


class NotOfferedToYou(DomainError):
    """A hand-over can be accepted or declined only by the one it was offered to."""

    code = "responsibility-not-offered"
    zh = "这件事没有移交给您，或移交已被收回。请刷新后再看。"
    en = "This matter is not offered to you, or the offer was withdrawn. Reload and look again."


class CannotAnswer(DomainError):
    """A matter cannot be given to somebody who is not at work."""

    code = "responsibility-cannot-answer"
    zh = "工号 {number} 已停用，不能接手。请选择在岗的同事。"
    en = "Staff number {number} is not active and cannot take this. Choose a colleague at work."


class AlreadyOwner(DomainError):
    """A hand-over to the present owner moves nothing."""

    code = "responsibility-already-owner"
    zh = "对方已经是首问责任人，无需移交。请选择另一位同事。"
    en = "That colleague is the owner already. Choose someone else."


class DateNeeded(InvalidInput):
    """While nobody's clock runs, there must be a date on which we look again."""

    code = "responsibility-date-needed"
    field = "next_contact_at"
    zh = "等待客户或第三方时，请填写下次联系时间：晚于现在，且在 90 天以内。"
    en = "While this waits on someone else, give a next contact time: later than now, within 90 days."
