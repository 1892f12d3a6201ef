"""Working time. Pure: no clock, no database, no settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
MIDNIGHT = time(0)
HORIZON = 4000
"""Days to look ahead: a calendar that opens never again within ten years is a mistake, not a promise."""


class NeverOpens(ValueError):
    """The calendar has no working time left within the horizon."""


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of one day in which somebody works; closing at 00:00 means the end of the day."""

    opens: time
    closes: time

    @property
    def forwards(self) -> bool:
        """Tell whether the period ends after it begins."""
        return self.closes == MIDNIGHT or self.opens < self.closes


Day = tuple[Period, ...]
OFFICE_DAY: Day = (Period(time(9), time(18)),)
OFFICE_WEEK: tuple[Day, ...] = (OFFICE_DAY,) * 5 + ((),) * 2
WHOLE_DAY: Day = (Period(MIDNIGHT, MIDNIGHT),)


def in_order(day: Sequence[Period]) -> bool:
    """Tell whether the periods of a day each run forwards, one after the other without overlap."""
    follows = all(earlier.closes != MIDNIGHT and earlier.closes <= later.opens for earlier, later in pairwise(day))
    return follows and all(period.forwards for period in day)


@dataclass(frozen=True)
class WorkingCalendar:
    """The hours somebody answers for: periods for each weekday (Monday first), and days that differ from them.

    A holiday is a day that differs by having no period; a shifted workday is one that has some.
    """

    week: tuple[Day, ...] = OFFICE_WEEK
    days: Mapping[date, Day] = field(default_factory=dict)
    zone: ZoneInfo = BEIJING

    def periods_on(self, day: date) -> Day:
        """Return the working periods of a day, in order."""
        return self.days.get(day, self.week[day.weekday()])

    def works_on(self, day: date) -> bool:
        """Tell whether `day` is a working day."""
        return bool(self.periods_on(day))

    def local_day(self, moment: datetime) -> date:
        """Return the calendar's own date at an instant."""
        return moment.astimezone(self.zone).date()

    def spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the working time after `start`, span by span, in UTC."""
        first = self.local_day(start)
        for ahead in range(HORIZON):
            day = first + timedelta(days=ahead)
            for period in self.periods_on(day):
                opens, closes = self._instants(day, period)
                if closes > start:
                    yield max(opens, start.astimezone(UTC)), closes
        raise NeverOpens

    def add(self, start: datetime, allowance: timedelta) -> datetime:
        """Return the instant at which `allowance` of working time has passed since `start`; none: `start` itself."""
        left = allowance
        if not left:
            return start
        for opens, closes in self.spans(start):
            if left <= closes - opens:
                return (opens + left).astimezone(start.tzinfo)
            left -= closes - opens
        raise NeverOpens

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`."""
        total = timedelta(0)
        for opens, closes in self.spans(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def closings(self, start: datetime) -> Iterator[datetime]:
        """Yield when each working day after the day of `start` closes."""
        first = self.local_day(start)
        for ahead in range(1, HORIZON):
            day = first + timedelta(days=ahead)
            if self.works_on(day):
                yield self._instants(day, self.periods_on(day)[-1])[1].astimezone(start.tzinfo)
        raise NeverOpens

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """Return the closing time of the `days`-th working day after the day of `start`."""
        closings = self.closings(start)
        return next(close for count, close in enumerate(closings, 1) if count == days)

    def _instants(self, day: date, period: Period) -> tuple[datetime, datetime]:
        ends = day + timedelta(days=1) if period.closes == MIDNIGHT else day
        return self._at(day, period.opens), self._at(ends, period.closes)

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, self.zone).astimezone(UTC)


ROUND_THE_CLOCK = WorkingCalendar(week=(WHOLE_DAY,) * 7)
OFFICE = WorkingCalendar()
