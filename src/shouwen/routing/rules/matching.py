"""Which seat gets which contact, by brute force over everything: the oracle the SQL is compared with.

Slow and plain on purpose. `settle` looks at all items and all seats after every event; the SQL looks only at what
the event can have changed and must choose the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Queue:
    """A line of waiting items that needs one skill."""

    id: int
    skill: int
    needed_level: int = 1
    paused: bool = False


@dataclass
class Seat:
    """Somebody who may take work: skills by level, free slots by medium."""

    staff: int
    site: int
    skills: dict[int, int]
    free: dict[str, int]
    ready: bool = False
    idle_since: datetime | None = None


@dataclass
class Item:
    """One contact waiting in one queue."""

    id: int
    queue: Queue
    medium: str
    vtime: datetime
    needed_level: int
    site: int | None = None
    highest_grade: bool = False
    held_for: int | None = None
    refused_by: frozenset[int] = field(default_factory=frozenset)


def eligible(item: Item, seat: Seat) -> bool:
    """Tell whether a seat may be given an item now."""
    level = seat.skills.get(item.queue.skill, 0)
    return (
        seat.ready
        and not item.queue.paused
        and seat.free.get(item.medium, 0) > 0
        and level >= max(item.needed_level, 1)
        and item.held_for in {None, seat.staff}
        and seat.staff not in item.refused_by
    )


def preference(item: Item, seat: Seat) -> tuple[bool, bool, int, datetime, int]:
    """Rank a seat for an item, smallest first.

    1. The one it is held for. 2. The same site. 3. The level needed with the least surplus, or the highest grade
    for a VIP. 4. The longest idle. (The number settles a tie.)
    """
    level = seat.skills[item.queue.skill]
    assert seat.idle_since is not None
    return (
        item.held_for != seat.staff,
        item.site is None or item.site != seat.site,
        -level if item.highest_grade else level,
        seat.idle_since,
        seat.staff,
    )


def choose_seat(item: Item, seats: Iterable[Seat]) -> Seat | None:
    """Return the seat that gets an item, or None while nobody may."""
    fit = [seat for seat in seats if eligible(item, seat)]
    return min(fit, key=lambda seat: preference(item, seat), default=None)


def in_order(items: Iterable[Item]) -> list[Item]:
    """Return items in the order they are to be served."""
    return sorted(items, key=lambda item: (item.vtime, item.id))


def settle(waiting: list[Item], seats: list[Seat], at: datetime) -> list[tuple[int, int]]:
    """Give out what can be given out; return (item, staff) in the order chosen and change the arguments."""
    given: list[tuple[int, int]] = []
    for item in in_order(waiting):
        seat = choose_seat(item, seats)
        if seat is not None:
            waiting.remove(item)
            seat.free[item.medium] -= 1
            seat.idle_since = at
            given.append((item.id, seat.staff))
    return given
