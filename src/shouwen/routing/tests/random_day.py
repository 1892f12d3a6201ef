"""One random day on a small floor, in the database and in the model at once. The test and the bench run it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from shouwen.accounts.tests.factories import organisation
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.kit.testing import FrozenClock
from shouwen.routing import actions
from shouwen.routing.models import Queue as QueueRow
from shouwen.routing.models import Skill, WorkItem
from shouwen.routing.rules import media
from shouwen.routing.rules.matching import Item, Queue, Ring, Seat
from shouwen.routing.rules.precedence import Discipline, Klass, virtual_arrival
from shouwen.routing.rules.shapes import Ring as RingRule
from shouwen.routing.rules.shapes import Shape

from .factories import agent, ask, queue
from .oracle import Floor, Work

CODES = ("broadband", "mobile", "billing", "general")
SITES = ("苏州", "南京")
OFFER, HOLD = 30, 20
MEDIA = ("web_chat", "web_chat", "voice", "email")
STATES = ("ready", "ready", "ready", "ready", "break", "not_ready", "offline")
KLASSES = ("plain", "plain", "plain", "vip", "vip", "green", "callback")
RUSH = ("arrive",) * 5 + ("accept", "accept", "complete", "complete", "presence", "presence")
QUIET = ("arrive",) * 3 + ("accept",) * 4 + ("complete",) * 6 + ("presence",) * 4
RARE = ("decline", "abandon", "transfer", "transfer", "skill", "pause", "sweep", "sweep")
SHAPES = (
    Shape(rings=(RingRule(0, "general", 4), RingRule(8, "broadband", 1), RingRule(15, "mobile", 2))),
    Shape(rings=(RingRule(5, "mobile", 1),), most_waiting=4, overflow_to="general"),
    Shape(flow_out_seconds=25, flow_out_to="general", rings=(RingRule(10, "broadband", 6),)),
    Shape(long_wait_seconds=20, most_waiting=6, overflow_to="billing"),
)


class RandomDay:
    """A floor of four queues and some seats on which anything may happen at any moment."""

    def __init__(self, seed: int, clock_at: FrozenClock, *, seats: int = 8) -> None:
        self.random, self.clock, self.subjects = Random(seed), clock_at, 0
        self.steps, self.kinds = 0, Counter[str]()
        self.staff: dict[int, Principal] = {}
        for n, code in enumerate(CODES):
            self._open_queue(code, n)
        self.skills = dict(Skill.objects.values_list("code", "id"))
        self.rows = {q.code: q for q in QueueRow.objects.all()}
        queues = {row.id: self._line(row) for row in self.rows.values()}
        self.floor = Floor(queues, timedelta(seconds=OFFER), timedelta(seconds=HOLD))
        for code, shape in zip(CODES, SHAPES, strict=True):
            self._shape(code, shape)
        for n in range(seats):
            self._seat(n)

    def _open_queue(self, code: str, n: int) -> None:
        queue(
            code,
            needed_level=1 + 3 * (n % 2),
            organisation_id=organisation(SITES[n % 2]).id,
            discipline=list(Discipline)[n % 3],
            media=(),
            offer_seconds=OFFER,
            hold_seconds=HOLD,
        )

    def _line(self, row: QueueRow) -> Queue:
        return Queue(row.id, self.skills[row.code], row.needed_level, site=row.organisation_id)

    def _shape(self, code: str, shape: Shape) -> None:
        actions.shape_queue(queue_code=code, shape=shape, by=SYSTEM)
        line = self.floor.queues[self.rows[code].id]
        line.rings = tuple(Ring(timedelta(seconds=r.after_seconds), self.skills[r.skill], r.level) for r in shape.rings)
        line.most_waiting = shape.most_waiting
        line.overflow_to = self.rows[shape.overflow_to].id if shape.overflow_to else None
        line.flow_out = timedelta(seconds=shape.flow_out_seconds) if shape.flow_out_seconds else None
        line.flow_out_to = self.rows[shape.flow_out_to].id if shape.flow_out_to else None

    def _seat(self, n: int) -> None:
        levels = {c: self.random.randint(1, 10) for c in self.random.sample(CODES, self.random.randint(1, 3))}
        unit = organisation(SITES[n % 2])
        slots = {"web_chat": self.random.randint(1, 3), "voice": 1, "email": self.random.randint(0, 2)}
        who = agent(f"80{n:02}", levels, slots=slots, ready=False, unit=unit)
        self.staff[who.id] = who
        self.floor.said[who.id] = "offline"
        held = {self.skills[code]: level for code, level in levels.items()}
        self.floor.seats[who.id] = Seat(who.id, unit.id, held, dict(slots))

    def step(self) -> None:
        """Do one random event in both worlds."""
        at = self.clock.advance(seconds=self.random.choice((0.0, 0.4, 1.0, 3.0)))
        self.steps += 1
        rush = self.steps % 200 < 100
        name = self.random.choice((*(RUSH if rush else QUIET), *RARE))
        self.kinds[name] += bool(getattr(self, name)(at))

    def arrive(self, at: datetime) -> bool:
        code, klass = self.random.choice(CODES), self.random.choice(KLASSES)
        bonus = self.random.choice((0, 0, 60, 600)) if klass == "plain" else 0
        preferred = self.random.choice([None, None, None, *self.staff])
        medium = self.random.choice(MEDIA)
        self.subjects += 1
        more = {"klass": klass, "bonus_seconds": bonus, "preferred_staff_id": preferred, "medium": medium}
        ask(self.subjects, code, at, **more)
        work = self._work(code, Klass(klass), medium, at, bonus=bonus, preferred=preferred)
        self.floor.arrive(self.subjects, work, at)
        return True

    def _work(
        self, code: str, klass: Klass, medium: str, at: datetime, *, bonus: int = 0, preferred: int | None = None
    ) -> Work:
        row = self.rows[code]
        vtime = virtual_arrival(
            klass=klass,
            requested_at=at,
            discipline=Discipline(row.discipline),
            bonus=timedelta(seconds=bonus),
            patience=media.of(medium).patience,
        )
        item = Item(
            0,
            self.floor.queues[row.id],
            medium,
            vtime,
            row.needed_level,
            site=row.organisation_id,
            highest_grade=klass is Klass.VIP,
        )
        return Work(item, at, klass, preferred)

    def accept(self, _at: datetime) -> bool:
        if picked := self._pick("offered"):
            number = WorkItem.objects.get(subject_id=picked[0], state="offered").id
            actions.accept_offer(work_item_id=number, by=self.staff[picked[1]])
            self.floor.accept(picked[0])
        return bool(picked)

    def decline(self, at: datetime) -> bool:
        if picked := self._pick("offered"):
            number = WorkItem.objects.get(subject_id=picked[0], state="offered").id
            actions.decline_offer(work_item_id=number, by=self.staff[picked[1]])
            self.floor.decline(picked[0], at)
        return bool(picked)

    def complete(self, at: datetime) -> bool:
        if picked := self._pick("assigned"):
            subject_id = picked[0]
            actions.finish(subject="conversation", subject_id=subject_id, at=at)
            actions.complete_wrap_up(subject="conversation", subject_id=subject_id, by=self.staff[picked[1]])
            self.floor.complete(subject_id, at)
        return bool(picked)

    def transfer(self, at: datetime) -> bool:
        if picked := self._pick("assigned"):
            old = self.floor.work[picked[0]].item
            code = self.random.choice([c for c in CODES if self.rows[c].id != old.queue.id])
            actions.transfer(subject="conversation", subject_id=picked[0], queue_code=code, by=self.staff[picked[1]])
            moved = self._work(code, Klass.TRANSFER, old.medium, at)
            moved.item.highest_grade = old.highest_grade
            self.floor.transfer(picked[0], moved, at)
        return bool(picked)

    def abandon(self, at: datetime) -> bool:
        held = [n for n, w in self.floor.work.items() if w.state in {"waiting", "offered"}]
        if held:
            subject_id = self.random.choice(held)
            assert actions.abandon(subject="conversation", subject_id=subject_id, at=at)
            self.floor.abandon(subject_id, at)
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

    def differs(self) -> str:
        """Say how database and model differ; empty when they do not."""
        rows = WorkItem.objects.filter(state__in=["arrived", "waiting", "offered"])
        found = list(rows.values_list("subject_id", "state", "offered_to_id", "queue_id"))
        offered = {subject: seat for subject, state, seat, _ in found if state == "offered"}
        waiting = {subject: line for subject, state, _, line in found if state != "offered"}
        if (offered, waiting) == (self.floor.offered(), self.floor.waiting()):
            return ""
        return f"database {offered} {waiting}, model {self.floor.offered()} {self.floor.waiting()}"
