"""Who may be given what: qualifications that end, and whom a customer knows already."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shouwen.accounts import actions as accounts
from shouwen.accounts.models import QualificationKind
from shouwen.customers.tests.factories import customer
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock
from shouwen.responsibility import actions as responsibility
from shouwen.routing import actions, jobs, queries
from shouwen.routing.models import AgentSkill
from shouwen.routing.rules.affinity import Known, Preference, preference

from .factories import agent, ask, item, queue, serve
from .snapshots import broken

pytestmark = pytest.mark.django_db(transaction=True)


def needs_licence(staff_id: int, until: date | None) -> None:
    QualificationKind.objects.get_or_create(code="licence", defaults={"zh": "宽带上岗证", "en": "Broadband licence"})
    accounts.qualify(staff_id=staff_id, kind="licence", level=2, valid_until=until, by=SYSTEM)
    actions.add_skill(code="broadband", name="宽带", qualification="licence", qualification_level=2, by=SYSTEM)


def test_who_lost_the_qualification_a_skill_needs_is_given_nothing_of_it_from_that_day_on(
    clock_at: FrozenClock,
) -> None:
    queue()
    fang, other = agent("8021"), agent("8022", ready=False)
    today = clock_at.now().date()
    needs_licence(fang.id, today)
    jobs.sweep(clock_at.now())
    serve(ask(1), fang)
    clock_at.advance(days=1)
    jobs.sweep(clock_at.now())
    work = ask(2)
    assert item(work).state == "waiting"
    assert [card.barred for card in queries.agents(staff_ids=[fang.id])] == [["broadband"]]
    actions.set_presence(state="ready", by=other)
    assert item(work).state == "waiting"  # 8022 never had it
    accounts.qualify(staff_id=fang.id, kind="licence", level=2, valid_until=today + timedelta(days=30), by=SYSTEM)
    jobs.sweep(clock_at.now())
    assert item(work).offered_to_id == fang.id
    assert broken() == {}


def test_a_skill_set_for_somebody_unqualified_is_kept_but_never_counts_until_he_is(clock_at: FrozenClock) -> None:
    queue()
    fang = agent("8021", ready=False)
    needs_licence(agent("8022", ready=False).id, None)
    actions.set_skill(staff_id=fang.id, skill="broadband", level=6, by=SYSTEM)
    row = AgentSkill.objects.get(staff_id=fang.id)
    assert (row.wanted_level, row.level, row.barred) == (6, 0, True)
    actions.add_skill(code="broadband", name="宽带", by=SYSTEM)
    jobs.sweep(clock_at.now())
    row.refresh_from_db()
    assert (row.level, row.barred) == (6, False)


def test_the_owner_of_an_open_matter_is_waited_for_as_long_as_the_queue_says(clock_at: FrozenClock) -> None:
    queue(hold_seconds=20)
    owner, idle = agent("8022"), agent("8021", ready=False)
    actions.accept_offer(work_item_id=ask(1), by=owner)
    actions.set_presence(state="ready", by=idle)
    who = customer()
    responsibility.open(subject="ticket", subject_id=9, owner_id=owner.id, customer_id=who.pk, by=SYSTEM)
    work = ask(3, customer_id=who.pk)
    jobs.sweep(clock_at.advance(seconds=19))
    assert (item(work).state, item(work).preferred_staff_id) == ("waiting", owner.id)
    jobs.sweep(clock_at.advance(seconds=1))
    assert item(work).offered_to_id == idle.id
    assert broken() == {}


def test_who_served_a_customer_last_gets_him_again_when_he_is_free_and_nobody_waits_for_that(
    clock_at: FrozenClock,
) -> None:
    queue()
    last, idle = agent("8022"), agent("8021", ready=False)
    who = customer()
    serve(ask(1, customer_id=who.pk), last)
    actions.set_presence(state="break", by=last)
    actions.set_presence(state="ready", by=idle)
    clock_at.advance(hours=1)
    actions.set_presence(state="ready", by=last)
    again = ask(2, customer_id=who.pk)
    assert item(again).offered_to_id == last.id
    assert queries.why("conversation", 2)[0].reasons[1].en == "held for the seat that knows the customer"
    actions.accept_offer(work_item_id=again, by=last)
    assert item(ask(3, customer_id=who.pk)).offered_to_id == idle.id


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ([Known(1, "owner", ready=True, free=False), Known(2, "last", ready=True, free=True)], (1, 30)),
        ([Known(1, "owner", ready=False, free=False), Known(2, "last", ready=True, free=True)], (2, 1)),
        ([Known(2, "last", ready=True, free=False)], None),
        ([], None),
    ],
)
def test_whom_a_contact_is_held_for(known: list[Known], found: tuple[int, int] | None) -> None:
    wanted = Preference(found[0], timedelta(seconds=found[1])) if found else None
    assert preference(known, timedelta(seconds=30)) == wanted
    assert preference(known, timedelta()) is None
