"""The public holidays of China and the weekend days worked for them, as the State Council announces each year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from chinese_calendar.constants import holidays as _holidays
from chinese_calendar.constants import workdays as _workdays

from .calendars import Day

_NAMES: Final = {
    "New Year's Day": ("元旦", "New Year's Day"),
    "Spring Festival": ("春节", "Spring Festival"),
    "Tomb-sweeping Day": ("清明节", "Tomb-sweeping Day"),
    "Labour Day": ("劳动节", "Labour Day"),
    "Dragon Boat Festival": ("端午节", "Dragon Boat Festival"),
    "Mid-autumn Festival": ("中秋节", "Mid-autumn Festival"),
    "National Day": ("国庆节", "National Day"),
    "Anti-Fascist 70th Day": ("抗战胜利纪念日", "Victory Day, 70 years"),
}


@dataclass(frozen=True)
class SpecialDay:
    """A day off, or a weekend day worked for one, and the holiday it belongs to."""

    works: bool
    zh: str
    en: str


@cache
def special_days() -> Mapping[date, SpecialDay]:
    """Return every announced day off and shifted workday."""
    off = {day: SpecialDay(False, *_NAMES[name]) for day, name in _holidays.items()}  # noqa: FBT003
    shifted = {day: SpecialDay(True, *_NAMES[name]) for day, name in _workdays.items()}  # noqa: FBT003
    return {**off, **shifted}


@cache
def announced_through() -> int:
    """Return the last year whose holidays have been announced; beyond it the week's own rule is all there is."""
    return max(day.year for day in special_days())


def applied(week: tuple[Day, ...]) -> dict[date, Day]:
    """Return what the announced days become for a week of periods.

    A day off has none. A shifted workday that the week leaves free has those of the week's first working day.
    """
    worked = next((day for day in week if day), ())
    return {day: (week[day.weekday()] or worked) if special.works else () for day, special in special_days().items()}
