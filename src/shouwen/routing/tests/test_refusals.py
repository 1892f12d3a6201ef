"""Who may not do what, action by action."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shouwen.accounts.tests.factories import by, organisation, staff
from shouwen.kit import clock
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.routing import actions
from shouwen.routing.errors import (
    NotInService,
    NotInWrapUp,
    NotYourWork,
    OfferGone,
    OutOfScope,
    PresenceInvalid,
    QueueInvalid,
    SameQueue,
    SkillNotFound,
    WorkNotFound,
)

from .factories import agent, ask, leader, queue

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = Principal(kind="staff", id=999)


def test_who_may_not_work_takes_no_contacts_and_has_no_presence() -> None:
    refusals: list[Callable[[], object]] = [
        lambda: actions.accept_offer(work_item_id=1, by=NOBODY),
        lambda: actions.decline_offer(work_item_id=1, by=NOBODY),
        lambda: actions.set_presence(state="ready", by=NOBODY),
        lambda: actions.transfer(subject="conversation", subject_id=1, queue_code="x", by=NOBODY),
    ]
    for refused in refusals:
        with pytest.raises(PermissionRefused):
            refused()


def test_who_may_not_lead_changes_nobody_and_no_queue() -> None:
    queue()
    who = agent("8001")
    other = by(staff("8002"))
    refusals: list[Callable[[], object]] = [
        lambda: actions.set_presence(state="break", by=other, staff_id=who.id),
        lambda: actions.open_seat(staff_id=who.id, by=other),
        lambda: actions.pause_queue(queue_code="broadband", paused=True, by=other),
        lambda: actions.set_skill(staff_id=who.id, skill="broadband", level=9, by=other),
        lambda: actions.set_skills(staff_id=who.id, levels={}, by=other),
    ]
    for refused in refusals:
        with pytest.raises(PermissionRefused):
            refused()


def test_who_may_not_configure_makes_no_queues_and_skills() -> None:
    lead = by(leader())
    with pytest.raises(PermissionRefused):
        actions.add_skill(code="x", name="x", by=lead)
    with pytest.raises(PermissionRefused):
        actions.add_queue(code="x", name="x", skill="x", organisation_id=1, duty_leader_id=1, by=lead)


def test_a_customer_may_not_take_his_own_offer() -> None:
    queue()
    agent()
    work = ask()
    with pytest.raises(PermissionRefused):
        actions.accept_offer(work_item_id=work, by=Principal(kind="visitor", id=7))


def test_somebody_elses_contact_is_neither_moved_nor_written_up() -> None:
    queue()
    queue("mobile")
    who, other = agent("8001"), agent("8002")
    work = ask()
    actions.accept_offer(work_item_id=work, by=who)
    with pytest.raises(NotYourWork):
        actions.transfer(subject="conversation", subject_id=1, queue_code="mobile", by=other)
    with pytest.raises(NotYourWork):
        actions.complete_wrap_up(subject="conversation", subject_id=1, by=other)


def test_a_contact_still_in_service_cannot_be_written_up() -> None:
    queue()
    who = agent()
    actions.accept_offer(work_item_id=ask(), by=who)
    with pytest.raises(NotInWrapUp):
        actions.complete_wrap_up(subject="conversation", subject_id=1, by=who)


def test_writing_up_twice_is_writing_up_once_and_nothing_without_service() -> None:
    queue()
    who = agent()
    actions.accept_offer(work_item_id=ask(), by=who)
    actions.finish(subject="conversation", subject_id=1, at=clock.now())
    actions.complete_wrap_up(subject="conversation", subject_id=1, by=who)
    actions.complete_wrap_up(subject="conversation", subject_id=1, by=who)
    with pytest.raises(NotInService):
        actions.complete_wrap_up(subject="conversation", subject_id=2, by=who)


def test_a_contact_is_not_moved_to_where_it_is() -> None:
    queue()
    ask()
    with pytest.raises(SameQueue):
        actions.transfer(subject="conversation", subject_id=1, queue_code="broadband", by=by(leader()))


def test_an_offer_that_is_over_and_one_that_never_was_are_told_apart() -> None:
    queue()
    who = agent(ready=False)
    with pytest.raises(OfferGone):
        actions.accept_offer(work_item_id=ask(), by=who)
    with pytest.raises(WorkNotFound):
        actions.accept_offer(work_item_id=999, by=who)


def test_unknown_states_skills_and_impossible_queues_are_refused() -> None:
    queue()
    who = agent()
    with pytest.raises(PresenceInvalid):
        actions.set_presence(state="asleep", by=who)
    with pytest.raises(SkillNotFound):
        actions.set_skill(staff_id=who.id, skill="cooking", level=1, by=SYSTEM)
    with pytest.raises(QueueInvalid):
        queue("broken", needed_level=11)
    with pytest.raises(QueueInvalid):
        queue("broadband")


def test_a_queue_takes_only_its_media() -> None:
    queue(media=["voice"])
    with pytest.raises(QueueInvalid):
        ask()


def test_a_leader_cannot_force_somebody_outside_his_area() -> None:
    queue()
    far = agent("8001", unit=organisation("南京"))
    with pytest.raises(OutOfScope):
        actions.set_presence(state="break", by=by(leader()), staff_id=far.id)
