"""Who else may take a contact, where it goes on, and what somebody carries beside it."""

from __future__ import annotations

import pytest

from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, facts
from shouwen.routing import actions
from shouwen.routing.errors import QueueInvalid
from shouwen.routing.models import Queue, WorkItem
from shouwen.routing.rules.shapes import Ring, Shape

from .factories import agent, ask, item, queue

pytestmark = pytest.mark.django_db(transaction=True)


def shape(code: str = "broadband", **what: object) -> None:
    """Shape a queue."""
    actions.shape_queue(queue_code=code, shape=Shape(**what), by=SYSTEM)  # type: ignore[arg-type]


def latest(subject_id: int) -> WorkItem:
    """Return the latest visit of a contact."""
    return WorkItem.objects.select_related("queue").filter(subject_id=subject_id).order_by("-id")[0]


@pytest.mark.req("R-ACD-003")
def test_while_specialists_are_busy_an_idle_generalist_takes_the_contact_at_once() -> None:
    """All specialists busy, one comprehensive seat idle: the contact goes there without waiting."""
    queue()
    queue("general", general=True)
    shape(rings=(Ring(0, "general", 6),))
    specialist, general = agent("8021", {"broadband": 9}), agent("8022", {"general": 8})
    assert item(ask(1)).offered_to_id == specialist.id
    assert item(ask(2)).offered_to_id == general.id


def test_a_generalist_below_the_level_of_the_ring_gets_nothing() -> None:
    queue()
    queue("general", general=True)
    shape(rings=(Ring(0, "general", 6),))
    agent("8022", {"general": 5})
    assert item(ask(1)).state == "waiting"


def test_a_lower_level_opens_after_some_waiting(clock_at: FrozenClock) -> None:
    queue(needed_level=7)
    shape(rings=(Ring(20, "broadband", 3),))
    who = agent("8021", {"broadband": 4})
    work = ask(1)
    actions.sweep(clock_at.advance(seconds=19))
    assert (item(work).state, item(work).ring) == ("waiting", 0)
    actions.sweep(clock_at.advance(seconds=1))
    assert (item(work).offered_to_id, item(work).ring) == (who.id, 1)


def test_a_vip_gets_the_highest_grade_in_any_open_ring_and_a_tie_goes_to_the_longest_idle(
    clock_at: FrozenClock,
) -> None:
    """A VIP picks the highest grade among the idle qualified; a tie goes to who has been idle longest."""
    queue()
    queue("general", general=True)
    shape(rings=(Ring(0, "general", 6),))
    agent("8021", {"broadband": 5})
    clock_at.advance(seconds=5)
    first = agent("8022", {"general": 9})
    clock_at.advance(seconds=5)
    agent("8023", {"general": 9})
    assert item(ask(1, klass="vip")).offered_to_id == first.id


def test_changed_rings_count_for_who_waits_already(clock_at: FrozenClock) -> None:
    queue()
    queue("general", general=True)
    who = agent("8022", {"general": 8})
    work = ask(1)
    clock_at.advance(seconds=30)
    shape(rings=(Ring(30, "general", 6),))
    assert item(work).offered_to_id == who.id


@pytest.mark.parametrize(
    "wrong",
    [
        Shape(rings=(Ring(0, "piano"),)),
        Shape(rings=(Ring(0, "broadband", 11),)),
        Shape(rings=(Ring(20, "broadband"), Ring(10, "broadband"))),
        Shape(rings=tuple(Ring(n, "broadband") for n in range(10))),
        Shape(most_waiting=3),
        Shape(overflow_to="broadband", most_waiting=3),
        Shape(flow_out_to="nowhere", flow_out_seconds=3),
        Shape(flow_out_seconds=0, flow_out_to="general"),
        Shape(long_wait_seconds=0),
    ],
)
def test_a_shape_that_cannot_work_is_refused(wrong: Shape) -> None:
    queue()
    queue("general", general=True)
    with pytest.raises(QueueInvalid):
        actions.shape_queue(queue_code="broadband", shape=wrong, by=SYSTEM)
    assert Queue.objects.get(code="broadband").rings == []


def test_who_arrives_in_a_full_queue_goes_on_with_his_place_in_time(clock_at: FrozenClock) -> None:
    queue()
    queue("general", general=True)
    shape(most_waiting=1, overflow_to="general")
    first, second = ask(1), ask(2, klass="green")
    assert item(first).queue.code == "broadband"
    moved = latest(2)
    assert (item(second).state, moved.queue.code, moved.state) == ("moved", "general", "waiting")
    assert (moved.vtime, moved.klass, moved.previous_id) == (item(second).vtime, "green", second)
    assert facts("routing.WorkMoved")[0]["payload"]["why"] == "overflow"


def test_who_has_waited_too_long_goes_on_once(clock_at: FrozenClock) -> None:
    queue()
    queue("general", general=True)
    shape(flow_out_seconds=60, flow_out_to="general")
    shape("general", flow_out_seconds=60, flow_out_to="broadband")
    ask(1)
    actions.sweep(clock_at.advance(seconds=59))
    assert latest(1).queue.code == "broadband"
    actions.sweep(clock_at.advance(seconds=1))
    assert latest(1).queue.code == "general"
    actions.sweep(clock_at.advance(seconds=90))
    assert latest(1).queue.code == "general"


def test_nobody_goes_on_to_a_paused_queue_or_one_without_his_medium(clock_at: FrozenClock) -> None:
    queue()
    queue("general", general=True)
    queue("paper", media=("letter",))
    shape(most_waiting=1, overflow_to="paper", flow_out_seconds=30, flow_out_to="general")
    actions.pause_queue(queue_code="general", paused=True, by=SYSTEM)
    ask(1)
    ask(2)
    actions.sweep(clock_at.advance(seconds=31))
    assert [latest(n).queue.code for n in (1, 2)] == ["broadband", "broadband"]


def test_leaders_hear_once_of_a_wait_that_is_too_long(clock_at: FrozenClock) -> None:
    queue()
    shape(long_wait_seconds=45)
    ask(1)
    for _ in range(3):
        actions.sweep(clock_at.advance(seconds=45))
    assert [fact["payload"]["subject_id"] for fact in facts("routing.WaitTooLong")] == [1]


ALL_MEDIA = {"web_chat": 2, "voice": 1, "email": 1}


def test_a_call_takes_its_person_whole() -> None:
    queue(media=())
    who = agent(slots=ALL_MEDIA)
    assert item(ask(1, medium="voice")).offered_to_id == who.id
    assert [item(ask(n, medium=medium)).state for n, medium in ((2, "web_chat"), (3, "email"))] == ["waiting"] * 2


def test_who_chats_is_offered_more_chats_but_no_call() -> None:
    queue(media=())
    who = agent(slots=ALL_MEDIA)
    ask(1)
    assert item(ask(2)).offered_to_id == who.id
    assert item(ask(3, medium="voice")).state == "waiting"


def test_written_work_is_laid_aside_for_a_call() -> None:
    queue(media=())
    who = agent(slots=ALL_MEDIA)
    assert item(ask(1, medium="email")).offered_to_id == who.id
    assert item(ask(2, medium="voice")).offered_to_id == who.id


def test_what_was_waiting_for_the_end_of_a_call_is_given_out_then(clock_at: FrozenClock) -> None:
    queue(media=())
    who = agent(slots=ALL_MEDIA)
    call, chat = ask(1, medium="voice"), ask(2)
    actions.accept_offer(work_item_id=call, by=who)
    actions.finish(subject="conversation", subject_id=1, at=clock_at.now())
    assert item(chat).state == "waiting"
    actions.complete_wrap_up(subject="conversation", subject_id=1, by=who)
    assert item(chat).offered_to_id == who.id


def test_an_older_letter_stands_behind_a_call(clock_at: FrozenClock) -> None:
    queue(media=())
    letter = ask(1, medium="letter")
    clock_at.advance(hours=2)
    call = ask(2, medium="voice")
    who = agent(slots={"voice": 1, "letter": 1}, ready=False)
    actions.set_presence(state="ready", by=who)
    assert (item(call).state, item(letter).state) == ("offered", "waiting")
