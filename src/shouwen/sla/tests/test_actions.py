"""Promises started, paused, met and missed in the database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.kit.testing import facts
from shouwen.sla import actions, jobs, queries
from shouwen.sla.errors import AllowanceInvalid, PolicyNotFound
from shouwen.sla.models import Deadline, Policy

pytestmark = pytest.mark.django_db
NOBODY = Principal(kind="staff", id=1, name="方以宁")
HANDLING = "complaint.handling"


def start(metric: str = "handling", policy: str = HANDLING, **kwargs) -> datetime:
    at = clock.now()
    actions.start(subject="ticket", subject_id=7, metric=metric, policy=policy, at=at, **kwargs)
    return at


def only() -> queries.Clock:
    (found,) = queries.of("ticket", [7])[7]
    return found


def test_the_seeded_limits_are_those_of_the_standard():
    limits = {card.code: card.allowance_seconds or card.working_days for card in queries.policies()}
    for kind in ("enquiry", "fault", "complaint", "suggestion"):
        assert limits[f"{kind}.response"] == 48 * 3600
        assert limits[f"{kind}.handling"] == 72 * 3600
        assert limits[f"{kind}.feedback"] == 3
    assert (limits["chat.answer"], limits["chat.handling"], limits["chat.wrap_up"]) == (60, 1800, 300)


def test_a_promise_runs_from_its_start_for_its_allowance():
    at = start()
    assert only().due_at == at + timedelta(hours=72)
    assert only().warn_at == at + timedelta(hours=72) * 0.8
    assert queries.running_subjects("ticket") == {7}


def test_starting_a_running_promise_again_changes_nothing(clock_at):
    at = start()
    clock_at.advance(hours=5)
    start()
    assert only().started_at == at


def test_a_met_promise_may_be_made_again(clock_at):
    start()
    actions.meet(subject="ticket", subject_id=7, metric="handling", at=clock.now())
    clock_at.advance(hours=1)
    start()
    assert [c.open for c in queries.of("ticket", [7])[7]] == [False, True]


def test_an_unknown_policy_is_refused_and_nothing_starts():
    with pytest.raises(PolicyNotFound):
        start(policy="complaint.sometime")
    assert queries.of("ticket", [7]) == {}


def test_a_pause_gives_the_time_back(clock_at):
    at = start()
    actions.pause(subject="ticket", subject_id=7, reason="等待用户", at=clock_at.advance(hours=70))
    assert queries.running_subjects("ticket") == set()
    jobs.sweep(clock_at.advance(hours=30))
    assert facts("sla.DeadlineBreached") == []
    actions.resume(subject="ticket", subject_id=7, at=clock.now())
    assert only().due_at == at + timedelta(hours=102)
    assert queries.running_subjects("ticket") == {7}


def test_a_second_pause_does_not_move_the_first(clock_at):
    start()
    first = clock_at.advance(hours=1)
    actions.pause(subject="ticket", subject_id=7, reason="等待用户", at=first)
    actions.pause(subject="ticket", subject_id=7, reason="等待用户", at=clock_at.advance(hours=1))
    assert only().paused_at == first


def test_a_clock_that_may_not_be_paused_runs_on(clock_at):
    start(pausable=False)
    actions.pause(subject="ticket", subject_id=7, reason="等待用户", at=clock_at.advance(hours=1))
    assert only().paused_at is None


def test_a_clock_that_jumps_back_shortens_nothing(clock_at):
    at = start()
    actions.pause(subject="ticket", subject_id=7, reason="等待用户", at=clock_at.advance(hours=2))
    actions.resume(subject="ticket", subject_id=7, at=clock_at.advance(hours=-3))
    assert only().due_at == at + timedelta(hours=72)


def test_a_breach_is_announced_once(clock_at):
    start()
    assert jobs.sweep(clock_at.advance(hours=50)) == 0
    assert jobs.sweep(clock_at.advance(hours=10)) == 1
    assert jobs.sweep(clock_at.advance(hours=13)) == 1
    assert jobs.sweep(clock_at.advance(hours=1)) == 0
    names = [fact["name"] for fact in facts()]
    assert names == ["sla.DeadlineWarned", "sla.DeadlineBreached"]
    assert facts()[-1]["payload"] == {"subject": "ticket", "subject_id": 7, "metric": "handling"}
    assert only().state(clock.now()) == "late"
    assert queries.running_subjects("ticket") == {7}


def test_a_promise_met_late_counts_as_missed_even_before_any_sweep(clock_at):
    start()
    late = clock_at.advance(hours=73)
    actions.meet(subject="ticket", subject_id=7, metric="handling", at=late)
    assert (only().met_at, only().breached_at) == (late, late)
    assert [fact["name"] for fact in facts()] == ["sla.DeadlineBreached"]


def test_a_pause_that_comes_too_late_hides_no_breach(clock_at):
    at = start()
    actions.pause(subject="ticket", subject_id=7, reason="等待用户", at=clock_at.advance(hours=73))
    actions.resume(subject="ticket", subject_id=7, at=clock_at.advance(hours=10))
    assert only().breached_at == at + timedelta(hours=73)
    assert only().due_at == at + timedelta(hours=72)


def test_cancelling_ends_every_open_promise(clock_at):
    start()
    start(metric="response", policy="complaint.response")
    actions.cancel(subject="ticket", subject_id=7, at=clock_at.advance(hours=1))
    assert {c.state(clock.now()) for c in queries.of("ticket", [7])[7]} == {"cancelled"}
    assert jobs.sweep(clock_at.advance(days=9)) == 0


def test_overdue_subjects_are_those_past_their_time_and_not_met(clock_at):
    start()
    assert list(queries.overdue_ids("ticket", clock.now())) == []
    assert list(queries.overdue_ids("ticket", clock_at.advance(hours=73))) == [7]
    actions.meet(subject="ticket", subject_id=7, metric="handling", at=clock.now())
    assert list(queries.overdue_ids("ticket", clock.now())) == []


def test_feedback_ends_at_the_close_of_the_third_working_day():
    start(metric="feedback", policy="complaint.feedback")
    assert only().due_at == datetime(2026, 11, 26, 18, tzinfo=BEIJING)


def test_the_spring_festival_does_not_count(clock_at):
    clock_at.set(datetime(2026, 2, 13, 10, tzinfo=BEIJING))
    start(metric="feedback", policy="complaint.feedback")
    assert only().due_at == datetime(2026, 2, 25, 18, tzinfo=BEIJING)


def test_a_limit_is_changed_with_permission_and_running_clocks_keep_theirs():
    at = start()
    actions.set_policy(by=SYSTEM, code=HANDLING, allowance_seconds=24 * 3600)
    assert queries.policy(HANDLING).allowance_seconds == 24 * 3600
    assert only().due_at == at + timedelta(hours=72)
    assert AuditRow.objects.get(verb="sla.set_policy").details["before"] == [72 * 3600, None, 80]


def test_a_limit_is_not_changed_without_permission():
    with pytest.raises(PermissionRefused):
        actions.set_policy(by=NOBODY, code=HANDLING, allowance_seconds=1)
    assert queries.policy(HANDLING).allowance_seconds == 72 * 3600


@pytest.mark.parametrize("limit", [{}, {"allowance_seconds": 5, "working_days": 1}, {"working_days": 0}])
def test_a_limit_without_one_measure_is_refused(limit):
    with pytest.raises(AllowanceInvalid):
        actions.set_policy(by=SYSTEM, code=HANDLING, **limit)


def test_an_unknown_limit_is_not_changed():
    with pytest.raises(PolicyNotFound):
        actions.set_policy(by=SYSTEM, code="complaint.sometime", working_days=1)


def test_the_database_refuses_two_open_promises_of_a_kind():
    start()
    twin = Deadline.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError, match="sla_deadline_one_open"), transaction.atomic():
        twin.save(force_insert=True)


def test_the_database_refuses_a_limit_with_two_measures():
    with pytest.raises(IntegrityError, match="sla_policy_one_measure"), transaction.atomic():
        Policy.objects.create(code="x", metric="x", allowance_seconds=1, working_days=1)
