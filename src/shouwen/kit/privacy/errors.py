"""Refusals about personal data."""

from __future__ import annotations

from shouwen.kernel.errors import InvalidInput, NotFound


class HoldRefused(InvalidInput):
    """A hold without a reason, or that ends before it begins."""

    code = "hold-refused"
    field = "reason"
    zh = "请写明保全原因（至少 4 个字），截止日期须晚于今天。"
    en = "Say why the data must stay (at least 4 characters); the last day must be after today."


class HoldNotFound(NotFound):
    """No such hold, or lifted already."""

    code = "hold-not-found"
    zh = "没有这条保全，或已经解除。请刷新后再试。"
    en = "There is no such hold, or it was lifted. Reload and try again."
