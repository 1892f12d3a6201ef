"""The five nodes of the customer's journey: access, acceptance, handling, delivery, follow-up (客户旅程五环节)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Node = Literal["access", "acceptance", "handling", "delivery", "follow_up"]
NODES: tuple[Node, ...] = ("access", "acceptance", "handling", "delivery", "follow_up")
_CURRENT = {
    "acknowledged": 1,
    "inProgress": 2,
    "pending": 2,
    "held": 2,
    "resolved": 4,
    "closed": 5,
    "cancelled": 5,
    "rejected": 5,
}


@dataclass(frozen=True)
class JourneyStep:
    """One node: when it was reached, whether it is behind us, whether we stand in it."""

    key: Node
    at: datetime | None
    done: bool
    current: bool


def steps(state: str, stamps: tuple[datetime | None, ...]) -> list[JourneyStep]:
    """Return the five nodes for a ticket in `state` whose nodes were reached at `stamps`."""
    here = _CURRENT[state]
    return [
        JourneyStep(node, at, done=index < here and at is not None, current=index == here)
        for index, (node, at) in enumerate(zip(NODES, stamps, strict=True))
    ]


def ordered(stamps: tuple[datetime | None, ...]) -> bool:
    """Tell whether the nodes that were reached were reached one after the other."""
    reached = [at for at in stamps if at is not None]
    return reached == sorted(reached)


def number(day: date, ordinal: int) -> str:
    """Return the ticket number customers are told: GD20261123-004318."""
    return f"GD{day:%Y%m%d}-{ordinal:06d}"
