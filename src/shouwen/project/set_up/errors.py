"""What the set-up refuses."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput


class AddressNeeded(InvalidInput):
    """A message that leaves the house needs an address."""

    code = "address-needed"
    field = "address"
    zh = "请填写收件的邮箱或手机号。"
    en = "Give the mailbox or number that shall receive it."


class NameDiffers(InvalidInput):
    """What was typed to be sure is not the operator's name."""

    code = "operator-name-differs"
    field = "name"
    zh = "与运营商名称不一致。请输入「{name}」以确认。"
    en = "That is not the operator's name. Type “{name}” to confirm."


class SampleDataGone(DomainError):
    """There is no demo operator."""

    code = "sample-data-gone"
    status = 409
    zh = "这里没有演示数据，无需清除。"
    en = "There is no demo data here, so nothing to remove."


class RealThingsThere(DomainError):
    """Something real hangs on the demo."""

    code = "sample-data-mixed"
    status = 409
    zh = "数据库里还有演示以外的内容（{others}），不能清除。请在新的数据目录（SHOUWEN_DATA）里开通，或先删除这些内容。"
    en = (
        "The database has more than the demo ({others}), so nothing is removed. Open your own centre in a new data "
        "folder (SHOUWEN_DATA), or remove these first."
    )


class NotSupervised(DomainError):
    """Nobody here could stop and start the processes."""

    code = "removal-not-supervised"
    status = 409
    zh = "本系统不是由 shouwen up 启动的，页面上不能清除。请停止各进程后执行 shouwen demo --remove。"
    en = "This system was not started by shouwen up. Stop its processes and run shouwen demo --remove."
