"""The real router, driven through its own actions from one moment to the next, on a clock that stands in between."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.db import connection

from shouwen.accounts import actions as accounts
from shouwen.accounts import queries as people
from shouwen.interactions import actions as interactions
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.metrics import queries as metrics
from shouwen.routing import actions as routing
from shouwen.routing.rules.shapes import Ring, Shape

from .changes import CALLBACK_LATER, Change
from .log import Call, Shift
from .model import Outcome, Settings

MIDNIGHT = datetime(1999, 7, 31, 16, tzinfo=UTC)
"""Midnight of 1 August in Beijing."""
MEDIUM = "voice"
OFFER_SECONDS = 20
MAINLY = 0.2
"""A type is one's own from this share of one's calls on."""
CALLBACKS = 500_000
FIRST_NUMBER = 1_000_000
PASSWORD = "Duration-8-of-day"


MATCHING = {"arrive", "come", "written", "widen", "call"}
"""After these somebody may have been offered a call."""
Offer = tuple[int, int, int]


def moment(at: float) -> datetime:
    """Return the domain time of a second of the log."""
    return MIDNIGHT + timedelta(seconds=at)


class Floor:
    """Queues by type of call, seats by server, and what is to happen next."""

    def __init__(self, skills: dict[str, dict[str, float]], settings: Settings, change: Change, run: int) -> None:
        self.settings, self.change, self.dice, self.run = settings, change, random.Random(2), run
        self.now = moment(0)
        self.later: list[tuple[float, int, str, Any]] = []
        self.count = itertools.count()
        self.base = FIRST_NUMBER * (run + 1)
        self.calls: dict[int, Call] = {}
        self.present: dict[str, int] = {}
        self.seen: set[Offer] = set()
        self.taken: set[int] = set()
        self.called_back: dict[int, float] = {}
        self.staff = _staff(skills, change, run)
        self.names = {staff.id: who for who, staff in self.staff.items()}

    def at(self, when: float, what: str, whom: Any) -> None:
        heapq.heappush(self.later, (when, next(self.count), what, whom))

    def play(self, calls: Sequence[Call], there: Sequence[Shift]) -> list[Outcome]:
        """Let everything happen in its order and return what the journal tells of each call."""
        for shift in there:
            self.at(shift.begins, "come", shift.server)
            self.at(shift.ends, "go", shift.server)
        for call in calls:
            self.calls[self.base + call.number] = call
            self.at(call.at, "arrive", call)
        with patch.object(clock, "now", lambda: self.now):
            while self.later:
                when, _, what, whom = heapq.heappop(self.later)
                self.now = max(self.now, moment(when))
                getattr(self, what)(whom, when)
                if what in MATCHING:
                    self._take_offers(when)
        return self._outcomes(calls)

    def arrive(self, call: Call, when: float) -> None:
        number = self.base + call.number
        self._ask(call, number, "vip" if call.high and self.change.vip else "plain")
        if call.patience < float("inf"):
            self.at(when + call.patience, "leave", number)
        if self.change.rings:
            self.at(when + self.change.rings, "widen", number)
        if self.dice.random() < self.change.callback_share:
            self.at(when + self.change.callback_after, "promise", number)

    def _ask(self, call: Call, number: int, klass: str) -> None:
        routing.request(
            subject="conversation",
            subject_id=number,
            customer_id=None,
            medium=MEDIUM,
            queue_code=_code(call.type, self.run),
            klass=klass,
            bonus_seconds=int(self.settings.lead) if call.high else 0,
            by=SYSTEM,
            at=self.now,
        )

    def leave(self, number: int, _when: float) -> None:
        if number not in self.taken:
            routing.abandon(subject="conversation", subject_id=number, at=self.now)

    def widen(self, number: int, _when: float) -> None:
        if number not in self.taken:
            routing.sweep(at=self.now)

    def promise(self, number: int, when: float) -> None:
        """Let a waiting caller leave the line for a callback."""
        if number in self.taken or not routing.abandon(subject="conversation", subject_id=number, at=self.now):
            return
        self.taken.add(number)
        self.called_back[number] = when
        self.at(when + CALLBACK_LATER, "call", number)

    def call(self, number: int, _when: float) -> None:
        back = self.calls[number + CALLBACKS] = self.calls[number]
        self._ask(back, number + CALLBACKS, "callback")

    def come(self, who: str, _when: float) -> None:
        self.present[who] = self.present.get(who, 0) + 1
        if self.present[who] == 1:
            routing.set_presence(state="ready", by=self.staff[who])

    def go(self, who: str, _when: float) -> None:
        self.present[who] -= 1
        if not self.present[who]:
            routing.set_presence(state="offline", by=self.staff[who])

    def answer(self, offer: Offer, when: float) -> None:
        item, number, seat = offer
        routing.accept_offer(work_item_id=item, by=self.staff[self.names[seat]])
        self.taken.add(number)
        self.at(when + self.calls[number].service, "end", (number, seat))

    def end(self, served: tuple[int, int], when: float) -> None:
        number, seat = served
        call = self.calls[number]
        interactions.journal(
            interaction_id=number, name="end", queue_code=_code(call.type, self.run), staff_id=seat, at=self.now
        )
        routing.finish(subject="conversation", subject_id=number, at=self.now)
        self.at(when + call.wrap_up * self.settings.wrap_up, "written", served)

    def written(self, served: tuple[int, int], _when: float) -> None:
        number, seat = served
        routing.complete_wrap_up(subject="conversation", subject_id=number, by=self.staff[self.names[seat]])

    def _take_offers(self, when: float) -> None:
        for offer in _offered() - self.seen:
            self.seen.add(offer)
            self.answer(offer, when)

    def _outcomes(self, calls: Sequence[Call]) -> list[Outcome]:
        """Read the visits from the journal, by the same rules as every page."""
        codes = {_code(call.type, self.run) for call in calls}
        ends = moment(calls[-1].at) + timedelta(days=2)
        visits = {v.interaction_id: v for v in metrics.visits_between(moment(calls[0].at), ends, codes)}
        found = []
        for call in calls:
            number = self.base + call.number
            visit, back = visits[number], visits.get(number + CALLBACKS)
            waited = visit.waited(ends).total_seconds()
            called = (back.left_at or ends) - moment(self.called_back[number]) if back else None
            found.append(
                Outcome(
                    call.number,
                    waited,
                    visit.outcome == "answered",
                    call.high,
                    called.total_seconds() if called else None,
                )
            )
        return found


def _offered() -> set[Offer]:
    with connection.cursor() as cursor:
        cursor.execute("select id, subject_id, offered_to_id from routing_work_item where state = 'offered'")
        return set(cursor.fetchall())


def _code(kind: str, run: int) -> str:
    return f"{kind.lower()}-{run}"


def _staff(skills: dict[str, dict[str, float]], change: Change, run: int) -> dict[str, Principal]:
    """Make a routing domain with the queues of the types and a seat for everybody in the log."""
    city, domain = _city(run), f"bank-{run}"
    leader = _hire("LEADER", city, run, "duty_leader")
    for kind in sorted({kind for some in skills.values() for kind in some}):
        _open_line(_code(kind, run), city, leader, domain, change)
    found = {}
    for who, some in sorted(skills.items()):
        found[who] = _hire(who, city, run, "comprehensive")
        routing.open_seat(staff_id=found[who].id, slots={MEDIUM: 1}, by=SYSTEM, domain=domain)
        levels = {_skill(_code(kind, run), share, change): 5 for kind, share in some.items()}
        routing.set_skills(staff_id=found[who].id, levels=levels, by=SYSTEM)
    return found


def _skill(code: str, share: float, change: Change) -> str:
    return code if share >= MAINLY or not change.rings else f"{code}-also"


def _open_line(code: str, city: int, leader: Principal, domain: str, change: Change) -> None:
    for skill in (code, f"{code}-also"):
        routing.add_skill(code=skill, name=skill, by=SYSTEM, domain=domain)
    routing.add_queue(
        code=code,
        name=code,
        skill=code,
        organisation_id=city,
        duty_leader_id=leader.id,
        by=SYSTEM,
        media=(MEDIUM,),
        offer_seconds=OFFER_SECONDS,
        hold_seconds=0,
        wrap_up_seconds=600,
    )
    if change.rings:
        wider = Ring(after_seconds=change.rings, skill=f"{code}-also")
        routing.shape_queue(queue_code=code, shape=Shape(rings=(wider,)), by=SYSTEM)


def _city(run: int) -> int:
    group = accounts.add_organisation(name=f"Bank {run}", parent_id=None, by=SYSTEM)
    province = accounts.add_organisation(name=f"Land {run}", parent_id=group, by=SYSTEM)
    return accounts.add_organisation(name=f"City {run}", parent_id=province, by=SYSTEM)


def _hire(name: str, city: int, run: int, role: str) -> Principal:
    number = f"{run}{name}"
    staff_id = accounts.register(
        number=number, name=name, password=PASSWORD, organisation_id=city, roles=[role], by=SYSTEM
    )
    return people.principal_of(staff_id)
