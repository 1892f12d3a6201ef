"""The floor as plain Python: the same events, matched by brute force. What the database is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shouwen.routing.rules.matching import Item, Queue, Seat, settle
from shouwen.routing.rules.precedence import Klass, virtual_arrival

NEVER = datetime.max


@dataclass
class Work:
    """A contact's visit as the model keeps it."""

    item: Item
    requested_at: datetime
    preferred: int | None = None
    hold_until: datetime | None = None
    refused_until: datetime | None = None
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

    def offered(self) -> dict[int, int]:
        """Return who is offered what, by item."""
        return {n: w.seat for n, w in self.work.items() if w.state == "offered" and w.seat is not None}

    def waiting(self) -> set[int]:
        """Return the items nobody is offered."""
        return {n for n, w in self.work.items() if w.state == "waiting"}

    def arrive(self, work: Work, at: datetime) -> None:
        """Somebody asks for a person."""
        self.work[work.item.id] = work
        if work.preferred is not None and self.hold and self._may_hold(work):
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

    def accept(self, item: int) -> None:
        """The seat takes the contact."""
        self.work[item].state, self.work[item].expires = "assigned", None

    def decline(self, item: int, at: datetime) -> None:
        """The seat sends the contact back."""
        work, staff = self.work[item], self._free(item)
        self._again(work)
        work.item.refused_by |= {staff}
        work.refused_until = at + self.offer
        self._given_back(staff, at)

    def complete(self, item: int, at: datetime) -> None:
        """The contact is over and written up."""
        staff = self._free(item)
        self.work[item].state = "done"
        self._given_back(staff, at)

    def abandon(self, item: int, at: datetime) -> None:
        """The customer leaves before an answer."""
        staff = self._free(item) if self.work[item].state == "offered" else None
        self.work[item].state = "abandoned"
        if staff is not None:
            self._given_back(staff, at)

    def transfer(self, item: int, moved: Work, at: datetime) -> None:
        """The serving seat hands the contact to another queue."""
        staff = self._free(item)
        self.work[item].state = "moved"
        moved.item.refused_by = frozenset({staff})
        moved.refused_until = at + self.offer
        self.work[moved.item.id] = moved
        self._given_back(staff, at)

    def skill(self, staff: int, skill: int, level: int, at: datetime) -> None:
        """A leader changes what somebody handles."""
        self.seats[staff].skills[skill] = level
        self.sweep(at)

    def pause(self, queue: int, paused: bool, at: datetime) -> None:
        """A leader stops a queue or lets it go on."""
        self.queues[queue].paused = paused
        self.sweep(at)

    def sweep(self, at: datetime) -> None:
        """Time has passed."""
        for work in self.work.values():
            if work.state == "waiting":
                self._let_go(work, at)
        overdue = [w for w in self.work.values() if w.state == "offered" and (w.expires or NEVER) <= at]
        for work in sorted(overdue, key=lambda w: w.item.id):
            assert work.seat is not None
            self.said[work.seat], self.seats[work.seat].ready = "not_ready", False
        for number, work in self.work.items():
            if work.state == "offered" and work.seat is not None and self.said[work.seat] != "ready":
                self._free(number)
                self._again(work)
        self._settle(at)

    def _let_go(self, work: Work, at: datetime) -> None:
        if work.hold_until is not None and (work.hold_until <= at or not self._may_hold(work)):
            work.item.held_for = work.hold_until = None
        if work.refused_until is not None and work.refused_until <= at:
            work.item.refused_by, work.refused_until = frozenset(), None

    def _may_hold(self, work: Work) -> bool:
        seat = self.seats[work.preferred or 0]
        level = seat.skills.get(work.item.queue.skill, 0)
        return self.said[seat.staff] != "offline" and level >= work.item.needed_level

    def _again(self, work: Work) -> None:
        work.state, work.item.held_for, work.hold_until = "waiting", None, None
        work.item.vtime = virtual_arrival(klass=Klass.RE_OFFER, requested_at=work.requested_at)

    def _free(self, item: int) -> int:
        work = self.work[item]
        staff, work.seat, work.expires = work.seat, None, None
        assert staff is not None
        self.seats[staff].free[work.item.medium] += 1
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
        line = [w.item for w in self.work.values() if w.state == "waiting"]
        for item, staff in settle(line, list(self.seats.values()), at):
            work = self.work[item]
            work.state, work.seat, work.expires = "offered", staff, at + self.offer
