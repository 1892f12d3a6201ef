"""A day once more under other rules: who would have been answered, when, and who would have given up. Pure.

A plain simulation with the oracle's own choice: rings, overflow, flow-out, opening hours, levels. Arrivals, classes,
presence and how long contacts took are as they were; patience is that of those who left, everybody else stays. The
present rules are run through the same simulation, so that the two differ by the rules alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from .matching import Item, Queue, Seat, choose_seat, in_order

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Visit:
    """A contact as it came: its queue, how long it took, after how long the customer left (None: he stayed).

    Who is `new` may be sent on by a full queue; who was transferred may not.
    """

    item: Item
    at: datetime
    handling: timedelta
    patience: timedelta | None = None
    new: bool = True


@dataclass(frozen=True)
class Shift:
    """Somebody ready from one moment to another."""

    staff: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Hours:
    """When a queue is open, and where who comes outside goes (None: he is turned away)."""

    open: Sequence[Span]
    to: int | None

    def shut(self, at: datetime) -> bool:
        """Tell whether the queue is closed."""
        return not any(begins <= at < ends for begins, ends in self.open)


@dataclass(frozen=True)
class Rules:
    """The queues as they go by some rules, with what they have taken, and the hours of those that close their doors."""

    queues: Mapping[int, Queue]
    media: Mapping[int, frozenset[str]] = field(default_factory=dict)
    hours: Mapping[int, Hours] = field(default_factory=dict)

    def takes(self, queue: int, medium: str) -> bool:
        """Tell whether a queue takes a medium; one without a list takes all."""
        return not self.media.get(queue) or medium in self.media[queue]


@dataclass(frozen=True)
class Outcome:
    """What became of one queue's contacts: `moved_on` went on to another queue, where they may have been answered."""

    offered: int
    answered: int
    abandoned: int
    mean_wait: float
    p95_wait: float
    within_15: float
    moved_on: int = 0
    turned_away: int = 0


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
    rules: Rules
    entered: dict[int, datetime] = field(default_factory=dict)
    moved_on: set[int] = field(default_factory=set)
    turned_away: set[int] = field(default_factory=set)
    busy: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, Visit] = field(default_factory=dict)
    waits: dict[int, float] = field(default_factory=dict)
    served: dict[int, int] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    events: list[tuple[datetime, int, str, int]] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    def plan(self, at: datetime, what: str, number: int) -> None:
        heapq.heappush(self.events, (at, next(self.numbers), what, number))


def run(visits: Sequence[Visit], seats: Iterable[Seat], shifts: Iterable[Shift], rules: Rules | None = None) -> Replay:
    """Let the day happen."""
    came = {visit.item.id: visit.item.queue for visit in visits}
    rules = rules or Rules({queue.id: queue for queue in came.values()})
    free = {seat.staff: replace(seat, ready=False, free=dict(seat.free)) for seat in seats}
    day = _Day(free, {visit.item.id: visit for visit in visits}, rules)
    for shift in shifts:
        day.plan(shift.start, "on", shift.staff)
        day.plan(shift.end, "off", shift.staff)
    for visit in visits:
        day.plan(visit.at, "arrive", visit.item.id)
    while day.events:
        at, _, what, number = heapq.heappop(day.events)
        _happen(day, at, what, number)
        _give_out(day, at)
    return Replay(_outcomes(came, day), day.served, day.waits)


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
        case "flow" if number in day.waiting and number not in day.moved_on:
            _move_on(day, at, day.visits[number], day.visits[number].item.queue.flow_out_to)
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
    item, hours = visit.item, day.rules.hours.get(visit.item.queue.id)
    if hours is not None and hours.shut(at):
        if hours.to is None:
            day.turned_away.add(item.id)
            return
        _into(item, day.rules.queues[hours.to])
    day.waiting[item.id] = visit
    if visit.patience is not None:
        day.plan(at + visit.patience, "leave", item.id)
    queue = item.queue
    if visit.new and queue.most_waiting is not None and _line(day, queue.id) > queue.most_waiting:
        _move_on(day, at, visit, queue.overflow_to)
    if item.id not in day.moved_on:
        _enter(day, at, visit)


def _line(day: _Day, queue: int) -> int:
    return sum(visit.item.queue.id == queue for visit in day.waiting.values())


def _enter(day: _Day, at: datetime, visit: Visit) -> None:
    """Note since when somebody is in a queue, and when that changes something."""
    queue = visit.item.queue
    day.entered[visit.item.id] = at
    for ring in queue.rings:
        if ring.after:
            day.plan(at + ring.after, "look", visit.item.id)
    if queue.flow_out is not None and visit.item.id not in day.moved_on:
        day.plan(at + queue.flow_out, "flow", visit.item.id)


def _move_on(day: _Day, at: datetime, visit: Visit, to: int | None) -> None:
    """Let somebody go on to another queue, once, with his place in time, if it takes his medium."""
    target = day.rules.queues.get(to) if to is not None else None
    if target is None or target.paused or not day.rules.takes(target.id, visit.item.medium):
        return
    day.moved_on.add(visit.item.id)
    _into(visit.item, target)
    _enter(day, at, visit)


def _into(item: Item, queue: Queue) -> None:
    item.queue, item.needed_level, item.site = queue, max(queue.needed_level, 1), queue.site


def _give_out(day: _Day, at: datetime) -> None:
    if not any(seat.ready and any(seat.free.values()) for seat in day.seats.values()):
        return
    for visit in day.waiting.values():
        visit.item.ring = visit.item.queue.open_rings(at - day.entered[visit.item.id])
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


def _outcomes(came: Mapping[int, Queue], day: _Day) -> dict[int, Outcome]:
    """Return what became of the contacts of each queue to which they came first."""
    queues = {queue.id for queue in came.values()}
    return {queue: _outcome([n for n, first in came.items() if first.id == queue], day) for queue in queues}


def _outcome(numbers: Sequence[int], day: _Day) -> Outcome:
    waits = [day.waits[n] for n in numbers if n in day.waits]
    return replace(
        outcome(len(numbers), waits, abandoned=sum(n in day.gone for n in numbers)),
        moved_on=sum(n in day.moved_on for n in numbers),
        turned_away=sum(n in day.turned_away for n in numbers),
    )


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
