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


class PersonUnknown(InvalidInput):
    """Nobody has this number."""

    code = "person-unknown"
    zh = "没有工号 {number} 的人员。请先导入人员。"
    en = "Nobody has the number {number}. Load the staff first."


class LevelsUnreadable(InvalidInput):
    """Agents with levels that cannot be read."""

    code = "levels-unreadable"
    zh = "坐席写法有误：「{text}」。请写成「8021:8 8033:6」，等级 1 到 10。"
    en = "The agents “{text}” cannot be read. Write “8021:8 8033:6”, levels from 1 to 10."
