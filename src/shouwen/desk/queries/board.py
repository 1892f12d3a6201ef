"""The live board: every figure with its meaning and the list it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.metrics import queries as metrics
from shouwen.routing import queries as routing

from .. import permissions
from . import lists
from .promise import Promise, recent_promise
from .queues import longest
from .seen import Seen


@dataclass(frozen=True)
class Figure:
    """One number: its value, what it means, and how many rows its list has."""

    key: str
    value: float | None
    unit: str
    count: int
    target: float | None
    definition: metrics.Definition
    of: int | None = None
    """Of how many it is a part, where it is one."""


@dataclass(frozen=True)
class QueueLine:
    """One queue on the board: how it stands and how it does today."""

    now: routing.QueueFigures
    longest_wait_seconds: float | None
    today: metrics.QueueFigures | None


@dataclass(frozen=True)
class Board:
    """Everything on the board at an instant."""

    as_of: datetime
    figures: list[Figure]
    queues: list[QueueLine]
    agents: list[routing.AgentCard]
    promise: Promise


def board(*, by: Principal, at: datetime) -> Board:
    """Return the board of the organisations somebody may see."""
    require(by, permissions.VIEW_BOARD)
    seen = Seen(by=by, at=at)
    kept = recent_promise(at)
    values = _values(seen, kept)
    targets = dict.fromkeys(("service_level", "call_service_level"), float(metrics.POLICY.target * 100))
    wholes = lists.wholes(seen) if seen.servers else {}
    figures = [
        Figure(
            key, value, metrics.definition(key).unit, count, targets.get(key), metrics.definition(key), wholes.get(key)
        )
        for key, (value, count) in values.items()
    ]
    return Board(at, figures, _queues(seen), seen.agents, kept)


def _values(seen: Seen, kept: Promise) -> dict[str, tuple[float | None, int]]:
    """Return each figure's value and the number of its rows."""
    counted = lists.counts(seen, kept)
    numbers = metrics.values(metrics.whole(seen.today))
    numbers |= {"longest_wait": lists.longest_wait(seen), "satisfaction": lists.satisfaction(seen)}
    if seen.servers:
        counted |= lists.platform_counts(seen)
        numbers |= lists.platform(seen)
    return {key: (numbers.get(key, counted[key]), counted[key]) for key in lists.keys(seen)}


def _queues(seen: Seen) -> list[QueueLine]:
    today = metrics.by_queue(seen.today)
    return [QueueLine(q, longest(q.waiting_since, seen.at), today.get(q.code)) for q in seen.figures]
