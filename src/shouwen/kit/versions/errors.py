"""Why versions may refuse."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class UnknownKind(InvalidInput):
    """No room keeps versions of this."""

    code = "unknown-version-kind"
    field = "kind"
    zh = "没有名为「{kind}」的版本类型。请从列表中选择。"
    en = "Nothing called “{kind}” has versions. Choose a kind from the list."


class VersionNotFound(NotFound):
    """There is no such version, or not one the reader may see."""

    code = "version-not-found"
    zh = "没有找到这个版本。请从版本列表重新打开。"
    en = "There is no such version. Open it from the list again."


class VersionChanged(DomainError):
    """Somebody else changed it after it was read."""

    code = "version-stale"
    status = 412
    zh = "第 {number} 版刚被他人修改，您填写的内容已保留。请刷新后再提交。"
    en = "Version {number} was changed by someone else just now. Reload and submit again."


class VersionOpen(DomainError):
    """One change of a thing at a time."""

    code = "version-open"
    zh = "「{key}」已有第 {number} 版在拟稿或审核。请先发布或作废它，再开始新的一版。"
    en = "Version {number} of “{key}” is being drafted or reviewed. Publish or discard it before beginning another."


class VersionMoveRefused(DomainError):
    """The state of the version does not allow this."""

    code = "version-move-refused"
    zh = "第 {number} 版现在是「{state_zh}」，不能{move_zh}。请刷新后看可用的操作。"
    en = "Version {number} is {state}; it cannot be {move} now. Reload to see what is possible."


class OwnWork(DomainError):
    """Four eyes: whoever wrote it does not approve it."""

    code = "version-own-work"
    status = 403
    zh = "您写过第 {number} 版，不能由您审核。请另一位有权限的同事审核。"
    en = "You wrote in version {number}, so you cannot review it. Ask a colleague who may."


class NotTheOwnerUnit(DomainError):
    """Only the unit that owns it interprets and publishes it."""

    code = "version-not-owner-unit"
    status = 403
    zh = "「{key}」归另一个单位解释，只有归口单位可以{move_zh}。请联系归口单位办理。"
    en = "“{key}” belongs to another unit, and only that unit may have it {move}. Ask them."


class TooEarly(InvalidInput):
    """What is in force changes from now on, never backwards."""

    code = "version-too-early"
    field = "valid_from"
    zh = "生效时间不能早于现在。请填现在或以后的时间，或留空表示立即生效。"
    en = "A version cannot come into force in the past. Give a time from now on, or none for at once."


class RemarkNeeded(InvalidInput):
    """Whoever gets it back must know why."""

    code = "version-remark-needed"
    field = "remark"
    zh = "请写明原因，拟稿人要据此修改。"
    en = "Say why: the author works from it."


class ContentTooLarge(InvalidInput):
    """A version is a document, not a store."""

    code = "version-too-large"
    field = "content"
    zh = "内容过大（{kib} KiB，上限 {most} KiB）。请删减后再保存。"
    en = "The content is too large ({kib} KiB of {most} KiB). Shorten it and save again."
