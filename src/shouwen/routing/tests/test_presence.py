"""The presence ledger: every second kept, none twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts import actions as accounts
from shouwen.accounts.tests.factories import staff
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, deliver
from shouwen.routing import actions, queries
from shouwen.routing.models import PresenceSpan
from shouwen.routing.rules.presence import State, signed_in, totals
from shouwen.routing.rules.waiting import expected_seconds

from .factories import agent, queue

T0 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from(list(State)), st.integers(0, 7200)), max_size=30), st.integers(0, 600))
def test_the_time_in_all_states_sums_exactly_to_the_time_gone_by(steps: list[tuple[State, int]], rest: int) -> None:
    spans, at = [], T0
    for state, seconds in steps:
        spans.append((state, at, at + timedelta(seconds=seconds)))
        at += timedelta(seconds=seconds)
    now = at + timedelta(seconds=rest)
    open_span = (State.READY, at, None)
    assert sum(totals([*spans, open_span], now).values(), timedelta()) == now - T0
    away = totals(spans, now)[State.OFFLINE]
    assert signed_in([*spans, open_span], now) == now - T0 - away


@pytest.mark.django_db(transaction=True)
def test_the_ledger_keeps_every_second_in_order(clock_at: FrozenClock) -> None:
    queue()
    start = clock_at.now()
    who = agent()
    for state, after in (("break", 10), ("ready", 50), ("meeting", 5), ("offline", 15)):
        clock_at.advance(minutes=after)
        actions.set_presence(state=state, by=who)
    end = clock_at.advance(minutes=20)
    rows = PresenceSpan.objects.filter(staff_id=who.id).order_by("started_at", "id")
    spans = [(State(r.state), r.started_at, r.ended_at) for r in rows]
    minutes = {s.value: t.total_seconds() / 60 for s, t in totals(spans, end).items() if t}
    assert minutes == {"ready": 10 + 5, "break": 50, "meeting": 15, "offline": 20}
    assert signed_in(spans, end) == end - start - timedelta(minutes=20)


@pytest.mark.django_db(transaction=True)
def test_saying_the_same_twice_writes_one_span() -> None:
    queue()
    who = agent()
    actions.set_presence(state="ready", by=who)
    assert [r.state for r in PresenceSpan.objects.filter(staff_id=who.id).order_by("id")] == ["offline", "ready"]


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_jumps_back_leaves_no_negative_time(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    clock_at.advance(hours=-1)
    actions.set_presence(state="break", by=who)
    assert all(r.ended_at is None or r.ended_at >= r.started_at for r in PresenceSpan.objects.all())


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_two_states_at_once() -> None:
    row = staff()
    PresenceSpan.objects.create(staff_id=row.id, state="ready", started_at=T0, ended_at=T0 + timedelta(hours=1))
    with pytest.raises(IntegrityError, match="no_overlap"):
        PresenceSpan.objects.create(staff_id=row.id, state="break", started_at=T0 + timedelta(minutes=5))


@pytest.mark.django_db(transaction=True)
def test_somebody_deactivated_takes_no_more_work() -> None:
    queue()
    who = agent("8001")
    accounts.deactivate(staff_id=who.id, covered_by=staff("8002").id, by=SYSTEM)
    deliver()
    assert queries.presence_of(who.id).state == "offline"


@given(st.integers(0, 50), st.lists(st.integers(0, 3600), max_size=20))
def test_the_expected_wait_grows_with_those_ahead_and_is_unknown_without_a_pace(ahead: int, ages: list[int]) -> None:
    answers = [T0 - timedelta(seconds=s) for s in ages]
    mine, next_one = expected_seconds(ahead, answers, T0), expected_seconds(ahead + 1, answers, T0)
    if len(ages) < 2:
        assert mine is None
    else:
        assert mine is not None
        assert next_one is not None
        assert 0 <= mine <= next_one
