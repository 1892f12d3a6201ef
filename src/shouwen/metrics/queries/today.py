"""What our figures mean, how they are written, and the day they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from fractions import Fraction

from shouwen.interactions import queries as interactions
from shouwen.kernel.calendars import BEIJING

from ..rules.definitions import DEFINITIONS, GROUPS, SOURCES, Definition
from ..rules.policy import OPTIONS, Option, Policy, chosen
from ..rules.shares import Use, in_use, ratio
from ..rules.visits import COUNTED, Visit, fold

POLICY = Policy()
SATISFIED = POLICY.satisfied
MOMENT = timedelta(microseconds=1)

__all__ = [
    "DEFINITIONS",
    "GROUPS",
    "OPTIONS",
    "POLICY",
    "SATISFIED",
    "SOURCES",
    "Definition",
    "Option",
    "Use",
    "Visit",
    "chosen_options",
    "connect_rate",
    "day_of",
    "definition",
    "in_use",
    "percent",
    "satisfied",
    "seconds",
    "visits_between",
]


def definition(key: str) -> Definition:
    """Return what a figure means."""
    return DEFINITIONS[key]


def chosen_options() -> dict[str, str]:
    """Return what is chosen for each edge case of counting."""
    return chosen(POLICY)


def day_of(at: datetime) -> datetime:
    """Return the beginning of the day, in Beijing, to which an instant belongs."""
    return datetime.combine(at.astimezone(BEIJING).date(), time(0), BEIJING)


def visits_between(since: datetime, until: datetime, queue_codes: Iterable[str]) -> list[Visit]:
    """Return the visits queued in a stretch of time to some queues."""
    wanted = set(queue_codes)
    lines = interactions.journal(since=since, until=until + MOMENT, names=COUNTED)
    return [v for v in fold(lines).visits if v.queue_code in wanted]


def satisfied(scores: Sequence[int]) -> float | None:
    """Return the share of satisfied ratings as a percentage."""
    return percent(ratio(sum(score >= SATISFIED for score in scores), len(scores)))


def connect_rate(entered: int, refused: int) -> float | None:
    """Return the share of calls offered by the network that found a port (系统接通率)."""
    return percent(ratio(entered, entered + refused))


def percent(share: Fraction | None) -> float | None:
    """Return a share as a percentage with one decimal."""
    return None if share is None else float(round(share * 100, 1))


def seconds(span: timedelta | None) -> float | None:
    """Return a span in seconds, on the millisecond."""
    return None if span is None else round(span.total_seconds(), 3)
