"""A day once more under other rules: who would have been answered, when, and who would have given up. Pure.

A plain simulation with the oracle's own choice. Arrivals, classes, presence and how long contacts took are as they
were; patience is that of those who left, everybody else stays. The present rules are run through the same simulation,
so that the two differ by the rules alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from .matching import Item, Seat, choose_seat, in_order


@dataclass(frozen=True)
class Visit:
    """A contact as it came: its queue, how long it took, after how long the customer left (None: he stayed)."""

    item: Item
    at: datetime
    handling: timedelta
    patience: timedelta | None = None


@dataclass(frozen=True)
class Shift:
    """Somebody ready from one moment to another."""

    staff: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Outcome:
    """What became of one queue's contacts."""

    offered: int
    answered: int
    abandoned: int
    mean_wait: float
    p95_wait: float
    within_15: float


@dataclass(frozen=True)
class Replay:
    """A day as it went: what became of each queue's contacts, and for each answered one by whom and how soon."""

    outcomes: dict[int, Outcome]
    seats: dict[int, int]
    waits: dict[int, float]

    def moved(self, other: Replay) -> list[int]:
        """Return the contacts that went to somebody else there, or were answered in one of the two only."""
        return sorted(n for n in {*self.seats, *other.seats} if self.seats.get(n) != other.seats.get(n))


@dataclass
class _Day:
    seats: dict[int, Seat]
    visits: dict[int, Visit]
    busy: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, Visit] = field(default_factory=dict)
    waits: dict[int, float] = field(default_factory=dict)
    served: dict[int, int] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    events: list[tuple[datetime, int, str, int]] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    def plan(self, at: datetime, what: str, number: int) -> None:
        heapq.heappush(self.events, (at, next(self.numbers), what, number))


def run(visits: Sequence[Visit], seats: Iterable[Seat], shifts: Iterable[Shift]) -> Replay:
    """Let the day happen."""
    free = {seat.staff: replace(seat, ready=False, free=dict(seat.free)) for seat in seats}
    day = _Day(free, {visit.item.id: visit for visit in visits})
    for shift in shifts:
        day.plan(shift.start, "on", shift.staff)
        day.plan(shift.end, "off", shift.staff)
    for visit in visits:
        day.plan(visit.at, "arrive", visit.item.id)
    while day.events:
        at, _, what, number = heapq.heappop(day.events)
        _happen(day, at, what, number)
        _give_out(day, at)
    return Replay(_outcomes(day.visits, day), day.served, day.waits)


def _happen(day: _Day, at: datetime, what: str, number: int) -> None:
    match what:
        case "on":
            day.seats[number].ready, day.seats[number].idle_since = True, at
        case "off":
            day.seats[number].ready = False
        case "arrive":
            _arrive(day, at, day.visits[number])
        case "look":
            pass
        case "leave" if number in day.waiting:
            del day.waiting[number]
            day.gone.add(number)
        case "end":
            seat = day.seats[day.busy.pop(number)]
            medium = day.visits[number].item.medium
            seat.free[medium] += 1
            seat.carried[medium] -= 1
            seat.idle_since = at


def _arrive(day: _Day, at: datetime, visit: Visit) -> None:
    day.waiting[visit.item.id] = visit
    if visit.patience is not None:
        day.plan(at + visit.patience, "leave", visit.item.id)
    for ring in visit.item.queue.rings:
        if ring.after:
            day.plan(at + ring.after, "look", visit.item.id)


def _give_out(day: _Day, at: datetime) -> None:
    if not any(seat.ready and any(seat.free.values()) for seat in day.seats.values()):
        return
    for visit in day.waiting.values():
        visit.item.ring = visit.item.queue.open_rings(at - visit.at)
    for item in in_order(visit.item for visit in list(day.waiting.values())):
        seat = choose_seat(item, day.seats.values())
        if seat is None:
            continue
        visit = day.waiting.pop(item.id)
        seat.free[item.medium] -= 1
        seat.carried[item.medium] += 1
        seat.idle_since = at
        day.busy[item.id] = day.served[item.id] = seat.staff
        day.waits[item.id] = (at - visit.at).total_seconds()
        day.plan(at + visit.handling, "end", item.id)


def _outcomes(visits: Mapping[int, Visit], day: _Day) -> dict[int, Outcome]:
    queues = {visit.item.queue.id for visit in visits.values()}
    return {queue: _outcome([n for n, v in visits.items() if v.item.queue.id == queue], day) for queue in queues}


def _outcome(numbers: Sequence[int], day: _Day) -> Outcome:
    waits = [day.waits[n] for n in numbers if n in day.waits]
    return outcome(len(numbers), waits, abandoned=sum(n in day.gone for n in numbers))


def outcome(offered: int, answered_after: Iterable[float], *, abandoned: int) -> Outcome:
    """Sum up the waits of one queue's contacts."""
    waits = sorted(answered_after)
    answered = len(waits)
    return Outcome(
        offered=offered,
        answered=answered,
        abandoned=abandoned,
        mean_wait=sum(waits) / answered if answered else 0.0,
        p95_wait=waits[round(0.95 * (answered - 1))] if answered else 0.0,
        within_15=sum(wait <= 15 for wait in waits) / answered if answered else 0.0,
    )
