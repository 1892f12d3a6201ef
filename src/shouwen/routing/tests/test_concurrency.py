"""Many at once, over real connections: every committed snapshot is whole, and a kill heals."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest
from django.db import Error, connection, connections

from shouwen.kernel.errors import DomainError
from shouwen.kit import clock
from shouwen.kit.actions import action, after_commit
from shouwen.kit.principals import Principal
from shouwen.kit.testing import FrozenClock, facts
from shouwen.routing import actions, jobs
from shouwen.routing.models import WorkItem

from .crowd import Worker, crowded_floor
from .factories import agent, ask, item, queue
from .snapshots import broken

pytestmark = pytest.mark.django_db(transaction=True)


@contextlib.contextmanager
def own_connection() -> Iterator[None]:
    """Close the thread's connection at its end."""
    try:
        yield
    finally:
        connections.close_all()


def work(number: int, people: list[Principal], rounds: int) -> int:
    """Do so many things as one of many; return how many were not refused."""
    worker = Worker(number, people)
    with own_connection():
        return sum(worker.once() for _ in range(rounds))


def watch(done: Event) -> list[dict[str, int]]:
    """Look at committed snapshots until told to stop; return those that are not whole, and how many were seen."""
    with own_connection():
        seen, bad = 0, []
        while not done.is_set():
            seen += 1
            if found := broken():
                bad.append(found)
        return [*bad, {"seen": seen}]


def test_every_committed_snapshot_is_whole_while_many_work_at_once() -> None:
    people = crowded_floor()
    done = Event()
    with ThreadPoolExecutor(6) as pool:
        watcher = pool.submit(watch, done)
        jobs_done = [pool.submit(work, n + 1, people, 80) for n in range(5)]
        worked = sum(job.result() for job in jobs_done)
        done.set()
        *bad, seen = watcher.result()
    assert bad == []
    assert worked > 250
    assert seen["seen"] > 30
    actions.sweep(clock.now())
    assert broken() == {}
    assert not WorkItem.objects.filter(state="arrived").exists()


def test_two_who_press_at_once_never_both_get_the_contact() -> None:
    queue()
    who = agent()
    for n in range(1, 11):
        work = ask(n)
        with ThreadPoolExecutor(2) as pool:
            taken = pool.submit(_quietly, partial(actions.accept_offer, work_item_id=work, by=who))
            leave = partial(actions.abandon, subject="conversation", subject_id=n, at=clock.now())
            left = pool.submit(_quietly, leave)
            outcome = (taken.result(), left.result())
        row = item(work)
        assert (row.state, outcome) in [("assigned", (None, False)), ("abandoned", ("offer-gone", True))]
        if row.state == "assigned":
            actions.finish(subject="conversation", subject_id=n, at=clock.now())
            actions.complete_wrap_up(subject="conversation", subject_id=n, by=who)
        assert broken() == {}
    answered, gone = len(facts("routing.WorkAssigned")), len(facts("routing.WorkAbandoned"))
    assert answered + gone == 10


def _quietly(call: Callable[[], object]) -> object:
    with own_connection():
        try:
            return call()
        except DomainError as refusal:
            return refusal.code


def test_what_a_kill_between_the_commit_and_the_matching_left_is_swept_up(clock_at: FrozenClock) -> None:
    queue()
    who = agent()

    def killed() -> None:
        with own_connection(), contextlib.suppress(Error):
            _request_and_die()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(killed).result()
    work = WorkItem.objects.get()
    assert work.state == "arrived"
    assert broken() == {}
    jobs.sweep(clock_at.advance(seconds=1))
    assert item(work.id).offered_to_id == who.id


@action
def _request_and_die() -> None:
    """Ask for a person and lose the connection right after the commit, before the matching."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    after_commit(lambda: _terminate(pid))
    ask(1)


def _terminate(pid: int) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_terminate_from_elsewhere, pid).result()


def _terminate_from_elsewhere(pid: int) -> None:
    with own_connection(), connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", [pid])


def test_a_slot_given_back_by_a_killed_process_is_swept_up(
    clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    who = agent()
    first, second = ask(1), ask(2)
    actions.accept_offer(work_item_id=first, by=who)
    actions.finish(subject="conversation", subject_id=1, at=clock_at.now())
    with monkeypatch.context() as dead:
        dead.setattr("shouwen.routing.actions.serving.ready", lambda **_: None)
        actions.complete_wrap_up(subject="conversation", subject_id=1, by=who)
    assert item(second).state == "waiting"
    assert broken() == {}
    jobs.sweep(clock_at.advance(seconds=1))
    assert item(second).offered_to_id == who.id


def test_matching_refuses_to_run_inside_a_transaction() -> None:
    queue()
    work = ask()

    @action
    def careless() -> None:
        actions.route(work_item_id=work, at=clock.now())

    with pytest.raises(RuntimeError, match="inside a transaction"):
        careless()


def test_a_stalled_transaction_stops_only_its_own_contact() -> None:
    queue()
    who = agent(ready=False, slots=2)
    stalled, other = ask(1), ask(2)
    held, go_on = Event(), Event()

    def stall() -> None:
        with own_connection(), connection.cursor() as cursor:
            cursor.execute("begin")
            cursor.execute("select 1 from routing_work_item where id = %s for update", [stalled])
            held.set()
            go_on.wait(20)
            cursor.execute("rollback")

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(stall)
        held.wait(20)
        actions.set_presence(state="ready", by=who)
        assert (item(stalled).state, item(other).offered_to_id) == ("waiting", who.id)
        go_on.set()
        waiting.result()
    actions.sweep(clock.now())
    assert item(stalled).offered_to_id == who.id


def test_a_seat_becoming_free_while_a_contact_is_put_in_line_does_not_miss_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue()
    who = agent(ready=False)
    with monkeypatch.context() as dead:
        dead.setattr("shouwen.routing.actions.requests.route", lambda **_: None)
        work = ask()
    with ThreadPoolExecutor(1) as pool, connection.cursor() as cursor:
        cursor.execute("begin")
        cursor.execute("select routing_route(%s, %s)", [work, clock.now()])
        coming = pool.submit(_quietly, partial(actions.set_presence, state="ready", by=who))
        while not (coming.done() or _somebody_waits_for_the_domain()):
            pass
        cursor.execute("commit")
        coming.result()
    assert item(work).offered_to_id == who.id


def _somebody_waits_for_the_domain() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select 1 from pg_locks where locktype = 'advisory' and not granted"
            " and database = (select oid from pg_database where datname = current_database()))"
        )
        return bool(cursor.fetchone()[0])
