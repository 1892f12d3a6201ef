"""What the roster refuses."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class ShiftInvalid(InvalidInput):
    """A stretch that cannot be planned."""

    code = "shift-invalid"
    field = "ends_at"
    zh = "排班的结束须晚于开始，且不超过 16 小时；安排须为在岗、小休、培训或会议。"
    en = "A shift ends after it begins, within 16 hours, and is work, break, training or meeting."


class ShiftOverlaps(DomainError):
    """Two stretches of one person at once."""

    code = "shift-overlaps"
    field = "starts_at"
    zh = "此人在这段时间已有排班。请先删除原来的，或改用别的时间。"
    en = "This person has a shift at that time. Remove it first, or choose another time."


class ShiftNotFound(NotFound):
    """No such shift, or not of one's area."""

    code = "shift-not-found"
    zh = "没有这条排班，或它不在您的管理范围内。请刷新排班表。"
    en = "There is no such shift in your area. Read the roster again."


class RosterSpanInvalid(InvalidInput):
    """A roster is read for some weeks at most."""

    code = "roster-span-invalid"
    field = "until"
    zh = "请选择结束晚于开始、不超过 31 天的时段。"
    en = "Choose an end after the beginning, and 31 days at most."
