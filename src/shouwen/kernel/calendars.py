"""Working time. Pure: no clock, no database, no settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class WorkingCalendar:
    """The hours somebody answers for: one period a day on listed weekdays, less holidays, plus shifted days."""

    opens: time = time(9)
    closes: time = time(18)
    weekdays: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()
    extra_days: frozenset[date] = frozenset()
    zone: ZoneInfo = BEIJING

    def works_on(self, day: date) -> bool:
        """Tell whether `day` is a working day."""
        return day in self.extra_days or (day.weekday() in self.weekdays and day not in self.holidays)

    def add(self, start: datetime, allowance: timedelta) -> datetime:
        """Return the instant at which `allowance` of working time has passed since `start`."""
        moment, left = start.astimezone(self.zone), allowance
        while True:
            opens, closes = self._hours(moment.date())
            if self.works_on(moment.date()) and moment < closes:
                moment = max(moment, opens)
                if left <= closes - moment:
                    return (moment + left).astimezone(start.tzinfo)
                left -= closes - moment
            moment = datetime.combine(moment.date() + timedelta(days=1), time(0), self.zone)

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """Return the closing time of the `days`-th working day after the day of `start`."""
        day, left = start.astimezone(self.zone).date(), days
        while left > 0:
            day += timedelta(days=1)
            left -= self.works_on(day)
        return self._hours(day)[1].astimezone(start.tzinfo)

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        return (
            datetime.combine(day, self.opens, self.zone),
            datetime.combine(day, self.closes, self.zone),
        )
