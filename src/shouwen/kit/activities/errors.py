"""Why activities may refuse."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class UnknownActivity(InvalidInput):
    """No room offers this."""

    code = "unknown-activity"
    field = "code"
    zh = "没有名为「{code}」的活动。请从活动清单中选择。"
    en = "There is no activity “{code}”. Choose one from the list."


class InputUnfit(InvalidInput):
    """The input or output does not have the activity's shape."""

    code = "activity-input-unfit"
    zh = "「{code}」的内容不符合要求：{why}。请按活动清单里的结构填写。"
    en = "What was given to “{code}” does not fit: {why}. Follow its schema in the list."


class KeyOfAnother(DomainError):
    """The same key with another input would be another deed."""

    code = "activity-key-reused"
    zh = "「{code}」的幂等键 {key} 已用于另一份内容。请换一个键。"
    en = "Key {key} of “{code}” was used with another input. Use a new key."


class RunNotFound(NotFound):
    """There is no such run."""

    code = "activity-run-not-found"
    zh = "没有找到这次活动。请从清单重新打开。"
    en = "There is no such run. Open it from the list again."


class RunOver(DomainError):
    """The run has its answer."""

    code = "activity-run-over"
    zh = "这次活动已有结果，不能再次办理。请刷新清单。"
    en = "This run has its answer and cannot be answered again. Reload the list."
