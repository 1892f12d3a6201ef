"""What notifications refuse."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class NoticeNotFound(NotFound):
    """No such notice of the one who asks."""

    code = "notice-not-found"
    zh = "没有这条通知。请刷新列表。"
    en = "There is no such notice. Reload the list."


class NotificationNotFound(NotFound):
    """No such message."""

    code = "notification-not-found"
    zh = "没有这条发送记录。请刷新列表。"
    en = "There is no such message. Reload the list."


class NotFailed(DomainError):
    """Only a failed message is sent again by hand."""

    code = "notification-not-failed"
    zh = "这条消息没有失败，不用重发。"
    en = "This message did not fail; there is nothing to send again."


class TooLate(DomainError):
    """The message has no use any more."""

    code = "notification-too-late"
    zh = "这条消息已过有效期，不能重发。请让客户重新获取。"
    en = "This message is out of date and cannot be sent again. Let the customer ask for a new one."


class NoticeRequired(DomainError):
    """What duty requires cannot be switched off."""

    code = "notice-required"
    field = "off"
    zh = "「{zh}」是履职必须的通知，不能关闭。"
    en = "“{en}” is required by duty and cannot be switched off."


class UnknownNotice(InvalidInput):
    """There is no such kind of notice for staff."""

    code = "unknown-notice"
    field = "off"
    zh = "没有名为「{template}」的通知。请从列表中选择。"
    en = "There is no notice “{template}”. Choose from the list."
