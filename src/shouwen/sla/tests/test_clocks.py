"""Promises started, paused, met and missed in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.models import Version
from shouwen.kit.testing import START, facts
from shouwen.sla import actions, jobs, queries
from shouwen.sla.models import Deadline, Pause
from shouwen.sla.queries.in_force import POLICY
from shouwen.sla.rules import clockwork
from shouwen.sla.rules.content import read_calendar
from shouwen.sla.tests.factories import OFFICE_DAY, ladder, office, policy
from shouwen.sla.tests.test_clockwork import Counter

pytestmark = pytest.mark.django_db
HOUR = 3600


def start(metric: str = "handling", *, kind: str = "complaint", **facets: str) -> datetime:
    at = clock.now()
    actions.start(subject="ticket", subject_id=7, metric=metric, facets={"kind": kind, **facets}, at=at)
    return at


def pause(at: datetime, reason: str = "customer") -> None:
    actions.pause(subject="ticket", subject_id=7, reason=reason, at=at)


def resume(at: datetime) -> None:
    actions.resume(subject="ticket", subject_id=7, at=at)


def only() -> queries.Clock:
    (found,) = queries.of("ticket", [7])[7]
    return found


@pytest.mark.parametrize(
    ("facets", "metric", "expected"),
    [
        ({"kind": "complaint"}, "response", 48 * HOUR),
        ({"kind": "complaint"}, "handling", 72 * HOUR),
        ({"kind": "complaint"}, "feedback", 3),
        ({"kind": "complaint"}, "statutory", 15 * 24 * HOUR),
        ({"kind": "enquiry"}, "handling", 72 * HOUR),
        ({"kind": "suggestion"}, "handling", 72 * HOUR),
        ({"kind": "fault", "area": "urban"}, "handling", 48 * HOUR),
        ({"kind": "fault", "area": "rural"}, "handling", 72 * HOUR),
        ({"kind": "fault"}, "handling", 48 * HOUR),
        ({"kind": "conversation", "channel": "web_chat"}, "answer", 60),
        ({"kind": "conversation"}, "handling", 1800),
        ({"kind": "letter", "channel": "fax"}, "answer", 48 * HOUR),
        ({"kind": "letter"}, "wrap_up", 300),
    ],
)
@pytest.mark.req("R-TKT-007", "R-TKT-008", "R-TKT-034")
def test_the_limits_at_the_start_are_those_of_the_standard_and_of_the_law(facets, metric, expected):
    """48 hours to respond, 72 to handle, 3 working days to feed back; a fault 48 hours in town, 72 in the country."""
    found = queries.chosen([metric], facets, at=clock.now())[metric].content.allowance
    assert (found.seconds or found.working_days) == expected


def test_a_promise_runs_from_its_start_for_its_allowance():
    at = start()
    assert only().due_at == at + timedelta(hours=72)
    assert only().policy == "complaint.handling"
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


def test_where_every_policy_was_retired_the_products_own_still_holds():
    Version.objects.filter(kind=POLICY, state="published").update(state="retired", retired_at=clock.now())
    at = start()
    assert (only().policy, only().due_at) == ("complaint.handling", at + timedelta(hours=72))
    assert Deadline.objects.get().policy_number == 0
    pause(clock.now())
    resume(clock.now())
    assert only().due_at == at + timedelta(hours=72)


def test_a_running_promise_keeps_the_version_it_started_under(clock_at):
    at = start()
    policy(seconds=24 * HOUR)
    pause(clock_at.advance(hours=10))
    resume(clock_at.advance(hours=1))
    assert only().due_at == at + timedelta(hours=73)
    assert Deadline.objects.get().policy_number == 1


def test_a_version_holds_from_its_date(clock_at):
    policy(seconds=24 * HOUR, valid_from=START + timedelta(days=1))
    start()
    assert only().due_at == START + timedelta(hours=72)
    actions.cancel(subject="ticket", subject_id=7, at=clock.now())
    at = clock_at.advance(days=1)
    start()
    assert queries.of("ticket", [7])[7][-1].due_at == at + timedelta(hours=24)


def test_a_policy_of_a_unit_holds_for_it_and_those_below_it_only():
    from shouwen.accounts.tests.factories import organisation

    suzhou, nanjing = organisation("苏州"), organisation("南京")
    narrow = {"kind": ["complaint"], "urgency": ["normal"]}
    policy("complaint.suzhou", conditions=narrow, seconds=3600, unit=suzhou.pk)
    facets = {"kind": "complaint", "urgency": "normal"}
    found = {
        unit.name: queries.chosen(["handling"], facets, at=clock.now(), organisation_id=unit.pk)["handling"]
        for unit in (suzhou, nanjing)
    }
    assert {name: one.policy.key for name, one in found.items()} == {
        "苏州": "complaint.suzhou",
        "南京": "complaint.handling",
    }


def test_a_pause_gives_the_time_back(clock_at):
    at = start()
    pause(clock_at.advance(hours=70))
    assert queries.running_subjects("ticket") == set()
    jobs.sweep(clock_at.advance(hours=30))
    assert facts("sla.DeadlineBreached") == []
    resume(clock.now())
    assert only().due_at == at + timedelta(hours=102)
    assert queries.running_subjects("ticket") == {7}


def test_a_second_pause_does_not_move_the_first(clock_at):
    start()
    first = clock_at.advance(hours=1)
    pause(first)
    pause(clock_at.advance(hours=1))
    assert only().paused_at == first


def test_a_reason_that_the_policy_does_not_know_stops_nothing(clock_at):
    start()
    pause(clock_at.advance(hours=1), "third_party")
    assert only().paused_at is None
    assert not Pause.objects.exists()


def test_a_pause_ends_at_its_limit_and_the_clock_runs_on(clock_at):
    policy(pauses=[{"reason": "customer", "limit_hours": 5}])
    at = start()
    pause(clock_at.advance(hours=10))
    assert only().pause_ends_at == at + timedelta(hours=15)
    assert jobs.sweep(clock_at.advance(hours=4)) == 0
    jobs.sweep(clock_at.advance(hours=3))
    assert only().paused_at is None
    assert only().due_at == at + timedelta(hours=77)
    assert facts("sla.PauseRanOut")[0]["payload"]["reason"] == "customer"
    assert Pause.objects.get().ended_by == "limit"


def test_a_limit_that_is_used_up_stops_the_clock_no_more(clock_at):
    policy(pauses=[{"reason": "customer", "limit_hours": 5}])
    at = start()
    pause(clock_at.advance(hours=1))
    resume(clock_at.advance(hours=3))
    pause(clock_at.advance(hours=1))
    assert only().pause_ends_at == clock.now() + timedelta(hours=2)
    jobs.sweep(clock_at.advance(hours=9))
    pause(clock.now())
    assert only().paused_at is None
    assert only().due_at == at + timedelta(hours=77)


def test_a_clock_that_jumps_back_shortens_nothing(clock_at):
    at = start()
    pause(clock_at.advance(hours=2))
    resume(clock_at.advance(hours=-3))
    assert only().due_at == at + timedelta(hours=72)


def test_the_ladder_is_told_rung_by_rung_and_a_breach_once(clock_at):
    ladder((50, ["handler"], False), (80, ["owner", "handler"], False), (100, ["duty_leader"], False))
    start()
    assert jobs.sweep(clock_at.advance(hours=36)) == 0
    assert jobs.sweep(clock_at.advance(minutes=1)) == 1
    assert jobs.sweep(clock_at.advance(hours=30)) == 1
    assert jobs.sweep(clock_at.advance(hours=7)) == 2
    assert jobs.sweep(clock_at.advance(hours=1)) == 0
    told = [(f["payload"]["percent"], f["payload"]["to"]) for f in facts("sla.DeadlineReached")]
    assert told == [(50, ["handler"]), (80, ["handler", "owner"]), (100, ["duty_leader"])]
    assert [f["payload"] for f in facts("sla.DeadlineBreached")] == [
        {"subject": "ticket", "subject_id": 7, "metric": "handling"}
    ]
    assert only().state(clock.now()) == "late"


def test_rungs_that_came_in_the_quiet_hours_are_told_together_in_the_morning(clock_at):
    policy(seconds=16 * HOUR)
    ladder((80, ["handler"], False), (100, ["owner"], False), quiet=["21:00", "08:00"])
    at = start()
    jobs.sweep(clock_at.set(at.replace(hour=23, minute=30)) or clock.now())
    jobs.sweep(clock_at.advance(hours=4))
    assert facts("sla.DeadlineReached") == []
    assert len(facts("sla.DeadlineBreached")) == 1
    jobs.sweep(clock_at.set(at.replace(hour=8, minute=1) + timedelta(days=1)) or clock.now())
    told = [(f["payload"]["percent"], f["payload"]["to"]) for f in facts("sla.DeadlineReached")]
    assert told == [(100, ["handler", "owner"])]


def test_a_rung_for_any_hour_is_told_at_night(clock_at):
    policy(seconds=16 * HOUR)
    ladder((100, ["duty_leader"], True), quiet=["21:00", "08:00"])
    start()
    jobs.sweep(clock_at.advance(hours=16, minutes=1))
    assert facts("sla.DeadlineReached")[0]["payload"]["to"] == ["duty_leader"]


def test_nobody_is_told_of_a_clock_that_stands(clock_at):
    ladder((50, ["handler"], False))
    start()
    pause(clock_at.advance(hours=30))
    jobs.sweep(clock_at.advance(hours=30))
    assert facts("sla.DeadlineReached") == []
    resume(clock.now())
    jobs.sweep(clock_at.advance(hours=7))
    assert len(facts("sla.DeadlineReached")) == 1


def test_a_promise_met_late_counts_as_missed_even_before_any_sweep(clock_at):
    start()
    late = clock_at.advance(hours=73)
    actions.meet(subject="ticket", subject_id=7, metric="handling", at=late)
    assert (only().met_at, only().breached_at) == (late, late)
    assert len(facts("sla.DeadlineBreached")) == 1


def test_a_pause_that_comes_too_late_hides_no_breach(clock_at):
    at = start()
    pause(clock_at.advance(hours=73))
    resume(clock_at.advance(hours=10))
    assert only().breached_at == at + timedelta(hours=73)
    assert only().due_at == at + timedelta(hours=72)


def test_meeting_a_promise_that_stands_ends_its_pause(clock_at):
    start()
    pause(clock_at.advance(hours=1))
    actions.meet(subject="ticket", subject_id=7, metric="handling", at=clock_at.advance(hours=2))
    assert Pause.objects.get().ended_by == "settled"
    assert (only().paused_at, only().met_at) == (None, clock.now())


def test_cancelling_ends_every_open_promise(clock_at):
    start()
    start(metric="response")
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
    start(metric="feedback")
    assert only().due_at == datetime(2026, 11, 26, 18, tzinfo=BEIJING)


def test_the_spring_festival_does_not_count(clock_at):
    clock_at.set(datetime(2026, 2, 13, 10, tzinfo=BEIJING))
    start(metric="feedback")
    assert only().due_at == datetime(2026, 2, 25, 18, tzinfo=BEIJING)


STEPS = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "policy", "calendar", "again"]), st.integers(1, 2000)), max_size=8
)


class Follower:
    """Follows one matter beside the room: it remembers what held at the start and when the clock stood."""

    def __init__(self) -> None:
        self.allowance = clockwork.Allowance(working_seconds=20 * HOUR)
        self.week: list[Any] = [OFFICE_DAY] * 5 + [[]] * 2
        self.begin()

    def begin(self) -> None:
        self.at = clock.now()
        self.stands: datetime | None = None
        self.pauses: list[clockwork.Pause] = []
        calendar = read_calendar({"week": self.week, "public_holidays": False, "days": []})
        self.promised = (self.allowance, calendar.working())
        start()

    def play(self, verb: str, amount: int) -> None:
        at = clock.now()
        if verb == "pause":
            pause(at)
            self.stands = self.stands or at
        elif verb == "resume" and self.stands:
            resume(at)
            self.pauses.append(clockwork.Pause(self.stands, at))
            self.stands = None
        elif verb == "policy":
            self.allowance = clockwork.Allowance(working_seconds=amount * 60)
            policy(working_seconds=amount * 60, ladder="")
        elif verb == "calendar":
            self.week = [[["08:00", "10:00"], ["11:00", "20:00"]]] * (1 + amount % 6) + [[]] * (6 - amount % 6)
            office(self.week)
        elif verb == "again":
            actions.meet(subject="ticket", subject_id=7, metric="handling", at=at)
            self.begin()


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.req("R-TKT-008")
def test_whatever_changes_on_the_way_the_deadline_is_what_counting_every_minute_gives(steps, clock_at):
    """Pauses and new versions of policy and calendar at any time: a clock counts by what held when it started."""
    before = transaction.savepoint()
    try:
        clock_at.set(START)
        policy(working_seconds=20 * HOUR, ladder="")
        office()
        matter = Follower()
        for verb, minutes in steps:
            clock_at.advance(minutes=minutes)
            matter.play(verb, minutes)
            found = queries.of("ticket", [7])[7][-1]
            ended = [one for one in matter.pauses if one.began_at <= found.due_at]
            if found.breached_at is None and matter.stands is None:
                assert found.due_at == Counter(*matter.promised, matter.at, tuple(ended)).due()
    finally:
        transaction.savepoint_rollback(before)


def test_the_database_refuses_two_open_promises_of_a_kind():
    start()
    twin = Deadline.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError, match="sla_deadline_one_open"), transaction.atomic():
        twin.save(force_insert=True)


def test_the_database_refuses_a_deadline_with_two_measures():
    start()
    with pytest.raises(IntegrityError, match="sla_deadline_one_measure"), transaction.atomic():
        Deadline.objects.update(working_days=3)
