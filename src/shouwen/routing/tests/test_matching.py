"""One contact and a few seats: who gets what, and what happens when nobody answers."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import organisation
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, facts
from shouwen.routing import actions, queries
from shouwen.routing.errors import AlreadyWaiting, OfferGone, OfferNotYours, QueueNotFound
from shouwen.routing.models import Presence, Slot

from .factories import agent, ask, item, queue, serve
from .snapshots import broken

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_contact_goes_to_the_free_seat_that_can_take_it() -> None:
    queue()
    agent("8001", {"mobile": 9}) if queue("mobile") else None
    who = agent("8002", {"broadband": 5})
    work = ask()
    assert (item(work).state, item(work).offered_to_id) == ("offered", who.id)


def test_a_contact_waits_until_somebody_becomes_ready() -> None:
    queue()
    who = agent(ready=False)
    work = ask()
    assert item(work).state == "waiting"
    actions.set_presence(state="ready", by=who)
    assert item(work).offered_to_id == who.id


def test_the_offer_is_taken_once_however_often_the_button_is_pressed() -> None:
    queue()
    who = agent()
    work = ask()
    actions.accept_offer(work_item_id=work, by=who)
    actions.accept_offer(work_item_id=work, by=who)
    assert (item(work).state, item(work).staff_id) == ("assigned", who.id)
    assert len(facts("routing.WorkAssigned")) == 1


def test_an_offer_to_somebody_else_cannot_be_taken() -> None:
    queue()
    agent("8001")
    other = agent("8002", ready=False)
    work = ask()
    with pytest.raises(OfferNotYours):
        actions.accept_offer(work_item_id=work, by=other)


def test_a_seat_is_never_offered_more_than_it_has_slots() -> None:
    queue()
    agent(slots=2)
    works = [ask(n) for n in range(1, 5)]
    assert [item(w).state for w in works] == ["offered", "offered", "waiting", "waiting"]


def test_a_slot_given_back_takes_the_next_contact_at_once() -> None:
    queue()
    who = agent()
    first, second = ask(1), ask(2)
    serve(first, who)
    assert (item(first).state, item(second).offered_to_id) == ("done", who.id)
    assert broken() == {}


def test_wrap_up_keeps_the_slot() -> None:
    queue()
    who = agent()
    first, second = ask(1), ask(2)
    actions.accept_offer(work_item_id=first, by=who)
    assert actions.finish(subject="conversation", subject_id=1, at=item(first).answered_at)  # type: ignore[arg-type]
    assert (item(first).state, item(second).state) == ("wrap", "waiting")


def test_a_queue_without_wrap_up_frees_the_slot_with_the_end_of_the_contact(clock_at: FrozenClock) -> None:
    queue(wrap_up_seconds=0)
    who = agent()
    first, second = ask(1), ask(2)
    actions.accept_offer(work_item_id=first, by=who)
    actions.finish(subject="conversation", subject_id=1, at=clock_at.advance(minutes=1))
    assert (item(first).state, item(second).offered_to_id) == ("done", who.id)


def test_nobody_answering_makes_the_seat_not_ready_and_offers_the_contact_first(clock_at: FrozenClock) -> None:
    queue()
    sleeper = agent("8001")
    work = ask(1)
    ask(2, klass="green")
    actions.sweep(clock_at.advance(seconds=31))
    assert queries.presence_of(sleeper.id).state == "not_ready"
    assert queries.presence_of(sleeper.id).reason == "no_answer"
    assert (item(work).state, item(work).klass) == ("waiting", "re_offer")
    awake = agent("8002")
    assert item(work).offered_to_id == awake.id


def test_an_offer_within_its_time_is_left_alone(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    work = ask()
    actions.sweep(clock_at.advance(seconds=29))
    assert item(work).offered_to_id == who.id


def test_a_declined_contact_goes_to_others_and_comes_back_only_after_a_while(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    work = ask()
    actions.decline_offer(work_item_id=work, by=who)
    assert item(work).state == "waiting"
    actions.sweep(clock_at.advance(seconds=29))
    assert item(work).state == "waiting"
    actions.sweep(clock_at.advance(seconds=1))
    assert item(work).offered_to_id == who.id


def test_leaving_the_seat_gives_its_offers_to_others() -> None:
    queue()
    first = agent("8001")
    work = ask()
    second = agent("8002")
    actions.set_presence(state="break", reason="lunch", by=first)
    assert (item(work).offered_to_id, item(work).klass) == (second.id, "re_offer")


def test_a_customer_who_leaves_while_waiting_is_out_of_the_line() -> None:
    queue()
    work = ask()
    assert actions.abandon(subject="conversation", subject_id=1, at=item(work).requested_at)
    agent()
    assert item(work).state == "abandoned"
    assert len(facts("routing.WorkAbandoned")) == 1


def test_a_customer_who_leaves_at_the_moment_of_the_offer_frees_the_seat_for_the_next(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    first, second = ask(1), ask(2)
    assert actions.abandon(subject="conversation", subject_id=1, at=clock_at.now())
    assert item(second).offered_to_id == who.id
    with pytest.raises(OfferGone):
        actions.accept_offer(work_item_id=first, by=who)
    assert broken() == {}


def test_a_customer_who_leaves_after_the_answer_has_not_abandoned(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    work = ask()
    actions.accept_offer(work_item_id=work, by=who)
    assert not actions.abandon(subject="conversation", subject_id=1, at=clock_at.now())
    assert item(work).state == "assigned"


def test_one_subject_waits_once() -> None:
    queue()
    ask(1)
    with pytest.raises(AlreadyWaiting):
        ask(1)


def test_an_unknown_queue_is_refused() -> None:
    with pytest.raises(QueueNotFound):
        ask(1, "nowhere")


def test_the_owning_agent_is_waited_for_and_then_others_get_it(clock_at: FrozenClock) -> None:
    queue(hold_seconds=20)
    owner = agent("8001")
    ask(1)
    other = agent("8002")
    work = ask(2, preferred_staff_id=owner.id)
    assert item(work).state == "waiting"
    actions.sweep(clock_at.advance(seconds=20))
    assert item(work).offered_to_id == other.id


def test_nobody_waits_for_an_owner_who_is_away() -> None:
    queue()
    owner = agent("8001", ready=False)
    other = agent("8002")
    assert item(ask(2, preferred_staff_id=owner.id)).offered_to_id == other.id


def test_a_paused_queue_gives_out_nothing_until_it_goes_on() -> None:
    queue()
    who = agent()
    actions.pause_queue(queue_code="broadband", paused=True, by=SYSTEM)
    work = ask()
    assert item(work).state == "waiting"
    actions.pause_queue(queue_code="broadband", paused=False, by=SYSTEM)
    assert item(work).offered_to_id == who.id


def test_a_skill_taken_away_counts_with_the_next_contact() -> None:
    queue()
    who = agent(slots=2)
    first = ask(1)
    actions.set_skill(staff_id=who.id, skill="broadband", level=0, by=SYSTEM)
    second = ask(2)
    assert (item(first).offered_to_id, item(second).state) == (who.id, "waiting")


def test_the_same_site_comes_before_a_distant_seat_that_has_been_idle_longer() -> None:
    queue(organisation_id=organisation("南京").id)
    agent("8001", unit=organisation("苏州"))
    near = agent("8002", unit=organisation("南京"))
    assert item(ask()).offered_to_id == near.id


def test_a_general_need_goes_to_the_general_queue_and_never_to_a_specialist() -> None:
    queue("broadband")
    queue("general", general=True)
    agent("8001", {"broadband": 9})
    comprehensive = agent("8002", {"general": 3})
    assert item(ask(1, "")).offered_to_id == comprehensive.id
    assert item(ask(2, "")).state == "waiting"


def test_with_all_specialists_busy_a_higher_comprehensive_seat_takes_it_without_waiting() -> None:
    queue(needed_level=4)
    specialist = agent("8001", {"broadband": 4})
    comprehensive = agent("8002", {"broadband": 8})
    assert item(ask(1)).offered_to_id == specialist.id
    assert item(ask(2)).offered_to_id == comprehensive.id


def test_a_silent_screen_loses_its_seat_and_its_offers() -> None:
    queue()
    lost = agent("8001")
    work = ask()
    actions.seen(staff_id=lost.id)
    Presence.objects.filter(staff_id=lost.id).update(seen_at="2020-01-01T00:00:00Z")
    other = agent("8002")
    actions.sweep(item(work).requested_at)
    assert queries.presence_of(lost.id).reason == "lost"
    assert item(work).offered_to_id == other.id


def test_who_comes_back_and_says_ready_is_not_taken_for_lost() -> None:
    queue()
    back = agent("8001")
    actions.set_presence(state="offline", by=back)
    Presence.objects.filter(staff_id=back.id).update(seen_at="2020-01-01T00:00:00Z")
    actions.set_presence(state="ready", by=back)
    work = ask()
    actions.sweep(item(work).requested_at)
    assert (queries.presence_of(back.id).state, item(work).offered_to_id) == ("ready", back.id)


def test_fewer_slots_leave_those_in_use_alone() -> None:
    queue()
    who = agent(slots=3)
    ask(1)
    actions.open_seat(staff_id=who.id, slots={"web_chat": 0})
    assert list(Slot.objects.filter(staff_id=who.id).values_list("ordinal", "state")) == [(1, "offered")]
