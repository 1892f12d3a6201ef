"""Refusals about personal data."""

from __future__ import annotations

from shouwen.kernel.errors import InvalidInput, NotFound


class HoldRefused(InvalidInput):
    """A hold without a reason, or that ends before it begins."""

    code = "hold-refused"
    field = "reason"
    zh = "请写明保全原因（至少 4 个字），截止日期须晚于今天。"
    en = "Say why the data must stay (at least 4 characters); the last day must be after today."


class PeriodRefused(InvalidInput):
    """Shorter than the law allows, longer than anybody needs, or without a reason."""

    code = "keep-period-refused"
    field = "days"
    zh = "保存期限应为 {least} 到 {most} 天，并写明原因（至少 4 个字）。"
    en = "Keep it between {least} and {most} days, and say why (at least 4 characters)."


class PeriodNotSettable(NotFound):
    """No such data, or it does not go by age."""

    code = "keep-period-not-settable"
    zh = "这类数据不按天数清理，不能设定期限。请从保存期限列表中选择。"
    en = "This data does not go by age, so it has no period to set. Choose one from the list of retention."


class HoldNotFound(NotFound):
    """No such hold, or lifted already."""

    code = "hold-not-found"
    zh = "没有这条保全，或已经解除。请刷新后再试。"
    en = "There is no such hold, or it was lifted. Reload and try again."
