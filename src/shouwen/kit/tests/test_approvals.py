"""What one asks for another decides: within a limit, in time, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts import queries as accounts
from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, organisation, staff
from shouwen.kit import approvals, clock, versions
from shouwen.kit.approvals import Absent, ApprovalKind, errors
from shouwen.kit.approvals.rules import Authority, authority, highest
from shouwen.kit.models import Approval
from shouwen.kit.principals import Principal
from shouwen.kit.testing import FrozenClock, facts

pytestmark = pytest.mark.django_db(transaction=True)
LIMITS = {"shift_leader": 20_000, "duty_leader": 500_000}


@pytest.fixture(autouse=True)
def refund() -> Iterator[None]:
    """A room's kind of request."""
    approvals.register(
        ApprovalKind("test.refund", "退费", "Refund", versions.VIEW, LIMITS, lasts=timedelta(days=1)),
    )
    yield
    del approvals.KINDS["test.refund"]


def asked(requester: Principal, fen: int = 10_000, subject_id: int = 7) -> int:
    return approvals.ask(
        by=requester,
        kind="test.refund",
        subject="thing",
        subject_id=subject_id,
        title="退费",
        amount_fen=fen,
        reason="多收月租",
        organisation_id=requester.unit,
    )


def leader(number: str = "8001", role: str = "shift_leader") -> Principal:
    return by(staff(number, role, name=f"班长{number}"))


def test_a_person_with_the_limit_approves_what_another_asked_for() -> None:
    agent = by(staff("8021"))
    decided = asked(agent)
    approvals.decide(by=leader(), approval_id=decided, approved=True)
    row = Approval.objects.get()
    assert (row.state, row.decided_by_name, row.in_place_of) == ("approved", "班长8001", "")
    assert [f["name"] for f in facts() if f["name"].startswith("kit.Approval")] == [
        "kit.ApprovalAsked",
        "kit.ApprovalDecided",
    ]


def test_nobody_approves_his_own_request() -> None:
    one = leader()
    decided = asked(one)
    with pytest.raises(errors.OwnRequest):
        approvals.decide(by=one, approval_id=decided, approved=True)
    with pytest.raises(IntegrityError, match="kit_approval_four_eyes"), transaction.atomic():
        Approval.objects.update(state="approved", decided_by=one.key, decided_at=clock.now())


def test_an_amount_above_the_limit_goes_to_who_has_a_higher_one() -> None:
    decided = asked(by(staff("8021")), 20_001)
    with pytest.raises(errors.LimitTooLow, match=r"200\.01 yuan .* duty_leader"):
        approvals.decide(by=leader(), approval_id=decided, approved=True)
    approvals.decide(by=leader("8002", "duty_leader"), approval_id=decided, approved=True)
    assert Approval.objects.get().state == "approved"


def test_what_no_seat_may_approve_is_refused_at_once() -> None:
    with pytest.raises(errors.NobodyMayDecide):
        asked(by(staff("8021")), 500_001)


def test_published_limits_take_the_place_of_the_shipped_ones() -> None:
    versions.install(kind=approvals.LIMITS, key="test.refund", title="限额", content={"limits": {"shift_leader": 0}})
    with pytest.raises(errors.NobodyMayDecide):
        asked(by(staff("8021")), 1)


def test_a_substitute_decides_with_the_limit_of_the_one_who_is_away() -> None:
    duty, shift = staff("8002", "duty_leader", name="值班长"), staff("8001", "shift_leader", name="班长")
    Staff.objects.filter(id=duty.pk).update(active=False, covered_by=shift)
    decided = asked(by(staff("8021")), 30_000)
    absent = accounts.stands_in_for(shift.pk, clock.now())
    approvals.decide(by=by(shift), approval_id=decided, approved=True, stands_in_for=absent)
    row = Approval.objects.get()
    assert (row.decided_by, row.in_place_of, row.in_place_of_name) == (
        f"staff:{shift.pk}",
        f"staff:{duty.pk}",
        "值班长",
    )


def test_a_substitute_does_not_approve_the_request_of_the_one_he_stands_in_for() -> None:
    duty, shift = staff("8002", "duty_leader"), staff("8001", "shift_leader")
    decided = asked(by(duty), 30_000)
    Staff.objects.filter(id=duty.pk).update(active=False, covered_by=shift)
    with pytest.raises(errors.LimitTooLow):
        approvals.decide(
            by=by(shift),
            approval_id=decided,
            approved=True,
            stands_in_for=accounts.stands_in_for(shift.pk, clock.now()),
        )


def test_what_waits_too_long_expires(clock_at: FrozenClock) -> None:
    decided = asked(by(staff("8021")))
    clock_at.advance(days=1)
    with pytest.raises(errors.AlreadyDecided, match="expired"):
        approvals.decide(by=leader(), approval_id=decided, approved=True)
    assert approvals.waiting_for(leader(), clock.now()) == 0
    assert (approvals.expire_due(at=clock.now()), approvals.expire_due(at=clock.now())) == (1, 0)
    assert facts("kit.ApprovalDecided")[0]["payload"]["state"] == "expired"
    asked(by(staff("8021")))


def test_of_two_who_decide_at_once_one_finds_it_decided() -> None:
    decided = asked(by(staff("8021")))
    leaders = [leader("8001"), leader("8002")]
    refused: list[Exception] = []

    def press(who: Principal, approved: bool) -> None:
        try:
            approvals.decide(by=who, approval_id=decided, approved=approved, remark="不符合规定")
        except errors.AlreadyDecided as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [Thread(target=press, args=(who, n == 0)) for n, who in enumerate(leaders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), len(facts("kit.ApprovalDecided"))) == (1, 1)


def test_one_request_about_a_thing_waits_at_a_time() -> None:
    agent = by(staff("8021"))
    first = asked(agent)
    with pytest.raises(errors.AlreadyAsked):
        asked(agent)
    approvals.withdraw(by=agent, approval_id=first)
    asked(agent)


def test_a_refusal_says_why() -> None:
    decided = asked(by(staff("8021")))
    with pytest.raises(errors.ApprovalReasonNeeded):
        approvals.decide(by=leader(), approval_id=decided, approved=False, remark=" ")


def test_another_unit_sees_nothing_of_it() -> None:
    decided = asked(by(staff("8021")))
    stranger = by(staff("9001", "shift_leader", organisation("南京")))
    with pytest.raises(errors.ApprovalNotFound):
        approvals.decide(by=stranger, approval_id=decided, approved=True)


def test_a_limit_is_a_whole_number_of_fen() -> None:
    for bad in ("200", -1, True, 1.5):
        with pytest.raises(Exception, match="fen"):
            versions.install(kind=approvals.LIMITS, key="x", title="x", content={"limits": {"shift_leader": bad}})


ROLES = st.frozensets(st.sampled_from(["a", "b", "c"]))
BOUNDS = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.none() | st.integers(0, 50))
AWAY = st.lists(st.builds(Absent, st.sampled_from(["staff:1", "staff:2"]), st.just("甲"), ROLES), max_size=3)


@given(st.integers(0, 60), ROLES, AWAY, BOUNDS)
def test_the_right_to_decide_is_exactly_a_high_enough_limit(
    amount: int, roles: frozenset[str], away: list[Absent], limits: dict[str, int | None]
) -> None:
    def enough(held: frozenset[str]) -> bool:
        return any(limits[r] is None or amount <= (limits[r] or 0) for r in held if r in limits)

    right = authority(amount, requester="staff:1", roles=roles, stands_in_for=away, limits=limits)
    others = [a for a in away if a.key != "staff:1" and enough(a.roles)]
    assert (right is not None) == (enough(roles) or bool(others))
    assert right is None or right == Authority() or right.in_place_of == "staff:2"
    assert (highest(roles, limits) == -1) == (not roles & limits.keys())
