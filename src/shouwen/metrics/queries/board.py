"""Today as it happens: the kept counts of a day that is not over, by queue and together."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shouwen.kit import clock

from ..rules.aggregates import Sums, figures_of
from ..rules.figures import Counts, service_level
from .table import Filters, counts_from_arrival, sums_by_queue, sums_since
from .today import MOMENT, POLICY, day_of, percent

RECENT_SECONDS = 10
Today = Mapping[str, Sums]


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


def of_today(at: datetime, queue_codes: Iterable[str], medium: str = "") -> Filters:
    """Return what was counted today of some queues, up to an instant, of one channel or of all."""
    return Filters(since=day_of(at), until=at + MOMENT, queue_codes=frozenset(queue_codes), medium=medium)


def today(at: datetime, queue_codes: Iterable[str]) -> Today:
    """Return what each queue came to today; a second behind the journal at most while the counting goes on."""
    return sums_by_queue(of_today(at, queue_codes))


def whole(counted: Today) -> Sums:
    """Return what several queues came to together."""
    return sum(counted.values(), Sums())


def values(sums: Sums) -> dict[str, float | None]:
    """Return the figures by key, as numbers in their units (percent 0 to 100, seconds)."""
    return figures_of(sums, POLICY)


def calls_in_time(at: datetime, queue_codes: Iterable[str]) -> tuple[float | None, int]:
    """Return the share of today's calls answered within the limit from their first ring, and of how many that is."""
    counts = counts_from_arrival(of_today(at, queue_codes, "voice"))
    return percent(service_level(counts, POLICY)), _levelled(counts)


def row_counts(sums: Sums) -> dict[str, int]:
    """Return how many visits or segments stand behind each figure of the board."""
    return {
        "service_level": _levelled(sums.counts),
        "offered": sums.offered,
        "answered": sums.answered,
        "abandoned": sums.abandoned,
        "short_abandoned": sums.short,
        "abandon_rate": sums.offered,
        "asa": sums.answered,
        "handling_time": sums.handled,
    }


def _levelled(counts: Counts) -> int:
    """Return how many visits are in the denominator of the service level."""
    late = counts.callbacks if POLICY.callback != "left_out" else 0
    return counts.answered + counts.abandoned - counts.short + late


def by_queue(counted: Today) -> dict[str, QueueFigures]:
    """Return each queue's figures of a day."""
    return {code: _of_queue(sums) for code, sums in counted.items()}


def recent_levels(at: datetime) -> dict[str, float | None]:
    """Return each queue's service level today, at most a few seconds old: for screens that many people watch."""
    return _levels(day_of(at), int(clock.wall().timestamp() // RECENT_SECONDS))


@functools.lru_cache(maxsize=1)
def _levels(day: datetime, _tick: int) -> dict[str, float | None]:
    return {code: found.service_level for code, found in by_queue(sums_since(day)).items()}


def forget_recent() -> None:
    """Let the next reader of `recent_levels` count anew."""
    _levels.cache_clear()


def _of_queue(sums: Sums) -> QueueFigures:
    found = values(sums)
    return QueueFigures(
        offered=sums.offered,
        answered=sums.answered,
        abandoned=sums.abandoned,
        service_level=found["service_level"],
        abandon_rate=found["abandon_rate"],
        asa_seconds=found["asa"],
        handling_seconds=found["handling_time"],
    )
