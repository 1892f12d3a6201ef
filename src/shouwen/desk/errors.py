"""What the desk refuses."""

from __future__ import annotations

from shouwen.kernel.errors import InvalidInput, NotFound


class FigureUnknown(NotFound):
    """No figure of this name."""

    code = "figure-unknown"
    zh = "没有名为「{key}」的指标。请从看板上打开明细。"
    en = "There is no figure “{key}”. Open the list from the board."


class PeriodInvalid(InvalidInput):
    """The days asked for are out of order or too many."""

    code = "period-invalid"
    field = "until"
    zh = "日期范围不正确：结束日期不能早于开始日期，最多 {days} 天。请重新选择。"
    en = "The period is not valid: it must not end before it begins, and has at most {days} days. Choose again."
