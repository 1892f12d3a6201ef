"""Being called back instead of waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shouwen.kernel.calendars import BEIJING
from shouwen.kernel.phones import InvalidPhone
from shouwen.kit.principals import Principal
from shouwen.kit.testing import FrozenClock, facts
from shouwen.responsibility import queries as duties
from shouwen.routing import actions, jobs, queries
from shouwen.routing.errors import NotWaiting
from shouwen.routing.models import Callback, WorkItem
from shouwen.sla import queries as sla

from .factories import VISITOR, agent, ask, item, leader, queue

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "15400006620"


def call_me(subject_id: int, at: datetime, number: str = NUMBER) -> int:
    """Let a waiting contact ask for a callback."""
    return actions.ask_callback(subject="conversation", subject_id=subject_id, number=number, by=VISITOR, at=at)


def queued(callback_id: int) -> WorkItem:
    """Return the visit of a callback that is not closed."""
    return WorkItem.objects.get(subject="callback", subject_id=callback_id, closed_at=None)


def caller() -> Principal:
    """Return an agent who can make calls."""
    return agent(slots={"callback": 1})


def test_who_asks_to_be_called_back_keeps_his_place_and_we_keep_an_owner_and_a_clock(clock_at: FrozenClock) -> None:
    queue()
    first = ask(1)
    clock_at.advance(seconds=40)
    owed = call_me(1, clock_at.advance(seconds=40))
    assert (item(first).state, queued(owed).vtime, queued(owed).medium) == ("moved", item(first).vtime, "callback")
    assert duties.of("callback", [owed])[owed].owner_id == leader().id
    assert sla.running_subjects("callback") == {owed}
    assert queries.open_callback_ids() == {owed}
    assert facts("routing.WorkMoved")[0]["payload"]["why"] == "callback"


def test_a_number_is_called_back_once(clock_at: FrozenClock) -> None:
    queue()
    ask(1)
    ask(2)
    assert call_me(1, clock_at.now()) == call_me(2, clock_at.now(), "+86 154 0000 6620")
    assert Callback.objects.count() == 1


def test_outside_the_allowed_hours_the_call_waits_until_morning(clock_at: FrozenClock) -> None:
    queue()
    clock_at.set(datetime(2026, 11, 23, 21, 0, tzinfo=BEIJING))
    ask(1)
    owed = Callback.objects.get(id=call_me(1, clock_at.now()))
    assert (owed.state, owed.due_at) == ("scheduled", datetime(2026, 11, 24, 8, 0, tzinfo=BEIJING))
    clock_at.set(owed.due_at - timedelta(seconds=1))
    jobs.sweep(clock_at.now())
    assert not WorkItem.objects.filter(subject="callback").exists()
    jobs.sweep(clock_at.advance(seconds=1))
    assert (queued(owed.id).klass, queued(owed.id).vtime) == ("callback", owed.place)


def test_who_takes_the_call_answers_for_it_and_a_reached_customer_is_done(clock_at: FrozenClock) -> None:
    queue()
    ask(1)
    owed, who = call_me(1, clock_at.now()), caller()
    actions.take_callback(work_item_id=queued(owed).id, by=who)
    assert [(c.id, c.number) for c in queries.callbacks_of(who.id)] == [(owed, "8615400006620")]
    assert duties.of("callback", [owed])[owed].owner_id == who.id
    assert actions.report_callback(callback_id=owed, reached=True, note="已答复", by=who) == "done"
    assert (queries.open_callback_ids(), sla.running_subjects("callback")) == (set(), set())
    assert duties.open_subjects("callback") == []


def test_who_is_not_reached_is_called_three_times_half_an_hour_apart(clock_at: FrozenClock) -> None:
    queue()
    ask(1)
    owed, who = call_me(1, clock_at.now()), caller()
    states = []
    for _ in range(3):
        actions.take_callback(work_item_id=queued(owed).id, by=who)
        states.append(actions.report_callback(callback_id=owed, reached=False, note="", by=who))
        assert len(sla.running_subjects("callback")) == (states[-1] == "scheduled")
        jobs.sweep(clock_at.advance(minutes=30))
    assert states == ["scheduled", "scheduled", "unreached"]
    assert duties.open_subjects("callback") == []


def test_only_who_still_waits_can_ask_and_only_with_a_number(clock_at: FrozenClock) -> None:
    queue()
    ask(1)
    with pytest.raises(InvalidPhone):
        call_me(1, clock_at.now(), "12")
    actions.abandon(subject="conversation", subject_id=1, at=clock_at.now())
    with pytest.raises(NotWaiting):
        call_me(1, clock_at.now())


def test_whoever_covers_somebody_who_left_owes_his_callbacks(clock_at: FrozenClock) -> None:
    queue()
    ask(1)
    owed, who, other = call_me(1, clock_at.now()), caller(), agent("8022", ready=False)
    actions.take_callback(work_item_id=queued(owed).id, by=who)
    assert actions.inherit_callbacks(staff_id=who.id, to_id=other.id) == 1
    assert duties.of("callback", [owed])[owed].owner_id == other.id
