"""What interactions refuse."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class InteractionNotFound(NotFound):
    """No such contact, or not the reader's."""

    code = "conversation-not-found"
    zh = "没有找到这个会话，或您不能查看它。请从会话列表重新打开。"
    en = "There is no such conversation that you may see. Open it from the list again."


class InteractionOver(DomainError):
    """The contact has ended: nothing can be said in it any more."""

    code = "conversation-over"
    zh = "会话已结束，不能再发送，您写的内容已保留。需要继续请发起新的会话。"
    en = "The conversation is over. What you wrote is kept; start a new conversation to go on."


class InteractionClosed(DomainError):
    """The contact is closed: its record stands."""

    code = "conversation-closed"
    zh = "会话已完成，服务记录不能再改。需要补充请在工单或新的会话里写明。"
    en = "The conversation is closed and its record stands. Add what is missing in a ticket or a new conversation."


class StillOpen(DomainError):
    """The contact must end before it is closed."""

    code = "conversation-still-open"
    zh = "会话还没有结束。请先结束会话，再完成小结。"
    en = "The conversation has not ended. End it first, then complete it."


class MessageEmpty(InvalidInput):
    """Nothing was said."""

    code = "message-empty"
    field = "body"
    zh = "消息是空的。请写点内容再发送。"
    en = "The message is empty. Write something before sending."


class MessageTooLong(InvalidInput):
    """More than the limit."""

    code = "message-too-long"
    field = "body"
    zh = "消息有 {length} 字，最多 {limit} 字。请分成几条发送。"
    en = "The message has {length} characters; the limit is {limit}. Send it in parts."


class NoteTooLong(InvalidInput):
    """More than the limit."""

    code = "note-too-long"
    field = "note"
    zh = "服务记录有 {length} 字，最多 {limit} 字。请精简后保存。"
    en = "The note has {length} characters; the limit is {limit}. Shorten it."


class UnknownReason(InvalidInput):
    """Not a leaf of the tree of reasons."""

    code = "unknown-reason"
    field = "reason"
    zh = "没有这个来电原因。请从列表中选择具体的一项。"
    en = "There is no such reason. Choose a particular one from the list."


class UnknownHandling(InvalidInput):
    """Not on the list of handlings."""

    code = "unknown-handling"
    field = "handling"
    zh = "没有这种处理方式。请从列表中选择。"
    en = "There is no such handling. Choose one from the list."


class RecordStale(DomainError):
    """Somebody else saved the record in between."""

    code = "record-stale"
    status = 412
    zh = "服务记录已被他人修改，您填写的内容已保留。请刷新后再保存。"
    en = "Someone else saved this record meanwhile. What you typed is kept; reload and save again."


class ReasonNeeded(InvalidInput):
    """A contact cannot be closed without saying why the customer came."""

    code = "record-incomplete"
    field = "reason"
    zh = "请先选择来电原因，再完成。"
    en = "Choose the reason for contact before completing."


class HandlingNeeded(InvalidInput):
    """A contact cannot be closed without saying what was done."""

    code = "record-incomplete"
    field = "handling"
    zh = "请先选择处理方式，再完成。"
    en = "Choose the handling before completing."


class AlreadyRated(DomainError):
    """One contact is rated once."""

    code = "already-rated"
    zh = "您已评价过这次服务，感谢您的反馈。"
    en = "You have rated this service already. Thank you."


class ScoreInvalid(InvalidInput):
    """A score is one to five."""

    code = "score-invalid"
    field = "score"
    zh = "评分应为 1 到 5 分。"
    en = "Give a score from 1 to 5."


class ReasonInvalid(InvalidInput):
    """A reason needs a code of its own, two names, and a parent of the first level."""

    code = "reason-invalid"
    field = "code"
    zh = "原因需要一个未用过的编码和中英文名称，上级必须是第一级。请修改后保存。"
    en = "A reason needs an unused code, a Chinese and an English name, and a parent of the first level."


class WrapUpCodeInvalid(InvalidInput):
    """A wrap-up code needs two names, and above it at most one of the first level."""

    code = "wrap-up-code-invalid"
    zh = "服务小结码需要中文名称（40 字以内）、英文名称（60 字符以内），上级只能是第一级。请修改后保存。"
    en = "A wrap-up code needs a Chinese name (40 characters), an English one (60), and only a first level above it."

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Return the field of the content that is at fault."""
        return [(f"content.{self.params['where']}", self.text(language))]
