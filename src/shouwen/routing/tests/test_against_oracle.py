"""Thousands of random events through the real actions: the database chooses as brute force does, every time."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from shouwen.accounts.tests.factories import organisation
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.kit.testing import FrozenClock
from shouwen.routing import actions
from shouwen.routing.models import Queue as QueueRow
from shouwen.routing.models import Skill, WorkItem
from shouwen.routing.rules.matching import Item, Queue, Seat
from shouwen.routing.rules.precedence import Discipline, Klass, virtual_arrival

from .factories import agent, ask, queue
from .oracle import Floor, Work
from .snapshots import broken

pytestmark = pytest.mark.django_db(transaction=True)
CODES = ("broadband", "mobile", "billing", "general")
SITES = ("苏州", "南京")
OFFER, HOLD = 30, 20
STATES = ("ready", "ready", "ready", "ready", "break", "not_ready", "offline")
KLASSES = ("plain", "plain", "plain", "vip", "vip", "green", "callback")
RUSH = ("arrive",) * 5 + ("accept", "accept", "complete", "complete", "presence", "presence")
QUIET = ("arrive",) * 3 + ("accept",) * 4 + ("complete",) * 6 + ("presence",) * 4


class Run:
    """One random day, in the database and in the model at once."""

    def __init__(self, seed: int, clock_at: FrozenClock) -> None:
        self.random, self.clock, self.subjects = Random(seed), clock_at, 0
        self.steps, self.kinds = 0, Counter[str]()
        self.staff: dict[int, Principal] = {}
        for n, code in enumerate(CODES):
            site = organisation(SITES[n % 2]).id
            discipline = list(Discipline)[n % 3]
            queue(
                code,
                needed_level=1 + 3 * (n % 2),
                organisation_id=site,
                discipline=discipline,
                offer_seconds=OFFER,
                hold_seconds=HOLD,
            )
        skills = dict(Skill.objects.values_list("code", "id"))
        rows = {q.code: q for q in QueueRow.objects.all()}
        self.rows = rows
        self.floor = Floor(
            {q.id: Queue(q.id, skills[c], q.needed_level) for c, q in rows.items()},
            timedelta(seconds=OFFER),
            timedelta(seconds=HOLD),
        )
        self.skills = skills
        for n in range(8):
            self._seat(n)

    def _seat(self, n: int) -> None:
        levels = {c: self.random.randint(1, 10) for c in self.random.sample(CODES, self.random.randint(1, 3))}
        unit = organisation(SITES[n % 2])
        slots = self.random.randint(1, 3)
        who = agent(f"80{n:02}", levels, slots=slots, ready=False, unit=unit)
        self.staff[who.id] = who
        self.floor.said[who.id] = "offline"
        self.floor.seats[who.id] = Seat(
            who.id, unit.id, {self.skills[c]: level for c, level in levels.items()}, {"web_chat": slots}
        )

    def step(self) -> None:
        """Do one random event in both worlds."""
        at = self.clock.advance(seconds=self.random.choice((0.0, 0.4, 1.0, 3.0)))
        self.steps += 1
        rush = self.steps % 200 < 100
        often = RUSH if rush else QUIET
        name = self.random.choice((*often, "decline", "abandon", "transfer", "transfer", "skill", "pause", "sweep"))
        self.kinds[name] += bool(getattr(self, name)(at))

    def arrive(self, at: datetime) -> bool:
        code, klass = self.random.choice(CODES), self.random.choice(KLASSES)
        bonus = self.random.choice((0, 0, 60, 600)) if klass == "plain" else 0
        preferred = self.random.choice([None, None, None, *self.staff])
        self.subjects += 1
        number = ask(self.subjects, code, at, klass=klass, bonus_seconds=bonus, preferred_staff_id=preferred)
        self.floor.arrive(self._work(number, code, Klass(klass), at, bonus=bonus, preferred=preferred), at)
        return True

    def _work(
        self,
        number: int,
        code: str,
        klass: Klass,
        at: datetime,
        *,
        bonus: int = 0,
        preferred: int | None = None,
    ) -> Work:
        row = self.rows[code]
        vtime = virtual_arrival(
            klass=klass,
            requested_at=at,
            discipline=Discipline(row.discipline),
            bonus=timedelta(seconds=bonus),
        )
        item = Item(
            number,
            self.floor.queues[row.id],
            "web_chat",
            vtime,
            row.needed_level,
            site=row.organisation_id,
            highest_grade=klass is Klass.VIP,
        )
        return Work(item, at, preferred)

    def accept(self, _at: datetime) -> bool:
        if picked := self._pick("offered"):
            actions.accept_offer(work_item_id=picked[0], by=self.staff[picked[1]])
            self.floor.accept(picked[0])
        return bool(picked)

    def decline(self, at: datetime) -> bool:
        if picked := self._pick("offered"):
            actions.decline_offer(work_item_id=picked[0], by=self.staff[picked[1]])
            self.floor.decline(picked[0], at)
        return bool(picked)

    def complete(self, at: datetime) -> bool:
        if picked := self._pick("assigned"):
            subject_id = WorkItem.objects.get(id=picked[0]).subject_id
            actions.finish(subject="conversation", subject_id=subject_id, at=at)
            actions.complete_wrap_up(subject="conversation", subject_id=subject_id, by=self.staff[picked[1]])
            self.floor.complete(picked[0], at)
        return bool(picked)

    def transfer(self, at: datetime) -> bool:
        if picked := self._pick("assigned"):
            old = WorkItem.objects.select_related("queue").get(id=picked[0])
            code = self.random.choice([c for c in CODES if c != old.queue.code])
            number = actions.transfer(
                subject="conversation",
                subject_id=old.subject_id,
                queue_code=code,
                by=self.staff[picked[1]],
            )
            moved = self._work(number, code, Klass.TRANSFER, at)
            moved.item.highest_grade = self.floor.work[picked[0]].item.highest_grade
            self.floor.transfer(picked[0], moved, at)
        return bool(picked)

    def abandon(self, at: datetime) -> bool:
        held = [n for n, w in self.floor.work.items() if w.state in {"waiting", "offered"}]
        if held:
            number = self.random.choice(held)
            subject_id = WorkItem.objects.get(id=number).subject_id
            assert actions.abandon(subject="conversation", subject_id=subject_id, at=at)
            self.floor.abandon(number, at)
        return bool(held)

    def presence(self, at: datetime) -> bool:
        who, state = self.random.choice(list(self.staff)), self.random.choice(STATES)
        actions.set_presence(state=state, by=self.staff[who])
        self.floor.presence(who, state, at)
        return True

    def skill(self, at: datetime) -> bool:
        who, code = self.random.choice(list(self.staff)), self.random.choice(CODES)
        level = self.random.randint(0, 10)
        actions.set_skill(staff_id=who, skill=code, level=level, by=SYSTEM)
        self.floor.skill(who, self.skills[code], level, at)
        return True

    def pause(self, at: datetime) -> bool:
        code = self.random.choice(CODES)
        paused = not self.floor.queues[self.rows[code].id].paused and self.random.random() < 0.5
        actions.pause_queue(queue_code=code, paused=paused, by=SYSTEM)
        self.floor.pause(self.rows[code].id, paused, at)
        return True

    def sweep(self, at: datetime) -> bool:
        actions.sweep(at)
        self.floor.sweep(at)
        return True

    def _pick(self, state: str) -> tuple[int, int] | None:
        held = [(n, w.seat) for n, w in self.floor.work.items() if w.state == state and w.seat is not None]
        return self.random.choice(held) if held else None

    def offered(self) -> dict[int, int | None]:
        """Return who is offered what in the database."""
        return dict(WorkItem.objects.filter(state="offered").values_list("id", "offered_to_id"))

    def waiting(self) -> set[int]:
        """Return who waits in the database."""
        return set(WorkItem.objects.filter(state__in=["waiting", "arrived"]).values_list("id", flat=True))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_chooses_as_brute_force_does(seed: int, clock_at: FrozenClock) -> None:
    run = Run(seed, clock_at)
    for n in range(700):
        run.step()
        assert (n, run.offered()) == (n, run.floor.offered())
        assert (n, run.waiting()) == (n, run.floor.waiting())
        if n % 50 == 0:
            assert broken() == {}
    assert min(run.kinds.values()) > 5, run.kinds
    assert WorkItem.objects.filter(offers__gt=1).count() > 5
