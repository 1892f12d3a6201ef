"""Today's visits and segments, and the figures over them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction

from shouwen.interactions import queries as interactions
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock

from ..rules import figures
from ..rules.definitions import DEFINITIONS, GROUPS, SOURCES, Definition
from ..rules.policy import OPTIONS, Option, Policy, chosen
from ..rules.shares import ratio
from ..rules.visits import COUNTED, Day, Segment, Visit, fold

POLICY = Policy()
SATISFIED = POLICY.satisfied
RECENT_SECONDS = 10
LOOKBACK = timedelta(hours=6)
MOMENT = timedelta(microseconds=1)

__all__ = [
    "DEFINITIONS",
    "GROUPS",
    "OPTIONS",
    "POLICY",
    "SATISFIED",
    "SOURCES",
    "Day",
    "Definition",
    "Option",
    "QueueFigures",
    "Segment",
    "Visit",
    "by_queue",
    "chosen_options",
    "day_of",
    "definition",
    "forget_recent",
    "in_time",
    "percent",
    "recent_levels",
    "rows",
    "satisfied",
    "seconds",
    "today",
    "values",
    "visits_between",
]


@dataclass(frozen=True)
class QueueFigures:
    """How one queue does today."""

    offered: int
    answered: int
    abandoned: int
    service_level: float | None
    abandon_rate: float | None
    asa_seconds: float | None
    handling_seconds: float | None


def definition(key: str) -> Definition:
    """Return what a figure means."""
    return DEFINITIONS[key]


def chosen_options() -> dict[str, str]:
    """Return what is chosen for each edge case of counting."""
    return chosen(POLICY)


def day_of(at: datetime) -> datetime:
    """Return the beginning of the day, in Beijing, to which an instant belongs."""
    return datetime.combine(at.astimezone(BEIJING).date(), time(0), BEIJING)


def today(at: datetime, queue_codes: Iterable[str] | None = None) -> Day:
    """Return the visits queued and the segments finished today up to `at`, of some queues or of all.

    Work that began before midnight is read too, so that what ended today counts today.
    """
    begins = day_of(at)
    lines = interactions.journal(since=begins - LOOKBACK, until=at + MOMENT, names=COUNTED)
    whole = fold(lines)
    wanted = None if queue_codes is None else set(queue_codes)
    visits = [v for v in whole.visits if v.queued_at >= begins and _in(v.queue_code, wanted)]
    finished = [s for s in whole.segments if s.finished_at is not None and s.finished_at >= begins]
    return Day(visits, [s for s in finished if _in(s.queue_code, wanted)])


def visits_between(since: datetime, until: datetime, queue_codes: Iterable[str]) -> list[Visit]:
    """Return the visits queued in a stretch of time to some queues."""
    wanted = set(queue_codes)
    lines = interactions.journal(since=since, until=until + MOMENT, names=COUNTED)
    return [v for v in fold(lines).visits if v.queue_code in wanted]


def by_queue(day: Day, at: datetime) -> dict[str, QueueFigures]:
    """Return each queue's figures of a day."""
    visits: dict[str, list[Visit]] = defaultdict(list)
    segments: dict[str, list[Segment]] = defaultdict(list)
    for visit in day.visits:
        visits[visit.queue_code].append(visit)
    for segment in day.segments:
        segments[segment.queue_code].append(segment)
    return {q: _of_queue(visits[q], segments[q], at) for q in sorted(visits.keys() | segments.keys())}


def values(day: Day, at: datetime) -> dict[str, float | None]:
    """Return the figures of a day by key, as numbers in their units (percent 0 to 100, seconds)."""
    counts = figures.count(day.visits, POLICY, at)
    return {
        "service_level": percent(figures.service_level(counts, POLICY)),
        "offered": counts.offered,
        "answered": counts.answered,
        "abandoned": counts.abandoned,
        "short_abandoned": counts.short,
        "abandon_rate": percent(figures.abandon_rate(counts)),
        "asa": seconds(figures.speed_of_answer(day.visits, at)),
        "handling_time": seconds(figures.handling_time(day.segments)),
    }


def satisfied(scores: Sequence[int]) -> float | None:
    """Return the share of satisfied ratings as a percentage."""
    return percent(ratio(sum(score >= SATISFIED for score in scores), len(scores)))


def recent_levels(at: datetime) -> dict[str, float | None]:
    """Return each queue's service level today, at most a few seconds old: for screens that many people watch."""
    return _levels(day_of(at), int(clock.wall().timestamp() // RECENT_SECONDS))


def rows(key: str, day: Day, at: datetime) -> list[Visit]:
    """Return the visits that a figure over visits counts."""
    chosen: dict[str, Callable[[Visit], bool]] = {
        "service_level": lambda v: figures.counts_for_level(v, POLICY, at),
        "offered": lambda _: True,
        "abandon_rate": lambda _: True,
        "answered": lambda v: v.outcome == "answered",
        "asa": lambda v: v.outcome == "answered",
        "abandoned": lambda v: v.outcome == "abandoned",
        "short_abandoned": lambda v: figures.is_short(v, POLICY, at),
    }
    return [visit for visit in day.visits if chosen[key](visit)]


def in_time(visit: Visit, at: datetime) -> bool:
    """Tell whether a visit was answered within the published limit."""
    return figures.is_in_time(visit, POLICY, at)


def percent(share: Fraction | None) -> float | None:
    """Return a share as a percentage with one decimal."""
    return None if share is None else float(round(share * 100, 1))


def seconds(span: timedelta | None) -> float | None:
    """Return a span in seconds, on the millisecond."""
    return None if span is None else round(span.total_seconds(), 3)


@functools.lru_cache(maxsize=1)
def _levels(_day: datetime, _tick: int) -> dict[str, float | None]:
    at = clock.now()
    return {code: found.service_level for code, found in by_queue(today(at), at).items()}


def forget_recent() -> None:
    """Let the next reader of `recent_levels` count anew."""
    _levels.cache_clear()


def _of_queue(visits: list[Visit], segments: list[Segment], at: datetime) -> QueueFigures:
    found = values(Day(visits, segments), at)
    return QueueFigures(
        offered=len(visits),
        answered=int(found["answered"] or 0),
        abandoned=int(found["abandoned"] or 0),
        service_level=found["service_level"],
        abandon_rate=found["abandon_rate"],
        asa_seconds=found["asa"],
        handling_seconds=found["handling_time"],
    )


def _in(code: str, wanted: set[str] | None) -> bool:
    return wanted is None or code in wanted
