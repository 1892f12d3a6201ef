"""Eight workers at once, with and without kills: every snapshot whole, the sweeper on time, every second accounted."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

import psycopg
from django.db import connections

from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.project.chores import CHORES
from shouwen.routing import actions, jobs
from shouwen.routing.rules.shapes import Ring, Shape
from shouwen.routing.tests.crowd import Worker, crowded_floor
from shouwen.routing.tests.factories import queue
from shouwen.routing.tests.snapshots import broken

from ..parts import Part, judge
from .against_oracle import clean

WORKERS, KILL_EVERY, PLANT_EVERY = 8, 0.25, 0.2
SWEEP_EVERY = next(chore.every for chore in CHORES if chore.name == "routing-sweep")
RING_SECONDS = 2
FORK = multiprocessing.get_context("fork")


@dataclass
class Seen:
    """What was seen of the floor."""

    snapshots: int = 0
    bad: list[dict[str, int]] = field(default_factory=list)
    late: dict[tuple[str, int], float] = field(default_factory=dict)
    kills: int = 0

    def lateness(self) -> float:
        """Return the 95th percentile of how late what was due was done, in seconds."""
        rows = sorted(self.late.values())
        return rows[round(0.95 * (len(rows) - 1))] if rows else 0.0

    def longest(self, kind: str) -> float:
        """Return the longest time something was overdue."""
        return max((late for (what, _), late in self.late.items() if what == kind), default=0.0)


def parts(url: str, seconds: int) -> Sequence[Part]:
    """Run the crowd twice and judge what was seen."""
    calm, killed = _run(url, seconds, kills=False), _run(url, seconds, kills=True)
    for seen in (calm, killed):
        print(f"{seen.snapshots} snapshots, {len(seen.bad)} not whole, {seen.kills} kills, {len(seen.late)} due")
        for one in seen.bad[:3]:
            print(f"  not whole: {one}")
    wrong = _inexact(url)
    return [
        judge("routing", "snapshots", ours=float(len(calm.bad)), unit="", peer="seen", peer_value=calm.snapshots),
        judge("routing", "killed", ours=float(len(killed.bad)), unit="", peer="seen", peer_value=killed.snapshots),
        judge("routing", "lateness", ours=max(calm.lateness(), killed.lateness()), unit="s"),
        judge("routing", "arrived", ours=max(calm.longest("arrived"), killed.longest("arrived")), unit="s"),
        judge("routing", "exact", ours=float(wrong), unit="rows"),
    ]


def _run(url: str, seconds: int, *, kills: bool) -> Seen:
    clean()
    people = crowded_floor(offer_seconds=3)
    queue("quiet", skill=_in_own_domain())
    actions.shape_queue(queue_code="quiet", shape=Shape(rings=(Ring(RING_SECONDS, "quiet"),)), by=SYSTEM)
    jobs.sweep(clock.now())
    connections.close_all()
    workers = [_start(_work, n + 1, people) for n in range(WORKERS)]
    others = [_start(_sweep), _start(_plant, url)]
    seen = Seen()
    try:
        _watch(url, seen, time.monotonic() + seconds, workers if kills else [], people)
    finally:
        for process in (*workers, *others):
            process.kill()
            process.join()
    time.sleep(0.5)  # the server finishes what the killed had asked
    jobs.sweep(clock.now())
    if left := broken():
        seen.bad.append(left)
    return seen


def _in_own_domain() -> str:
    actions.add_skill(code="quiet", name="quiet", by=SYSTEM, domain="quiet")
    return "quiet"


def _start(what: Callable[..., None], *values: object) -> BaseProcess:
    process = FORK.Process(target=what, args=values, daemon=True)
    process.start()
    return process


def _work(number: int, people: list[Principal]) -> None:
    worker = Worker(number, people)
    worker.next_subject = int(time.time() * 1000) % 10**9 * 1000 + number * 10  # nobody's before
    while True:
        worker.once()


def _sweep() -> None:
    while True:
        jobs.sweep(clock.now())
        time.sleep(SWEEP_EVERY)


def _plant(url: str) -> None:
    """Leave contacts behind as a process does that dies between its commit and the matching."""
    with psycopg.connect(url, autocommit=True) as line:
        while True:
            line.execute(_PLANT)
            time.sleep(PLANT_EVERY * random.uniform(0.5, 1.5))


_PLANT = """
insert into routing_work_item (subject, subject_id, contact, medium, queue_id, site_id, needed_level, asked_klass,
    klass, bonus_seconds, highest_grade, vtime, refused_by, ring, moved_on, state, offers, requested_at, version)
select 'planted', coalesce(max(w.id), 0) + 1, '', 'web_chat', q.id, q.organisation_id, 1, 'plain', 'plain', 0, false,
       clock_timestamp(), '{}', 0, false, 'arrived', 0, clock_timestamp(), 1
  from routing_queue q left join routing_work_item w on true where q.code = 'quiet'
 group by q.id, q.organisation_id
"""
# a declined or moved contact keeps its first arrival, so only those that nobody had before tell how long they lay
_DUE = """
select 'arrived', id, extract(epoch from clock_timestamp() - requested_at)::float8
  from routing_work_item where state = 'arrived' and offers = 0 and previous_id is null
union all
select 'offer', id, extract(epoch from clock_timestamp() - offer_expires_at)::float8
  from routing_work_item where state = 'offered' and offer_expires_at < clock_timestamp()
union all
select 'ring', id, extract(epoch from clock_timestamp() - ring_due_at)::float8
  from routing_work_item where state = 'waiting' and ring_due_at < clock_timestamp()
"""


def _watch(url: str, seen: Seen, end: float, victims: list[BaseProcess], people: list[Principal]) -> None:
    next_kill = time.monotonic() + KILL_EVERY
    with psycopg.connect(url, autocommit=True) as line:
        while time.monotonic() < end:
            seen.snapshots += 1
            if found := broken():
                seen.bad.append(found)
            for kind, number, late in line.execute(_DUE).fetchall():
                seen.late[kind, number] = max(late, seen.late.get((kind, number), 0.0))
            if victims and time.monotonic() > next_kill:
                _kill_one(victims, people)
                seen.kills += 1
                next_kill = time.monotonic() + KILL_EVERY
    connections.close_all()


def _kill_one(victims: list[BaseProcess], people: list[Principal]) -> None:
    place = random.randrange(len(victims))
    pid = victims[place].pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    victims[place].join()
    connections.close_all()  # a child must not share our line
    victims[place] = _start(_work, place + 1, people)


def _inexact(url: str) -> int:
    """Count what does not add up: seats whose seconds do not, contacts whose rows, journal and facts differ."""
    with psycopg.connect(url, autocommit=True) as line:
        return sum(int(line.execute(question).fetchall()[0][0]) for question in (_LEDGER, _FIGURES))


_LEDGER = """
select count(*) from (
    select staff_id from routing_presence_span
     group by staff_id
    having sum(coalesce(ended_at, timestamptz '2100-01-01') - started_at) <> timestamptz '2100-01-01' - min(started_at)
        or count(*) filter (where ended_at is null) <> 1) seats
"""
_FIGURES = """
with visits as (
    select sum(offers) as offers, count(answered_at) as answers, count(*) filter (where state = 'abandoned') as gone,
           count(*) as asked
      from routing_work_item where subject = 'conversation'),
lines as (
    select count(*) filter (where name = 'offer') as offers, count(*) filter (where name = 'answer') as answers,
           count(*) filter (where name = 'abandon') as gone, count(*) filter (where name = 'queue_in') as asked
      from interactions_journal),
told as (
    select count(*) filter (where name = 'routing.WorkOffered') as offers,
           count(*) filter (where name = 'routing.WorkAssigned') as answers,
           count(*) filter (where name = 'routing.WorkAbandoned') as gone
      from kit_fact)
select (v.offers <> l.offers)::int + (v.answers <> l.answers)::int + (v.gone <> l.gone)::int
       + (v.asked <> l.asked)::int + (v.offers <> t.offers)::int + (v.answers <> t.answers)::int
       + (v.gone <> t.gone)::int
  from visits v, lines l, told t
"""
