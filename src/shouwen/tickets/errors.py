"""Refusals of this room. Each says what to do instead."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class TicketNotFound(NotFound):
    """No such ticket, or not one that the reader may see."""

    code = "ticket-not-found"
    zh = "没有工单 {number}，或不在您的服务区域。请核对单号。"
    en = "There is no ticket {number} that you may see. Check the number."


class TicketChanged(DomainError):
    """Somebody changed the ticket after it was read."""

    code = "version-stale"
    status = 412
    zh = "工单 {number} 刚被他人修改，您填写的内容已保留。请刷新后再提交。"
    en = "Ticket {number} was changed by someone else just now. Reload and submit again."


class MoveRefused(DomainError):
    """The state of the ticket does not allow this."""

    code = "ticket-move-refused"
    zh = "工单 {number} 现在是「{state_zh}」，不能{move_zh}。请刷新后看可用的操作。"
    en = "Ticket {number} is {state}; it cannot be changed by “{move}”. Reload to see what is possible."


class TicketOver(DomainError):
    """A closed or cancelled ticket never moves again."""

    code = "ticket-over"
    zh = "工单 {number} 已归档，不能再改。客户还有诉求时，请新建工单并关联它。"
    en = "Ticket {number} is over and does not change. Open a new ticket linked to it."


class AlreadyTaken(DomainError):
    """Somebody else took it first."""

    code = "ticket-already-taken"
    zh = "工单 {number} 已由{name}接手。需要您来办时，请对方转派给您。"
    en = "{name} has taken ticket {number}. Ask for it to be passed to you if you should do it."


class NotInYourHands(DomainError):
    """Only the handler, the owner or a leader works on a ticket."""

    code = "ticket-not-in-your-hands"
    status = 403
    zh = "工单 {number} 不在您手上。请先接手，或联系当前处理人。"
    en = "Ticket {number} is not in your hands. Take it first, or ask its handler."


class NotYourMatter(DomainError):
    """Only the customer whose matter it is may say so."""

    code = "ticket-not-your-matter"
    status = 403
    zh = "这一步需要客户本人确认。请联系客户，并登记联系结果。"
    en = "Only the customer can say this. Contact the customer and record the result."


class OtherBusiness(DomainError):
    """A specialist seat serves one business."""

    code = "ticket-other-business"
    status = 403
    zh = "「{category}」不属于{name}的专业。请转给综合台席或对应的专业台席。"
    en = "“{category}” is not in the business of {name}. Pass it to a seat that serves it."


class AreaInvalid(InvalidInput):
    """The area is neither town nor country."""

    code = "ticket-area-invalid"
    field = "area"
    zh = "区域只能是城镇或农村，不清楚可以不填。"
    en = "The area is town or country; leave it out when you do not know."


class HoldReasonInvalid(InvalidInput):
    """A ticket is put on hold for one of the known reasons."""

    code = "ticket-hold-reason-invalid"
    field = "because"
    zh = "挂起原因只能是等待第三方或不可抗力。请选一个。"
    en = "A ticket is put on hold for a third party or for force majeure. Choose one."


class CategoryInvalid(InvalidInput):
    """The category is unknown, retired, or has finer ones below it."""

    code = "ticket-category-invalid"
    field = "category"
    zh = "没有可用的分类「{category}」。请从分类树里选最细的一级。"
    en = "There is no category “{category}” to choose. Pick one at the end of the tree."


class TextNeeded(InvalidInput):
    """A text that somebody else relies on is missing."""

    code = "ticket-text-needed"
    zh = "请填写内容，不能为空。"
    en = "Write something here; it cannot be empty."


class FilesNeeded(InvalidInput):
    """Nothing was chosen."""

    code = "files-needed"
    field = "files"
    zh = "请至少选择一个文件。"
    en = "Choose at least one file."


class AnswerNeeded(TextNeeded):
    """Nothing is resolved without an answer to the customer."""

    code = "ticket-answer-needed"
    field = "answer"
    zh = "请填写给客户的答复，再办结。"
    en = "Write the answer to the customer before resolving."


class KindInvalid(InvalidInput):
    """No such kind or urgency."""

    code = "ticket-kind-invalid"
    field = "kind"
    zh = "工单类型或紧急程度无效。请从列表里选。"
    en = "The kind or urgency is not valid. Choose one from the list."


class CloseRefused(DomainError):
    """Neither has the customer confirmed, nor have enough attempts to reach him failed."""

    code = "ticket-close-refused"
    zh = "客户还没有确认，联系未果只有 {failed} 次（需 {required} 次）。请联系客户并登记结果。"
    en = "The customer has not confirmed and {failed} of {required} attempts failed. Contact him and record it."


class CancelRefused(DomainError):
    """A ticket is withdrawn only when the customer was reached and asked for it."""

    code = "ticket-cancel-refused"
    zh = "撤单需要客户同意。请先联系客户，把「已联系上、客户同意」登记为联系记录。"
    en = "The customer must agree. Reach him first and record that he agreed."


class UrgedAlready(DomainError):
    """The customer urged a short while ago."""

    code = "ticket-urged-already"
    status = 429
    zh = "您刚刚催办过，负责人已收到。{minutes} 分钟后可以再催。"
    en = "You urged this just now and the one in charge knows. You can urge again in {minutes} minutes."


class PolicyInvalid(InvalidInput):
    """A rule for tickets outside its bounds."""

    code = "ticket-policy-invalid"
    zh = "规则超出范围：联系次数 1-9 次，间隔 1-240 小时，重办次数 1-9 次。"
    en = "Out of bounds: attempts 1-9, gap 1-240 hours, reopenings 1-9."
