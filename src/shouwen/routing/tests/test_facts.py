"""What is told to whom, and what the journal keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from shouwen.accounts.tests.factories import by
from shouwen.interactions.models import JournalEntry
from shouwen.kit.events import KINDS
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock, facts
from shouwen.routing import actions, queries
from shouwen.routing.facts import VISIT_COLUMNS, VISITS
from shouwen.routing.rules.shapes import Shape

from .factories import agent, ask, item, leader, queue, serve

pytestmark = pytest.mark.django_db(transaction=True)


def everything(clock_at: FrozenClock) -> int:
    """Let every fact of the room happen once."""
    queue()
    queue("mobile")
    sleeper = agent("8001")
    work = ask(1)
    actions.sweep(clock_at.advance(seconds=30))
    who = agent("8002")
    actions.accept_offer(work_item_id=work, by=who)
    moved = actions.transfer(subject="conversation", subject_id=1, queue_code="mobile", by=who)
    actions.set_skill(staff_id=sleeper.id, skill="mobile", level=3, by=SYSTEM)
    actions.set_presence(state="ready", by=sleeper)
    clock_at.advance(seconds=5)
    serve(moved, sleeper)
    actions.set_presence(state="break", by=who)
    actions.shape_queue(queue_code="broadband", shape=Shape(long_wait_seconds=5), by=SYSTEM)
    ask(2, "broadband")
    actions.set_presence(state="break", by=sleeper)
    actions.sweep(clock_at.advance(seconds=5))
    actions.abandon(subject="conversation", subject_id=2, at=clock_at.advance(seconds=9))
    until = clock_at.now() + timedelta(hours=1)
    actions.announce(queue_code="broadband", zh="抢修中", en="Being repaired", until=until, by=SYSTEM)
    return moved


def test_every_fact_told_in_sql_fits_its_class(clock_at: FrozenClock) -> None:
    everything(clock_at)
    told = facts()
    assert {f["name"] for f in told} >= {k for k in KINDS if k.startswith("routing.")}
    for fact in told:
        KINDS[fact["name"]](**fact["payload"])


def test_offers_are_told_to_the_seat_and_never_to_the_customer() -> None:
    queue()
    who = agent()
    work = ask()
    offered, area = facts("routing.WorkOffered")[0], queries.queue("broadband").organisation_id
    assert offered["audience"] == [f"board:{area}", "queue:broadband", f"staff:{who.id}"]
    assert offered["payload"]["work_item_id"] == work
    assert facts("routing.WorkWaiting")[0]["audience"] == [f"board:{area}", "queue:broadband", "visitor:7"]


def test_the_journal_tells_the_whole_story_of_a_contact(clock_at: FrozenClock) -> None:
    everything(clock_at)
    rows = JournalEntry.objects.filter(interaction_id=1).order_by("id")
    assert list(rows.values_list("name", "queue_code")) == [
        ("queue_in", "broadband"),
        ("offer", "broadband"),
        ("rna", "broadband"),
        ("offer", "broadband"),
        ("answer", "broadband"),
        ("transfer", "broadband"),
        ("queue_in", "mobile"),
        ("offer", "mobile"),
        ("answer", "mobile"),
        ("wrap_end", "mobile"),
    ]
    left = JournalEntry.objects.filter(interaction_id=2).order_by("id")
    assert list(left.values_list("name", flat=True)) == ["queue_in", "offer", "rna", "abandon"]


def test_a_re_offer_keeps_the_first_entry_into_the_queue(clock_at: FrozenClock) -> None:
    queue()
    agent("8001")
    came = clock_at.now()
    work = ask()
    actions.sweep(clock_at.advance(seconds=30))
    agent("8002")
    assert (item(work).requested_at, item(work).offers) == (came, 2)


def test_a_waiting_customer_knows_how_many_stand_before_him(clock_at: FrozenClock) -> None:
    queue()
    ask(1)
    ask(2)
    ask(3, klass="vip")
    assert queries.position("conversation", 2) == queries.Position(ahead=2, expected_seconds=None)
    who = agent(slots=1)
    for n in (3, 1):
        clock_at.advance(seconds=60)
        serve(queries.work_of("conversation", [n])[n].id, who)
    place = queries.position("conversation", 2)
    assert place is not None
    assert (place.ahead, place.expected_seconds) == (0, 30)


def test_offers_and_visits_can_be_asked_for(clock_at: FrozenClock) -> None:
    queue()
    who = agent()
    work = ask()
    offers = queries.offers_of(who.id)
    assert [(o.work_item_id, o.subject_id, o.queue_code) for o in offers] == [(work, 1, "broadband")]
    clock_at.advance(seconds=12)
    serve(work, who)
    seen = queries.work_of("conversation", [1, 2])
    assert (list(seen), seen[1].state, seen[1].staff_id) == ([1], "done", who.id)
    assert queries.waiting() == []


def test_the_view_for_analysis_has_the_columns_it_declares(clock_at: FrozenClock) -> None:
    everything(clock_at)
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {VISITS} where queue_code = 'broadband' order by id")
        columns = [c.name for c in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    assert columns == [c.name for c in VISIT_COLUMNS]
    assert [(r["state"], r["offers"], r["wait_seconds"]) for r in rows] == [("moved", 2, 30.0), ("abandoned", 1, 14.0)]


def test_who_leads_hears_of_the_queues_of_his_area_and_who_serves_of_his_own() -> None:
    queue()
    queue("mobile")
    who = agent(skills={"mobile": 3})
    assert queries.queue_codes_of(who) == ["mobile"]
    assert queries.queue_codes_of(by(leader())) == ["broadband", "mobile"]
