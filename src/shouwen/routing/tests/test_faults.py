"""What goes wrong on a floor, a test each: nobody is lost, doubled or left with a seat that is not there."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, at_once
from shouwen.routing import actions, queries
from shouwen.routing.errors import OfferGone
from shouwen.routing.models import Presence, PresenceSpan
from shouwen.routing.rules.presence import LOST_AFTER

from .factories import agent, ask, item, queue
from .snapshots import broken

pytestmark = pytest.mark.django_db(transaction=True)


def fall_silent(staff_id: int, seconds: float) -> None:
    """Let a seat's screen have been heard of so long ago (on the wall) for the last time."""
    Presence.objects.filter(staff_id=staff_id).update(seen_at=clock.wall() - timedelta(seconds=seconds))


def test_a_lid_closed_in_the_middle_of_an_offer_is_found_out_and_the_contact_goes_on(clock_at: FrozenClock) -> None:
    queue()
    lid, other = agent("8021"), agent("8022", ready=False)
    work = ask(1)
    assert item(work).offered_to_id == lid.id
    fall_silent(lid.id, LOST_AFTER.total_seconds() + 0.5)
    actions.set_presence(state="ready", by=other)
    actions.sweep(clock_at.advance(seconds=1))
    assert (item(work).offered_to_id, item(work).klass) == (other.id, "re_offer")
    assert queries.presence_of(lid.id).reason == "lost"
    assert broken() == {}


def test_a_lost_browser_is_found_out_within_15_seconds() -> None:
    """Screens are heard of every 5 s, the sweep comes every second: 13 s of silence are found out before 15."""
    beat, sweep = 5.0, 1.0
    assert LOST_AFTER.total_seconds() > 2 * beat
    assert LOST_AFTER.total_seconds() + sweep <= 15


def test_two_browsers_of_one_agent_take_a_contact_once(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    work = ask(1)
    press = partial(actions.accept_offer, work_item_id=work, by=who)
    assert at_once(press, press) == [None, None]
    actions.set_presence(state="break", by=who)
    actions.set_presence(state="break", by=who)
    assert (item(work).state, item(work).offers) == ("assigned", 1)
    assert PresenceSpan.objects.filter(staff_id=who.id, state="break").count() == 1
    assert broken() == {}


def test_a_customer_gone_at_the_moment_of_assignment_leaves_the_seat_free(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    work, after = ask(1), ask(2)
    assert actions.abandon(subject="conversation", subject_id=1, at=clock_at.now())
    with pytest.raises(OfferGone):
        actions.accept_offer(work_item_id=work, by=who)
    assert item(after).offered_to_id == who.id
    assert broken() == {}


def test_a_queue_without_agents_keeps_everybody_in_line_and_gives_out_to_the_first_who_comes(
    clock_at: FrozenClock,
) -> None:
    queue()
    first, second = ask(1), ask(2)
    actions.sweep(clock_at.advance(hours=3))
    assert [item(n).state for n in (first, second)] == ["waiting", "waiting"]
    place = queries.position("conversation", 2)
    assert place is not None
    assert (place.ahead, place.expected_seconds) == (1, None)
    who = agent()
    assert item(first).offered_to_id == who.id


def test_skills_taken_away_while_contacts_wait_change_nothing_for_who_waits_but_who_gets_them(
    clock_at: FrozenClock,
) -> None:
    queue()
    who = agent(ready=False)
    work = ask(1)
    actions.set_skills(staff_id=who.id, levels={}, by=SYSTEM)
    actions.set_presence(state="ready", by=who)
    assert item(work).state == "waiting"
    actions.set_skill(staff_id=who.id, skill="broadband", level=1, by=SYSTEM)
    assert item(work).offered_to_id == who.id


def test_a_clock_set_back_neither_breaks_the_ledger_nor_answers_before_the_question(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    work = ask(1)
    clock_at.advance(minutes=-30)
    actions.accept_offer(work_item_id=work, by=who)
    actions.set_presence(state="break", by=who)
    clock_at.advance(minutes=40)
    actions.set_presence(state="ready", by=who)
    row = item(work)
    assert row.answered_at is not None
    assert row.answered_at >= row.requested_at
    assert broken() == {}


def test_a_database_that_drops_every_line_costs_nothing_that_was_kept(clock_at: FrozenClock) -> None:
    queue()
    who = agent(ready=False)
    work = ask(1)
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        mine = cursor.fetchone()[0]
        cursor.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = current_database() and pid <> %s",
            [mine],
        )
    connection.close()
    actions.set_presence(state="ready", by=who)
    assert item(work).offered_to_id == who.id
    assert broken() == {}
