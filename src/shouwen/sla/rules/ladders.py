"""Who hears when how much of the time is used up, and at what hours nobody is disturbed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from shouwen.kernel.calendars import BEIJING, WorkingCalendar

from .clockwork import Allowance, Pauses, reached


@dataclass(frozen=True)
class Quiet:
    """The hours in which notices wait, every day; `begins` after `ends` spans midnight."""

    begins: time
    ends: time

    def covers(self, moment: time) -> bool:
        """Tell whether a time of day is quiet."""
        if self.begins < self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


@dataclass(frozen=True)
class Step:
    """One rung: at how many percent whom to tell; `any_hour` disturbs even in the quiet hours.

    Recipients: `owner`, `handler`, `duty_leader`, `role:<seat type>`, `staff:<number>`.
    """

    percent: int
    to: tuple[str, ...]
    any_hour: bool = False


@dataclass(frozen=True)
class Ladder:
    """The rungs, from the lowest percentage up."""

    steps: tuple[Step, ...] = ()
    quiet: Quiet | None = None


@dataclass(frozen=True)
class Rung:
    """A step of a running clock: when its share is used up, and when people are told of it."""

    step: Step
    reached_at: datetime
    tell_at: datetime


def told_at(reached_at: datetime, quiet: Quiet | None, *, any_hour: bool) -> datetime:
    """Return when to tell of something that came at `reached_at`: at once, or when the quiet hours end."""
    local = reached_at.astimezone(BEIJING)
    if any_hour or quiet is None or not quiet.covers(local.time()):
        return reached_at
    ends = datetime.combine(local.date(), quiet.ends, BEIJING)
    return (ends if ends > local else ends + timedelta(days=1)).astimezone(reached_at.tzinfo)


def rungs(
    ladder: Ladder, allowance: Allowance, start: datetime, calendar: WorkingCalendar, pauses: Pauses = ()
) -> list[Rung]:
    """Return every rung of a clock with its times, in the order in which people are told."""
    found = []
    for step in ladder.steps:
        at = reached(step.percent, allowance, start, calendar, pauses)
        found.append(Rung(step, at, told_at(at, ladder.quiet, any_hour=step.any_hour)))
    return sorted(found, key=lambda rung: (rung.tell_at, rung.step.percent))


def next_tell_at(ahead: Sequence[Rung], told: Sequence[int]) -> datetime | None:
    """Return when the next step that was not told yet is due."""
    return next((rung.tell_at for rung in ahead if rung.step.percent not in told), None)
