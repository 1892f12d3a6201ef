"""How long a promise has, what pauses do to it, and when a share of its time is used up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.kernel.calendars import ROUND_THE_CLOCK, WorkingCalendar

NOTHING = timedelta(0)


@dataclass(frozen=True)
class Allowance:
    """One measure: seconds counted day and night, seconds of working time, or whole working days.

    Working days end when the last of them closes; the day of the start never counts.
    """

    seconds: int | None = None
    working_seconds: int | None = None
    working_days: int | None = None

    @property
    def valid(self) -> bool:
        """Tell whether exactly one measure is given, above zero."""
        given = [value for value in (self.seconds, self.working_seconds, self.working_days) if value is not None]
        return len(given) == 1 and given[0] > 0

    @property
    def needs_calendar(self) -> bool:
        """Tell whether only working time counts."""
        return self.seconds is None


@dataclass(frozen=True)
class Pause:
    """A stretch that does not count: from its beginning up to, not including, its end."""

    began_at: datetime
    ended_at: datetime

    def covers(self, moment: datetime) -> bool:
        """Tell whether an instant lies in the pause."""
        return self.began_at <= moment < self.ended_at


Pauses = Sequence[Pause]
"""Pauses of one clock, oldest first, none overlapping another."""


def due(allowance: Allowance, start: datetime, calendar: WorkingCalendar, pauses: Pauses = ()) -> datetime:
    """Return the instant by which a promise made at `start` must be met.

    Seconds in a pause are given back. A working day counts when the clock runs at the day's close.
    """
    if allowance.working_days is not None:
        return _nth_close(allowance.working_days, start, calendar, pauses)
    return _spend(_span(allowance), start, _counting(allowance, calendar), pauses)


def reached(
    percent: int, allowance: Allowance, start: datetime, calendar: WorkingCalendar, pauses: Pauses = ()
) -> datetime:
    """Return when `percent` of the allowance is used up; beyond 100 the same measure goes on after the due instant."""
    counting = _counting(allowance, calendar)
    due_at = due(allowance, start, calendar, pauses)
    if percent == 100:
        return due_at
    whole = _whole(allowance, start, due_at, counting, pauses)
    if percent > 100:
        return counting.add(due_at, whole * (percent - 100) / 100)
    return _spend(whole * percent / 100, start, counting, pauses)


def used(start: datetime, moment: datetime, calendar: WorkingCalendar, pauses: Pauses = ()) -> timedelta:
    """Return the time that counted from `start` to `moment`."""
    lost = sum(
        (calendar.between(pause.began_at, min(pause.ended_at, moment)) for pause in pauses if pause.began_at < moment),
        NOTHING,
    )
    return calendar.between(start, moment) - lost


def remaining_pause(limit: timedelta | None, earlier: Pauses) -> timedelta | None:
    """Return how long a reason may still stop a clock it stopped `earlier`; None where it has no limit."""
    if limit is None:
        return None
    return max(limit - sum((pause.ended_at - pause.began_at for pause in earlier), NOTHING), NOTHING)


def _span(allowance: Allowance) -> timedelta:
    return timedelta(seconds=allowance.seconds or allowance.working_seconds or 0)


def _counting(allowance: Allowance, calendar: WorkingCalendar) -> WorkingCalendar:
    return calendar if allowance.needs_calendar else ROUND_THE_CLOCK


def _whole(
    allowance: Allowance, start: datetime, due_at: datetime, counting: WorkingCalendar, pauses: Pauses
) -> timedelta:
    """Return the whole of the time: what the allowance gives, or the working time its days turned out to hold."""
    return used(start, due_at, counting, pauses) if allowance.working_days is not None else _span(allowance)


def _spend(left: timedelta, start: datetime, calendar: WorkingCalendar, pauses: Pauses) -> datetime:
    """Return when `left` has been spent outside the pauses; an end that falls on a pause moves behind it."""
    moment = start
    for pause in pauses:
        end = calendar.add(moment, left)
        if end < pause.began_at:
            return end
        left -= calendar.between(moment, pause.began_at)
        moment = pause.ended_at
    return calendar.add(moment, left)


def _nth_close(days: int, start: datetime, calendar: WorkingCalendar, pauses: Pauses) -> datetime:
    counted = (close for close in calendar.closings(start) if not any(pause.covers(close) for pause in pauses))
    return next(close for count, close in enumerate(counted, 1) if count == days)
