"""Who answers for a matter, changed and refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff
from shouwen.kit import clock
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.kit.testing import facts
from shouwen.responsibility import actions, queries
from shouwen.responsibility.errors import (
    AlreadyOwner,
    CannotAnswer,
    DateNeeded,
    NobodyAnswers,
    NotOfferedToYou,
    NotYours,
)
from shouwen.responsibility.models import Responsibility, ResponsibilityChange

pytestmark = pytest.mark.django_db
MATTER: dict[str, Any] = {"subject": "conversation", "subject_id": 5}


@pytest.fixture
def leader() -> Staff:
    return staff("8001", "duty_leader", name="沈班长")


@pytest.fixture
def fang() -> Staff:
    return staff("8021", name="方以宁")


@pytest.fixture
def zhou() -> Staff:
    return staff("8031", "back_office", name="周建平")


def opened(owner: Staff, **kwargs) -> None:
    actions.open(**MATTER, owner_id=owner.id, customer_id=9, by=SYSTEM, **kwargs)


def now() -> queries.Responsibility:
    return queries.of("conversation", [5])[5]


def hands() -> tuple[int, int | None, int | None]:
    return now().owner_id, now().handler_id, now().offered_to_id


def verbs() -> list[str]:
    return [change.verb for change in queries.changes("conversation", 5)]


def test_until_a_person_answers_the_duty_leader_owns_it(leader):
    opened(leader)
    assert hands() == (leader.id, None, None)
    assert now().answered_at is None


def test_the_first_person_to_answer_becomes_owner_and_the_second_only_handler(leader, fang, zhou):
    opened(leader)
    actions.assume(**MATTER, staff_id=fang.id, by=by(fang))
    assert hands() == (fang.id, fang.id, None)
    actions.assume(**MATTER, staff_id=zhou.id, by=by(zhou))
    assert hands() == (fang.id, zhou.id, None)
    assert verbs() == ["open", "assume", "assume"]


def test_an_owner_who_has_answered_stays_owner_when_somebody_takes_it_up(fang, zhou):
    opened(fang, answered=True)
    actions.assume(**MATTER, staff_id=zhou.id, by=by(zhou))
    assert hands() == (fang.id, zhou.id, None)


def test_an_offered_hand_over_moves_nothing_until_accepted(leader, fang, zhou):
    opened(fang, answered=True)
    actions.assume(**MATTER, staff_id=fang.id, by=by(fang))
    actions.offer(**MATTER, to_id=zhou.id, by=by(fang))
    assert hands() == (fang.id, fang.id, zhou.id)
    actions.accept(**MATTER, by=by(zhou))
    assert hands() == (zhou.id, zhou.id, None)
    (fact,) = facts("responsibility.OwnerChanged")
    assert fact["payload"] == {
        "subject": "conversation",
        "subject_id": 5,
        "from_id": fang.id,
        "to_id": zhou.id,
    }
    assert set(fact["audience"]) == {f"staff:{fang.id}", f"staff:{zhou.id}"}


def test_a_declined_hand_over_leaves_everything_as_it_was(fang, zhou):
    opened(fang, answered=True)
    actions.offer(**MATTER, to_id=zhou.id, by=by(fang))
    actions.decline(**MATTER, by=by(zhou))
    assert hands() == (fang.id, None, None)
    assert facts("responsibility.OwnerChanged") == []


def test_only_the_one_it_is_offered_to_accepts_or_declines(leader, fang, zhou):
    opened(fang, answered=True)
    actions.offer(**MATTER, to_id=zhou.id, by=by(fang))
    for verb in (actions.accept, actions.decline):
        for other in (by(fang), by(leader), SYSTEM):
            with pytest.raises(NotOfferedToYou):
                verb(**MATTER, by=other)
    assert hands() == (fang.id, None, zhou.id)


def test_accepting_twice_is_refused_the_second_time_and_changes_nothing(fang, zhou):
    opened(fang, answered=True)
    actions.offer(**MATTER, to_id=zhou.id, by=by(fang))
    actions.accept(**MATTER, by=by(zhou))
    with pytest.raises(NotOfferedToYou):
        actions.accept(**MATTER, by=by(zhou))
    assert verbs() == ["open", "offer", "accept"]


def test_a_bystander_may_not_move_it_and_a_leader_may(leader, fang, zhou):
    opened(fang, answered=True)
    with pytest.raises(PermissionRefused):
        actions.hand(**MATTER, handler_id=zhou.id, by=by(zhou))
    with pytest.raises(PermissionRefused):
        actions.offer(**MATTER, to_id=zhou.id, by=by(zhou))
    with pytest.raises(PermissionRefused):
        actions.assume(**MATTER, staff_id=fang.id, by=by(zhou))
    actions.hand(**MATTER, handler_id=zhou.id, by=by(leader))
    assert hands() == (fang.id, zhou.id, None)


def test_a_customer_may_not_move_it(fang, zhou):
    opened(fang)
    with pytest.raises(NotYours):
        actions.hand(**MATTER, handler_id=zhou.id, by=Principal(kind="customer", id=fang.id))
    assert hands() == (fang.id, None, None)


def test_work_may_go_back_to_the_queue_and_the_owner_stays(fang):
    opened(fang, answered=True)
    actions.assume(**MATTER, staff_id=fang.id, by=by(fang))
    actions.hand(**MATTER, handler_id=None, by=by(fang))
    assert hands() == (fang.id, None, None)
    assert [f["payload"]["to_id"] for f in facts("responsibility.HandlerChanged")] == [fang.id, None]


def test_where_the_policy_says_so_the_owner_moves_with_the_work(leader, fang, zhou):
    opened(fang, answered=True)
    actions.hand(**MATTER, handler_id=zhou.id, by=by(leader), owner_too=True)
    assert hands() == (zhou.id, zhou.id, None)


def test_nobody_who_has_left_is_given_a_matter(leader, fang):
    opened(leader)
    gone = staff("8099", active=False, name="离职")
    with pytest.raises(CannotAnswer):
        actions.offer(**MATTER, to_id=gone.id, by=by(leader))
    with pytest.raises(CannotAnswer):
        actions.hand(**MATTER, handler_id=gone.id, by=by(leader))
    with pytest.raises(CannotAnswer):
        actions.assume(**MATTER, staff_id=gone.id, by=SYSTEM)
    assert hands() == (leader.id, None, None)


def test_a_hand_over_to_the_owner_is_refused(fang, leader):
    opened(fang)
    with pytest.raises(AlreadyOwner):
        actions.offer(**MATTER, to_id=fang.id, by=by(leader))


def test_waiting_on_somebody_else_needs_a_date_to_come(fang):
    opened(fang)
    later = clock.now() + timedelta(days=1)
    for date in (None, clock.now()):
        with pytest.raises(DateNeeded):
            actions.wait_on(**MATTER, party="customer", next_contact_at=date, by=by(fang))
    with pytest.raises(DateNeeded):
        actions.wait_on(**MATTER, party="us", next_contact_at=later, by=by(fang))
    actions.wait_on(**MATTER, party="customer", next_contact_at=later, by=by(fang))
    assert (now().waits_on, now().next_contact_at) == ("customer", later)


def test_contact_is_due_when_its_date_has_come(fang, clock_at):
    opened(fang)
    actions.wait_on(**MATTER, party="customer", next_contact_at=clock.now() + timedelta(hours=2), by=SYSTEM)
    assert queries.contact_due("conversation", clock_at.advance(hours=1), 10) == []
    assert queries.contact_due("conversation", clock_at.advance(hours=1), 10) == [5]


def test_a_closed_matter_belongs_to_nobody_until_it_is_reopened(fang, zhou):
    opened(fang)
    actions.offer(**MATTER, to_id=zhou.id, by=by(fang))
    actions.close(**MATTER, by=SYSTEM)
    actions.close(**MATTER, by=SYSTEM)
    assert queries.open_subjects("conversation") == []
    with pytest.raises(NobodyAnswers):
        actions.accept(**MATTER, by=by(zhou))
    actions.reopen(**MATTER, by=SYSTEM)
    assert hands() == (fang.id, None, None)
    assert verbs() == ["open", "offer", "close", "reopen"]


def test_opening_twice_keeps_the_first_owner(fang, zhou):
    opened(fang)
    opened(zhou)
    assert hands() == (fang.id, None, None)
    assert verbs() == ["open"]


def test_reopening_what_never_was_is_refused():
    with pytest.raises(NobodyAnswers):
        actions.reopen(**MATTER, by=SYSTEM)


def test_my_matters_are_those_i_own_handle_or_am_offered(leader, fang, zhou):
    opened(fang, answered=True)
    actions.assume(**MATTER, staff_id=zhou.id, by=by(zhou))
    actions.offer(**MATTER, to_id=leader.id, by=by(fang))
    for person in (leader, fang, zhou):
        assert [r.subject_id for r in queries.open_of_staff(person.id, "conversation")] == [5]
    assert list(queries.owned_ids("conversation", fang.id)) == [5]
    assert list(queries.handled_ids("conversation", fang.id)) == []
    assert list(queries.unhandled_ids("conversation")) == []


def test_the_database_refuses_an_open_matter_that_waits_on_a_customer_without_a_date(fang):
    opened(fang)
    with pytest.raises(IntegrityError, match="responsibility_next_contact"), transaction.atomic():
        Responsibility.objects.update(waits_on="customer")


def test_every_change_is_in_the_log_with_the_one_who_made_it(fang, zhou):
    opened(fang)
    actions.assume(**MATTER, staff_id=zhou.id, by=by(zhou))
    last = ResponsibilityChange.objects.order_by("-id")[0]
    assert (last.verb, last.by, last.owner_id, last.handler_id) == (
        "assume",
        f"staff:{zhou.id}",
        zhou.id,
        zhou.id,
    )
