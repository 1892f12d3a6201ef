"""How long a promise has, and what a pause does to it. Pure: time and calendar are passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shouwen.kernel.calendars import WorkingCalendar

State = Literal["running", "late", "paused", "met", "cancelled"]


@dataclass(frozen=True)
class Allowance:
    """Elapsed seconds, counted day and night, or whole working days, ending when the last one closes."""

    seconds: int | None = None
    working_days: int | None = None

    @property
    def valid(self) -> bool:
        """Tell whether exactly one measure is given, above zero."""
        given = [value for value in (self.seconds, self.working_days) if value is not None]
        return len(given) == 1 and given[0] > 0


def due(allowance: Allowance, start: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the instant by which a promise made at `start` must be met."""
    if allowance.working_days is not None:
        return calendar.add_working_days(start, allowance.working_days)
    return start + timedelta(seconds=allowance.seconds or 0)


def due_after_pause(
    allowance: Allowance,
    *,
    started_at: datetime,
    due_at: datetime,
    paused_at: datetime,
    resumed_at: datetime,
    calendar: WorkingCalendar,
) -> datetime:
    """Return the new due instant after time that does not count.

    Elapsed time is given back to the second. Of working days, those are given back whose close fell in the
    pause; the day of the start never counted, so it is never given back.
    """
    if allowance.working_days is None:
        return due_at + (resumed_at - paused_at)
    first_counted = calendar.add_working_days(started_at, 1)
    lost = closings_between(calendar, max(paused_at, first_counted), resumed_at)
    return calendar.add_working_days(due_at, lost) if lost else due_at


def closings_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """Count the working days that close at or after `start` and before `end`."""
    day = start.astimezone(calendar.zone).date()
    last = end.astimezone(calendar.zone).date()
    count = 0
    while day <= last:
        close = datetime.combine(day, calendar.closes, calendar.zone)
        count += calendar.works_on(day) and start <= close < end
        day += timedelta(days=1)
    return count


def warn_at(start: datetime, due_at: datetime, percent: int) -> datetime:
    """Return when `percent` of the way from `start` to `due_at` is gone."""
    return start + (due_at - start) * percent / 100


def state(
    *,
    due_at: datetime,
    met_at: datetime | None,
    cancelled_at: datetime | None,
    paused_at: datetime | None,
    breached_at: datetime | None,
    at: datetime,
) -> State:
    """Say how a promise stands at an instant."""
    if met_at is not None:
        return "met"
    if cancelled_at is not None:
        return "cancelled"
    if breached_at is None and paused_at is not None:
        return "paused"
    return "late" if breached_at is not None or at > due_at else "running"
