"""The floor as plain Python: the same events, matched by brute force. What the database is compared with.

Contacts are known by their number (the subject), whatever queue they are in; every visit to a queue is a new `Work`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from shouwen.routing.rules.matching import Item, Queue, Seat, settle
from shouwen.routing.rules.precedence import Klass, virtual_arrival

NEVER = datetime.max
FIRST = {Klass.RE_OFFER, Klass.TRANSFER}


@dataclass
class Work:
    """A contact's visit as the model keeps it."""

    item: Item
    requested_at: datetime
    klass: Klass = Klass.PLAIN
    preferred: int | None = None
    hold_until: datetime | None = None
    refused_until: datetime | None = None
    moved_on: bool = False
    seat: int | None = None
    expires: datetime | None = None
    state: str = "waiting"


@dataclass
class Floor:
    """Queues, seats and contacts; every method is one event and ends with everything given out."""

    queues: dict[int, Queue]
    offer: timedelta
    hold: timedelta
    seats: dict[int, Seat] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    work: dict[int, Work] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def offered(self) -> dict[int, int]:
        """Return who is offered which contact."""
        return {n: w.seat for n, w in self.work.items() if w.state == "offered" and w.seat is not None}

    def waiting(self) -> dict[int, int]:
        """Return in which queue the contacts wait that nobody is offered."""
        return {n: w.item.queue.id for n, w in self.work.items() if w.state == "waiting"}

    def arrive(self, subject: int, work: Work, at: datetime) -> None:
        """Somebody asks for a person; in a full queue he goes on to the next one."""
        self._enter(subject, work)
        if self._full(work):
            work = self._move_on(subject, work.item.queue.overflow_to, at)
        self._open_rings(work, at)
        if work.preferred is not None and self.hold and not work.moved_on and self._may_hold(work):
            work.item.held_for, work.hold_until = work.preferred, at + self.hold
        self._settle(at)

    def presence(self, staff: int, state: str, at: datetime) -> None:
        """Somebody says what he is doing."""
        self.said[staff] = state
        if state == "ready":
            self._take_note(staff, at)
            self._settle(at)
        else:
            self.seats[staff].ready = False
            self.sweep(at)

    def accept(self, subject: int) -> None:
        """The seat takes the contact."""
        self.work[subject].state, self.work[subject].expires = "assigned", None

    def decline(self, subject: int, at: datetime) -> None:
        """The seat sends the contact back."""
        work, staff = self.work[subject], self._free(subject)
        self._again(work, at)
        work.item.refused_by |= {staff}
        work.refused_until = at + self.offer
        self._given_back(staff, at)

    def complete(self, subject: int, at: datetime) -> None:
        """The contact is over and written up."""
        staff = self._free(subject)
        del self.work[subject]
        self._given_back(staff, at)

    def abandon(self, subject: int, at: datetime) -> None:
        """The customer leaves before an answer."""
        staff = self._free(subject) if self.work[subject].state == "offered" else None
        del self.work[subject]
        if staff is not None:
            self._given_back(staff, at)

    def transfer(self, subject: int, moved: Work, at: datetime) -> None:
        """The serving seat hands the contact to another queue."""
        staff = self._free(subject)
        moved.item.refused_by = frozenset({staff})
        moved.refused_until = at + self.offer
        self._enter(subject, moved)
        self._open_rings(moved, at)
        self._given_back(staff, at)

    def skill(self, staff: int, skill: int, level: int, at: datetime) -> None:
        """A leader changes what somebody handles."""
        self.seats[staff].skills[skill] = level
        self.sweep(at)

    def pause(self, queue: int, paused: bool, at: datetime) -> None:
        """A leader stops a queue or lets it go on."""
        self.queues[queue].paused = paused
        self.sweep(at)

    def shape(self, queue: int, at: datetime) -> None:
        """The rings of a queue have changed."""
        for work in self.work.values():
            if work.state == "waiting" and work.item.queue.id == queue:
                self._open_rings(work, at)
        self.sweep(at)

    def sweep(self, at: datetime) -> None:
        """Time has passed."""
        for work in self.work.values():
            if work.state == "waiting":
                self._let_go(work, at)
                self._open_rings(work, at)
        overdue = [w for w in self.work.values() if w.state == "offered" and (w.expires or NEVER) <= at]
        for work in sorted(overdue, key=lambda w: w.item.id):
            assert work.seat is not None
            if self.said[work.seat] == "ready":
                self.said[work.seat], self.seats[work.seat].ready = "not_ready", False
        for number, work in self.work.items():
            if work.state == "offered" and work.seat is not None and self.said[work.seat] != "ready":
                self._free(number)
                self._again(work, at)
        self._flow_out(at)
        self._settle(at)

    def _enter(self, subject: int, work: Work) -> None:
        work.item.id = next(self.numbers)
        self.work[subject] = work

    def _full(self, work: Work) -> bool:
        queue = work.item.queue
        if queue.most_waiting is None or work.klass in FIRST or not self._may_move_on(work, queue.overflow_to):
            return False
        line = [w for w in self.work.values() if w.state == "waiting" and w.item.queue is queue and w is not work]
        return len(line) >= queue.most_waiting

    def _may_move_on(self, work: Work, target: int | None) -> bool:
        return target is not None and not work.moved_on and not self.queues[target].paused

    def _move_on(self, subject: int, target: int | None, at: datetime) -> Work:
        """Let a contact go on with its class and place in time."""
        assert target is not None
        old, queue = self.work[subject], self.queues[target]
        item = replace(old.item, queue=queue, needed_level=queue.needed_level, site=queue.site, ring=0, held_for=None)
        moved = replace(old, item=item, requested_at=at, hold_until=None, moved_on=True)
        self._enter(subject, moved)
        self._open_rings(moved, at)
        return moved

    def _flow_out(self, at: datetime) -> None:
        due = [
            (w.requested_at + w.item.queue.flow_out, w.item.id, n)
            for n, w in self.work.items()
            if w.state == "waiting"
            and w.item.queue.flow_out is not None
            and w.requested_at + w.item.queue.flow_out <= at
        ]
        for _, _, subject in sorted(due):
            target = self.work[subject].item.queue.flow_out_to
            if self._may_move_on(self.work[subject], target):
                self._move_on(subject, target, at)

    def _open_rings(self, work: Work, at: datetime) -> None:
        work.item.ring = work.item.queue.open_rings(at - work.requested_at)

    def _let_go(self, work: Work, at: datetime) -> None:
        if work.hold_until is not None and (work.hold_until <= at or not self._may_hold(work)):
            work.item.held_for = work.hold_until = None
        if work.refused_until is not None and work.refused_until <= at:
            work.item.refused_by, work.refused_until = frozenset(), None

    def _may_hold(self, work: Work) -> bool:
        seat = self.seats[work.preferred or 0]
        level = seat.skills.get(work.item.queue.skill, 0)
        return self.said[seat.staff] != "offline" and level >= work.item.needed_level

    def _again(self, work: Work, at: datetime) -> None:
        work.state, work.item.held_for, work.hold_until = "waiting", None, None
        work.klass = Klass.RE_OFFER
        work.item.vtime = virtual_arrival(klass=Klass.RE_OFFER, requested_at=work.requested_at)
        self._open_rings(work, at)

    def _free(self, subject: int) -> int:
        work = self.work[subject]
        staff, work.seat, work.expires = work.seat, None, None
        assert staff is not None
        self.seats[staff].free[work.item.medium] += 1
        self.seats[staff].carried[work.item.medium] -= 1
        return staff

    def _given_back(self, staff: int, at: datetime) -> None:
        seat = self.seats[staff]
        if seat.ready and seat.idle_since is not None:
            seat.idle_since = max(at, seat.idle_since)
        self._settle(at)

    def _take_note(self, staff: int, at: datetime) -> None:
        seat = self.seats[staff]
        if not seat.ready:
            seat.ready, seat.idle_since = True, at

    def _settle(self, at: datetime) -> None:
        line = {w.item.id: (n, w) for n, w in self.work.items() if w.state == "waiting"}
        for item, staff in settle([w.item for _, w in line.values()], list(self.seats.values()), at):
            work = line[item][1]
            work.state, work.seat, work.expires = "offered", staff, at + self.offer
