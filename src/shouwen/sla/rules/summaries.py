"""A rule in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shouwen.kernel.calendars import Day

from . import explaining, words
from .content import read_calendar, read_ladder, read_policy
from .words import Words

Content = Mapping[str, Any]


def summary(kind: str, content: Content) -> Words:
    """Return what a rule says in short."""
    said: dict[str, Callable[[Content], Words]] = {
        "sla.calendar": _calendar,
        "sla.policy": _policy,
        "sla.ladder": _ladder,
    }
    return said[kind](content)


def _policy(content: Content) -> Words:
    found = read_policy(content)
    long_zh, long_en = words.allowance(found.allowance) if found.allowance.valid else ("未填时长", "no allowance yet")
    metric = words.METRICS[found.metric]
    asked = explaining.conditions(found.conditions)
    return f"{metric[0]} {long_zh}；{asked[0]}", f"{metric[1]}: {long_en}; {asked[1]}"


def _calendar(content: Content) -> Words:
    found = read_calendar(content)
    runs: list[tuple[int, int, Day]] = []
    for number, day in enumerate(found.week):
        if runs and runs[-1][2] == day:
            runs[-1] = (runs[-1][0], number, day)
        else:
            runs.append((number, number, day))
    open_runs = [(first, last, day) for first, last, day in runs if day]
    zh = "；".join(f"{_between(first, last, 0)} {_hours(day)}" for first, last, day in open_runs)
    en = "; ".join(f"{_between(first, last, 1)} {_hours(day)}" for first, last, day in open_runs)
    holidays = ("；含法定节假日和调休", "; public holidays") if found.public_holidays else ("", "")
    return zh + holidays[0], en + holidays[1]


def _between(first: int, last: int, language: int) -> str:
    ends = explaining.WEEKDAYS[first][language], explaining.WEEKDAYS[last][language]
    return ends[0] if first == last else f"{ends[0]}{'至' if language == 0 else ' to '}{ends[1]}"


def _hours(day: Day) -> str:
    return "、".join(f"{period.opens:%H:%M}–{period.closes:%H:%M}" for period in day)


def _ladder(content: Content) -> Words:
    found = read_ladder(content)
    steps = [(step.percent, [explaining.recipient(one) for one in step.to]) for step in found.steps]
    zh = " → ".join(f"{percent}% {'、'.join(one[0] for one in people)}" for percent, people in steps)
    en = " → ".join(f"{percent}% {', '.join(one[1] for one in people)}" for percent, people in steps)
    return zh, en
