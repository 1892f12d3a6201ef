"""What a calendar, a policy and a ladder say, read from their stored form, and what may be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Literal

from shouwen.kernel import holidays
from shouwen.kernel.calendars import Day, Period, WorkingCalendar, in_order

from .choosing import DIMENSIONS, Conditions
from .clockwork import Allowance
from .ladders import Ladder, Quiet, Step

Fault = Literal[
    "week_empty",
    "periods",
    "days",
    "allowance",
    "calendar_missing",
    "conditions",
    "pauses",
    "steps",
    "recipients",
    "quiet",
]
MOST_PERCENT = 1000
PEOPLE = frozenset({"owner", "handler", "duty_leader"})
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Differing:
    """A day that an administrator set apart, with its name."""

    day: date
    name: str
    periods: Day


@dataclass(frozen=True)
class CalendarContent:
    """A calendar as written: the week, whether the public holidays count, and the days set apart."""

    week: tuple[Day, ...]
    public_holidays: bool = True
    days: tuple[Differing, ...] = ()

    def named(self, day: date) -> tuple[str, str] | None:
        """Return what a day that differs from the week is called."""
        own = next((one.name for one in self.days if one.day == day), None)
        if own is not None:
            return own, own
        special = holidays.special_days().get(day) if self.public_holidays else None
        return (special.zh, special.en) if special else None

    def working(self) -> WorkingCalendar:
        """Return the calendar to count with; a day set apart by hand goes before a public holiday."""
        announced = holidays.applied(self.week) if self.public_holidays else {}
        return WorkingCalendar(self.week, {**announced, **{one.day: one.periods for one in self.days}})


@dataclass(frozen=True)
class PolicyContent:
    """A policy as written: whom it is for, how long, counted how, and what may stop the clock for how long."""

    metric: str
    conditions: Conditions
    allowance: Allowance
    calendar: str = ""
    ladder: str = ""
    pauses: Mapping[str, int | None] = field(default_factory=dict)
    """Reason → most hours in all; None without limit. A reason that is not listed stops nothing."""


def read_day(periods: Any) -> Day:
    """Read the periods of a day: [["09:00", "12:00"], …]."""
    return tuple(Period(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in periods)


def read_calendar(content: Content) -> CalendarContent:
    """Read a calendar."""
    return CalendarContent(
        week=tuple(read_day(day) for day in content["week"]),
        public_holidays=content["public_holidays"],
        days=tuple(
            Differing(date.fromisoformat(one["day"]), one["name"], read_day(one["periods"])) for one in content["days"]
        ),
    )


def read_policy(content: Content) -> PolicyContent:
    """Read a policy."""
    return PolicyContent(
        metric=content["metric"],
        conditions={name: tuple(values) for name, values in content["conditions"].items() if values},
        allowance=Allowance(**content["allowance"]),
        calendar=content["calendar"],
        ladder=content["ladder"],
        pauses={one["reason"]: one["limit_hours"] for one in content["pauses"]},
    )


def read_ladder(content: Content) -> Ladder:
    """Read a ladder."""
    quiet = content["quiet"]
    return Ladder(
        steps=tuple(Step(one["percent"], tuple(one["to"]), one["any_hour"]) for one in content["steps"]),
        quiet=Quiet(time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1])) if quiet else None,
    )


def calendar_fault(content: Content) -> Fault | None:
    """Return what is wrong with a calendar whose shape is right."""
    found = read_calendar(content)
    if not any(found.week):
        return "week_empty"
    if not all(in_order(day) for day in (*found.week, *(one.periods for one in found.days))):
        return "periods"
    return "days" if len({one.day for one in found.days}) < len(found.days) else None


def policy_fault(content: Content) -> Fault | None:
    """Return what is wrong with a policy whose shape is right."""
    found = read_policy(content)
    if not found.allowance.valid:
        return "allowance"
    if found.allowance.needs_calendar and not found.calendar:
        return "calendar_missing"
    if not set(found.conditions) <= set(DIMENSIONS):
        return "conditions"
    limits = [limit for limit in found.pauses.values() if limit is not None]
    return "pauses" if len(found.pauses) < len(content["pauses"]) or any(limit <= 0 for limit in limits) else None


def ladder_fault(content: Content) -> Fault | None:
    """Return what is wrong with a ladder whose shape is right."""
    found = read_ladder(content)
    percents = [step.percent for step in found.steps]
    if len(set(percents)) < len(percents) or not all(0 < percent <= MOST_PERCENT for percent in percents):
        return "steps"
    if not all(step.to and all(_names_somebody(to) for to in step.to) for step in found.steps):
        return "recipients"
    return "quiet" if found.quiet and found.quiet.begins == found.quiet.ends else None


def _names_somebody(recipient: str) -> bool:
    sort, _, name = recipient.partition(":")
    return recipient in PEOPLE or (sort in ("role", "staff") and bool(name))
