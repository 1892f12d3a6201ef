"""Which seat gets which contact, by brute force over everything: the oracle the SQL is compared with.

Slow and plain on purpose. `settle` looks at all items and all seats after every event; the SQL looks only at what
the event can have changed and must choose the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import media


@dataclass(frozen=True)
class Ring:
    """Who else may take a queue's contacts after some waiting."""

    after: timedelta
    skill: int
    level: int


@dataclass
class Queue:
    """A line of waiting items that needs one skill."""

    id: int
    skill: int
    needed_level: int = 1
    paused: bool = False
    site: int | None = None
    rings: tuple[Ring, ...] = ()
    most_waiting: int | None = None
    overflow_to: int | None = None
    flow_out: timedelta | None = None
    flow_out_to: int | None = None

    def open_rings(self, waited: timedelta) -> int:
        """Return how many rings are open to somebody who has waited so long."""
        return max((n for n, ring in enumerate(self.rings, 1) if ring.after <= waited), default=0)


@dataclass
class Seat:
    """Somebody who may take work: skills by level, free slots by medium, what he carries."""

    staff: int
    site: int
    skills: dict[int, int]
    free: dict[str, int]
    ready: bool = False
    idle_since: datetime | None = None
    carried: Counter[str] = field(default_factory=Counter)

    def takes(self, medium: str) -> bool:
        """Tell whether he has a slot for a medium and nothing that he carries forbids it."""
        return self.free.get(medium, 0) > 0 and not media.blocked(medium, self.carried.elements())


@dataclass
class Item:
    """One contact waiting in one queue."""

    id: int
    queue: Queue
    medium: str
    vtime: datetime
    needed_level: int
    ring: int = 0
    site: int | None = None
    highest_grade: bool = False
    held_for: int | None = None
    refused_by: frozenset[int] = field(default_factory=frozenset)


def ways(item: Item, seat: Seat) -> list[tuple[int, int]]:
    """Return the open rings by which a seat may be given an item, with its level in each; the queue's own is ring 0."""
    wanted = [(0, item.queue.skill, item.needed_level)]
    wanted += [(n, ring.skill, ring.level) for n, ring in enumerate(item.queue.rings[: item.ring], 1)]
    held = [(n, seat.skills.get(skill, 0), level) for n, skill, level in wanted]
    return [(n, have) for n, have, level in held if have >= max(level, 1)]


def eligible(item: Item, seat: Seat) -> bool:
    """Tell whether a seat may be given an item now."""
    return (
        seat.ready
        and not item.queue.paused
        and seat.takes(item.medium)
        and bool(ways(item, seat))
        and item.held_for in {None, seat.staff}
        and seat.staff not in item.refused_by
    )


def preference(item: Item, seat: Seat) -> tuple[bool, int, bool, int, datetime, int]:
    """Rank a seat for an item, smallest first.

    1. The one it is held for. 2. The nearest ring. 3. The same site. 4. The level needed with the least surplus.
    5. The longest idle. (The number settles a tie.) A VIP gets the highest grade in whatever ring is open.
    """
    assert seat.idle_since is not None
    elsewhere = item.site is None or item.site != seat.site
    if item.highest_grade:
        ring, level = 0, -max(level for _, level in ways(item, seat))
    else:
        ring, level = min(ways(item, seat))
    return (item.held_for != seat.staff, ring, elsewhere, level, seat.idle_since, seat.staff)


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
            seat.carried[item.medium] += 1
            seat.idle_since = at
            given.append((item.id, seat.staff))
    return given
