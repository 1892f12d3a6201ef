"""What callers hear while they wait, and being called back instead."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.desk.queries import promise
from shouwen.interactions import queries as contacts
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.testing import FrozenClock, deliver
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as queues
from shouwen.routing.models import Callback, Queue
from shouwen.telephony import actions, jobs, rules
from shouwen.telephony.models import Instruction

from . import scene

NUMBER = "13800001111"
db = pytest.mark.django_db(transaction=True)


def told(call: int) -> list[list[str]]:
    """Return what a waiting caller was told so far."""
    rows = Instruction.objects.filter(call_id=call, verb="tell").order_by("id")
    return [arguments["words"] for arguments in rows.values_list("arguments", flat=True)]


def presses(call: int, key: str) -> bool:
    return actions.press_key(channel=scene.channel_of(call, "customer"), key=key)


@given(st.integers(0, 500), st.none() | st.integers(0, 20_000), st.booleans())
def test_who_waits_hears_his_place_in_words_that_are_spoken_and_the_offer_last(
    ahead: int, seconds: int | None, offer: bool
):
    words = rules.place_words(ahead, seconds, offer=offer)
    assert len(words) == 1 + (seconds is not None) + offer
    assert not any(sign.isascii() for sign in "".join(words))
    assert (words[-1] == rules.text("offer")) is offer


def test_numbers_and_times_are_spoken_as_people_say_them():
    assert [rules.counted(n) for n in (1, 2, 10, 12, 20, 99, 100)] == [
        *("一", "两", "十", "十二", "二十", "九十九", "一百多")
    ]
    assert rules.moment(datetime(2026, 11, 2, 2, 30, tzinfo=BEIJING)) == "十一月二日两点三十分"


@pytest.mark.parametrize(
    ("calling", "number"),
    [("13800001111", "8613800001111"), ("+8602788886666", "02788886666"), ("", None), ("10000", None), ("anon", None)],
)
def test_only_a_telephone_that_can_be_called_is_offered_a_callback(calling: str, number: str | None):
    assert rules.number_to_call_back(calling) == number


@db
def test_a_waiting_caller_is_told_his_place_soon_and_again(clock_at: FrozenClock):
    scene.open_house()
    first, second = scene.waits(NUMBER), scene.waits()
    assert jobs.sweep(clock.now()) == 0
    clock_at.advance(seconds=3)
    assert jobs.sweep(clock.now()) == 2
    assert (told(first), told(second)) == ([["您排在第一位。", rules.text("offer")]], [["您前面还有一位客户。"]])
    clock_at.advance(seconds=59)
    assert jobs.sweep(clock.now()) == 0
    clock_at.advance(seconds=1)
    assert (jobs.sweep(clock.now()), len(told(first))) == (2, 2)


@db
def test_nothing_is_said_while_a_phone_rings_or_somebody_talks(clock_at: FrozenClock):
    scene.open_house()
    scene.agent()
    call = scene.waits(NUMBER)
    clock_at.advance(seconds=3)
    assert (jobs.sweep(clock.now()), told(call)) == (0, [])
    actions.agent_answers(channel=scene.channel_of(call, "agent"))
    assert (scene.call(call).tell_at, presses(call, "1")) == (None, False)


@db
def test_a_queue_may_tell_nothing_and_offer_nothing(clock_at: FrozenClock):
    scene.open_house()
    Queue.objects.update(place_seconds=None, callback_offer=False)
    call = scene.waits(NUMBER)
    assert (scene.call(call).tell_at, presses(call, "1")) == (None, False)


@db
def test_who_presses_the_key_keeps_his_place_and_is_owed_a_call_with_owner_and_clock(clock_at: FrozenClock):
    leader = scene.open_house()
    call = scene.waits(NUMBER)
    arrived = queues.work_of("conversation", [call])[call].requested_at
    clock_at.advance(seconds=40)
    assert presses(call, "1") is False  # nobody said yet what it means
    assert (actions.tell_place(interaction_id=call), presses(call, "1")) == (True, False)
    scene.does(call, "tell")
    assert (presses(call, "2"), presses(call, "1"), presses(call, "1")) == (False, True, False)
    owed = Callback.objects.get()
    assert (owed.number, owed.state, owed.place <= arrived) == ("8613800001111", "queued", True)
    assert responsibility.of("callback", [owed.pk])[owed.pk].owner_id == leader.id
    assert (scene.call(call).outcome, contacts.conversation(call).state) == ("callback", "closed")
    assert scene.names(call)[-1] == "callback_accept"
    last = Instruction.objects.filter(call_id=call).order_by("-id")[0]
    assert (last.verb, last.arguments["words"]) == ("farewell", rules.text("called_back"))
    assert promise(clock.now()).holds
    assert actions.leg_gone(channel=scene.channel_of(call, "customer")) is True
    assert promise(clock.now()).holds


@db
def test_two_who_call_from_one_number_are_called_back_once(clock_at: FrozenClock):
    scene.open_house()
    for call in (scene.waits(NUMBER), scene.waits(NUMBER)):
        scene.hears_place(call)
        assert presses(call, "1") is True
    assert Callback.objects.count() == 1


@db
def test_a_phone_that_rings_for_who_wants_to_be_called_back_rings_no_more(clock_at: FrozenClock):
    scene.open_house()
    call = scene.waits(NUMBER)
    scene.hears_place(call)
    agent = scene.agent()
    deliver()
    assert scene.verbs(call)[-1] == "ring"
    assert presses(call, "1") is True
    deliver()
    assert scene.verbs(call)[-2:] == ["hang_up", "farewell"]
    assert [offer.subject for offer in queues.offers_of(agent.id)] == []
    assert promise(clock.now()).holds


@db
def test_who_was_passed_on_is_called_back_too_and_what_was_done_for_him_is_written_up(clock_at: FrozenClock):
    """What he was offered before somebody talked with him counts no more."""
    scene.open_house()
    call = scene.waits(NUMBER)
    scene.hears_place(call)
    agent = scene.agent()
    deliver()
    actions.agent_answers(channel=scene.channel_of(call, "agent"))
    actions.transfer(by=scene.by(agent), interaction_id=call, queue_code="broadband")
    assert presses(call, "1") is False
    scene.hears_place(call)
    assert presses(call, "1") is True
    owed = Callback.objects.get()
    assert (owed.number, owed.queue.code) == ("8613800001111", "broadband")
    assert (scene.call(call).outcome, contacts.conversation(call).state) == ("answered", "ended")
    assert scene.verbs(call)[-1] == "farewell"
    assert actions.leg_gone(channel=scene.channel_of(call, "customer")) is True
    scene.written_up(agent, call)
    assert (contacts.conversation(call).state, promise(clock.now()).holds) == ("closed", True)


@db
def test_outside_the_hours_of_callbacks_the_caller_hears_when_we_call(clock_at: FrozenClock):
    scene.open_house()
    clock_at.set(datetime(2026, 11, 23, 21, 30, tzinfo=BEIJING))
    call = scene.waits(NUMBER)
    scene.hears_place(call)
    assert presses(call, "1") is True
    said = Instruction.objects.get(call_id=call, verb="farewell").arguments["words"]
    assert "十一月二十四日八点以后" in said
    assert Callback.objects.get().due_at - clock.now() == timedelta(hours=10, minutes=30)
