"""What happens by itself: silent customers are tried and closed by the policy, late tickets reach the leader."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, organisation, staff
from shouwen.kit import clock
from shouwen.kit.testing import deliver, facts
from shouwen.notifications.models import Notification
from shouwen.responsibility import queries as responsible
from shouwen.sla import jobs as sla
from shouwen.sla.queries import of as clocks_of
from shouwen.sla.tests.factories import ladder, policy
from shouwen.tickets import actions, jobs
from shouwen.tickets.models import ContactAttempt, KindPolicy, Ticket, TicketEntry

from .factories import as_customer, fang, fresh, kinds, leader, opened, resolved, taken, zhou

pytestmark = pytest.mark.django_db


def live_until(clock_at, hours: int) -> None:
    """Let time pass as the worker does: sweep, deliver, follow up, every hour."""
    for _ in range(hours):
        at = clock_at.advance(hours=1)
        sla.sweep(at)
        deliver()
        jobs.follow_up(at)
        deliver()


def outcomes(ticket: Ticket) -> list[str]:
    return list(ContactAttempt.objects.filter(ticket=ticket).order_by("id").values_list("outcome", flat=True))


def test_a_silent_customer_is_tried_three_times_and_then_closed_as_unreached(clock_at):
    """No word from the customer: three documented attempts a policy's gap apart, then closed, then told."""
    ticket = resolved()
    live_until(clock_at, 21)
    assert outcomes(ticket) == []
    live_until(clock_at, 1)
    assert outcomes(ticket) == ["awaiting"]
    live_until(clock_at, 22)
    assert outcomes(ticket) == ["no_answer", "awaiting"]
    live_until(clock_at, 43)
    assert (fresh(ticket).state, outcomes(ticket)) == ("resolved", ["no_answer", "no_answer", "awaiting"])
    live_until(clock_at, 1)
    after = fresh(ticket)
    assert (after.state, after.closed_reason) == ("closed", "unreached")
    assert outcomes(ticket) == ["no_answer"] * 3
    assert kinds(ticket)[2:] == ["resolve", "contact", "contact", "contact", "close_unreached"]
    assert Notification.objects.filter(template="tickets.follow_up", channel="sms").count() == 3
    assert Notification.objects.filter(template="tickets.closed_unreached", channel="sms").count() == 1


def test_the_result_is_fed_back_in_time_to_a_customer_who_stays_silent(clock_at):
    ticket = resolved()
    live_until(clock_at, 24 * 5)
    feedback = clocks_of("ticket", [ticket.pk])[ticket.pk][-1]
    assert (feedback.metric, feedback.breached_at) == ("feedback", None)
    assert facts("tickets.TicketEscalated") == []


def test_attempts_and_gap_follow_the_policy_of_the_kind(clock_at):
    KindPolicy.objects.filter(kind="fault").update(attempts_required=1, attempt_gap_hours=2)
    ticket = resolved()
    live_until(clock_at, 4)
    assert (fresh(ticket).state, outcomes(ticket)) == ("closed", ["no_answer"])


def test_a_word_from_the_customer_between_two_attempts_ends_the_attempts(clock_at):
    ticket = resolved()
    live_until(clock_at, 30)
    actions.reopen(by=as_customer(), number=ticket.number, reason="没好")
    live_until(clock_at, 60)
    assert (fresh(ticket).state, outcomes(ticket)) == ("inProgress", ["reached"])


def test_following_up_twice_does_it_once(clock_at):
    ticket = resolved()
    at = clock_at.advance(hours=22)
    assert jobs.follow_up(at) == 1
    assert jobs.follow_up(at) == 0
    assert actions.follow_up(ticket_id=ticket.pk) is False
    assert outcomes(ticket) == ["awaiting"]


def test_a_question_nobody_answers_comes_back_to_us_and_is_not_closed(clock_at):
    ticket = taken()
    actions.wait_for_customer(by=by(zhou()), number=ticket.number, question="何时在家？")
    live_until(clock_at, 22 * 3)
    after = fresh(ticket)
    assert (after.state, after.question) == ("inProgress", "")
    assert outcomes(ticket) == ["no_answer"] * 3
    hand = responsible.of("ticket", [ticket.pk])[ticket.pk]
    assert (hand.waits_on, hand.next_contact_at) == ("us", None)
    assert Notification.objects.filter(template="tickets.question", channel="sms").count() == 3
    assert facts("sla.DeadlineBreached") == []


def test_a_held_ticket_comes_back_at_its_date(clock_at):
    ticket = taken()
    until = clock.now() + timedelta(hours=6)
    actions.hold(by=by(zhou()), number=ticket.number, reason="等待抢修", next_contact_at=until)
    live_until(clock_at, 5)
    assert fresh(ticket).state == "held"
    live_until(clock_at, 1)
    assert fresh(ticket).state == "inProgress"
    assert Notification.objects.filter(template="tickets.assigned", recipient_id=zhou().id).count() == 1


def test_one_failure_holds_no_other_ticket_up(clock_at):
    first, second = resolved(), resolved()
    at = clock_at.advance(hours=22)
    follow_up = actions.follow_up

    def broken(*, ticket_id: int) -> bool:
        if ticket_id == first.pk:
            raise RuntimeError("no line")
        return follow_up(ticket_id=ticket_id)

    with patch.object(actions, "follow_up", broken):
        assert jobs.follow_up(at) == 1
    assert (outcomes(first), outcomes(second)) == ([], ["awaiting"])
    assert jobs.follow_up(at) == 1


def test_a_missed_response_brings_the_ticket_before_the_duty_leader_once(clock_at):
    """Respond within 48 hours: the alarm goes to owner and duty leader the moment it is missed, and once."""
    policy("fault.handling", conditions={"kind": ["fault"]}, seconds=900 * 3600)
    ticket = opened()
    live_until(clock_at, 48)
    assert fresh(ticket).escalated_at is None
    live_until(clock_at, 20)
    after = fresh(ticket)
    assert (after.escalated_to, kinds(ticket)) == ("duty_leader", ["open", "escalate"])
    told = Notification.objects.filter(template="sla.breached")
    assert sorted(told.values_list("recipient_id", flat=True)) == sorted([fang().id, leader().id])
    (fact,) = facts("tickets.TicketEscalated")
    assert f"customer:{ticket.customer_id}" not in fact["audience"]


def test_before_a_promise_is_missed_those_who_hold_it_are_warned(clock_at):
    """Half of the handling time: the handler hears; four fifths, in the night: he and the owner in the morning."""
    ticket = taken(area="rural")
    live_until(clock_at, 58)
    told = Notification.objects.filter(template="sla.warned", params__what=f"{ticket.number} 处理").order_by("id")
    assert list(told.values_list("params__percent", "recipient_id")) == [
        ("50", zhou().id),
        *[("80", staff_id) for staff_id in sorted([fang().id, zhou().id])],
    ]


def at_night(clock_at) -> None:
    clock_at.set(clock_at.now().replace(hour=23))


def test_a_breach_at_night_is_told_in_the_morning_and_the_ticket_is_before_the_leader_at_once(clock_at):
    at_night(clock_at)
    policy("fault.handling", conditions={"kind": ["fault"]}, seconds=3600)
    ticket = opened()
    live_until(clock_at, 2)
    assert fresh(ticket).escalated_to == "duty_leader"
    assert not Notification.objects.filter(template__startswith="sla.").exists()
    live_until(clock_at, 8)
    told = Notification.objects.filter(template="sla.breached").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted([fang().id, leader().id])


def test_a_ladder_reaches_the_holders_of_a_role_named_people_and_who_covers_somebody_away(clock_at):
    chief = staff("8301", "shift_leader", name="班长")
    expert = staff("8302", "quality", name="专家", organisation=organisation("南京"))
    policy("fault.handling", conditions={"kind": ["fault"]}, seconds=3600)
    ladder((50, ["role:shift_leader", "staff:8302", "handler"], False))
    taken()
    Staff.objects.filter(id=zhou().id).update(active=False, covered_by=leader())
    live_until(clock_at, 1)
    told = Notification.objects.filter(template="sla.warned").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted([chief.id, expert.id, leader().id])


def test_a_pause_that_lasts_too_long_is_noted_and_those_who_hold_the_ticket_hear(clock_at):
    pauses = [{"reason": "customer", "limit_hours": 5}]
    policy("fault.handling", conditions={"kind": ["fault"]}, pauses=pauses)
    ticket = taken()
    actions.wait_for_customer(by=by(zhou()), number=ticket.number, question="何时方便？")
    live_until(clock_at, 6)
    assert kinds(ticket)[-1] == "clock_runs_on"
    (line,) = TicketEntry.objects.filter(ticket=ticket, kind="clock_runs_on")
    assert line.text_zh == "「等待用户」已到暂停上限，处理时限继续计算"
    told = Notification.objects.filter(template="sla.runs_on").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted([fang().id, zhou().id])
    assert fresh(ticket).state == "pending"


def test_news_about_a_ticket_that_is_over_moves_nothing(clock_at):
    ticket = resolved()
    actions.confirm(by=as_customer(), number=ticket.number)
    version = fresh(ticket).version
    assert actions.escalate(ticket_id=ticket.pk, metric="handling") is False
    actions.tell(ticket_id=ticket.pk, metric="handling", percent=80, to=["owner"])
    actions.run_on(ticket_id=ticket.pk, metric="handling", reason="customer")
    assert fresh(ticket).version == version
    assert not Notification.objects.filter(template__startswith="sla.").exists()
