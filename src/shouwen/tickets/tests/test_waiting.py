"""Waiting on the customer stops the clocks; waiting on anybody else does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shouwen.accounts.tests.factories import by
from shouwen.kit import clock
from shouwen.kit.testing import facts
from shouwen.notifications.models import Notification
from shouwen.responsibility import queries as responsible
from shouwen.responsibility.errors import DateNeeded
from shouwen.sla import queries as sla
from shouwen.tickets import actions, queries
from shouwen.tickets.errors import HoldReasonInvalid, MoveRefused, NotYourMatter, TextNeeded, UrgedAlready
from shouwen.tickets.models import ContactAttempt, Ticket, TicketEntry

from .factories import as_customer, as_link, fang, fresh, kinds, opened, resolved, taken, zhou

pytestmark = pytest.mark.django_db


def handling(ticket: Ticket) -> sla.Clock:
    return next(c for c in sla.of("ticket", [ticket.pk])[ticket.pk] if c.metric == "handling")


def waits_on(ticket: Ticket) -> str:
    return responsible.of("ticket", [ticket.pk])[ticket.pk].waits_on


def ask(ticket: Ticket, **more) -> None:
    actions.wait_for_customer(by=by(zhou()), number=ticket.number, question="请问光猫型号？", **more)


def test_the_clocks_stand_only_while_the_customer_is_asked_with_the_contact_on_record(clock_at):
    """Handling within 72 hours, not counting the time a question waits for the customer's answer."""
    ticket = taken()
    due_at = handling(ticket).due_at
    clock_at.advance(hours=10)
    ask(ticket)
    assert handling(ticket).state(clock.now()) == "paused"
    assert ContactAttempt.objects.get(ticket=ticket).outcome == "awaiting"
    assert (fresh(ticket).state, waits_on(ticket)) == ("pending", "customer")
    assert queries.matter(ticket.number, by=as_customer()).question == "请问光猫型号？"
    clock_at.advance(hours=20)
    actions.supplement(by=as_customer(), number=ticket.number, body="型号 HG8145")
    assert (fresh(ticket).state, fresh(ticket).question, waits_on(ticket)) == ("inProgress", "", "us")
    assert handling(ticket).due_at == due_at + timedelta(hours=20)
    assert ContactAttempt.objects.get(ticket=ticket).outcome == "reached"


def test_an_answer_by_telephone_lets_the_work_go_on_too(clock_at):
    ticket = taken()
    ask(ticket)
    clock_at.advance(hours=1)
    actions.resume(by=by(zhou()), number=ticket.number)
    assert (fresh(ticket).state, handling(ticket).state(clock.now())) == ("inProgress", "running")


def test_waiting_on_a_third_party_stops_no_clock(clock_at):
    ticket = taken()
    due_at = handling(ticket).due_at
    until = clock.now() + timedelta(hours=8)
    actions.hold(by=by(zhou()), number=ticket.number, reason="等待光缆抢修", next_contact_at=until)
    assert (fresh(ticket).state, waits_on(ticket)) == ("held", "third_party")
    clock_at.advance(hours=8)
    assert handling(ticket).state(clock.now()) == "running"
    actions.resume(by=by(zhou()), number=ticket.number)
    assert (handling(ticket).due_at, waits_on(ticket)) == (due_at, "us")
    assert "等待光缆抢修" not in [line.body for line in queries.matter(ticket.number, by=as_customer()).timeline]


def test_a_question_and_a_reason_have_words_and_a_date_to_come():
    ticket = taken()
    with pytest.raises(TextNeeded):
        actions.wait_for_customer(by=by(zhou()), number=ticket.number, question=" ")
    with pytest.raises(TextNeeded):
        actions.hold(by=by(zhou()), number=ticket.number, reason="", next_contact_at=clock.now())
    with pytest.raises(DateNeeded):
        ask(ticket, next_contact_at=clock.now() - timedelta(hours=1))
    with pytest.raises(DateNeeded):
        actions.hold(by=by(zhou()), number=ticket.number, reason="等", next_contact_at=clock.now())
    assert (fresh(ticket).state, handling(ticket).state(clock.now())) == ("inProgress", "running")
    assert not ContactAttempt.objects.exists()


def test_nothing_waits_before_somebody_has_taken_it():
    ticket = opened()
    with pytest.raises(MoveRefused):
        actions.wait_for_customer(by=by(fang()), number=ticket.number, question="?")
    with pytest.raises(MoveRefused):
        actions.resume(by=by(fang()), number=ticket.number)


def test_a_ticket_may_be_resolved_while_it_waits(clock_at):
    ticket = taken()
    ask(ticket)
    clock_at.advance(hours=100)
    actions.resolve(by=by(zhou()), number=ticket.number, answer="客户来电告知已恢复。")
    assert (fresh(ticket).state, fresh(ticket).question) == ("resolved", "")
    assert facts("sla.DeadlineBreached") == []


def test_urging_tells_owner_and_handler_at_once_and_not_twice_in_ten_minutes(clock_at):
    ticket = taken()
    actions.urge(by=as_customer(), number=ticket.number)
    told = Notification.objects.filter(template="tickets.urged").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted([fang().id, zhou().id])
    with pytest.raises(UrgedAlready, match="10 minutes"):
        actions.urge(by=as_customer(), number=ticket.number)
    clock_at.advance(minutes=11)
    actions.urge(by=as_customer(), number=ticket.number)
    assert kinds(ticket) == ["open", "take", "urge", "urge"]


def test_a_supplement_while_we_work_moves_nothing():
    ticket = taken()
    actions.supplement(by=as_link(ticket), number=ticket.number, body="现在灯灭了")
    assert (fresh(ticket).state, fresh(ticket).version) == ("inProgress", ticket.version + 1)


def test_an_empty_supplement_is_refused():
    ticket = taken()
    with pytest.raises(TextNeeded):
        actions.supplement(by=as_customer(), number=ticket.number, body="  ")


def test_only_the_customer_urges_and_supplements():
    ticket = taken()
    with pytest.raises(NotYourMatter):
        actions.urge(by=by(zhou()), number=ticket.number)
    with pytest.raises(NotYourMatter):
        actions.supplement(by=by(zhou()), number=ticket.number, body="x")


def test_what_is_answered_is_confirmed_or_reopened_not_urged():
    ticket = resolved()
    with pytest.raises(MoveRefused):
        actions.urge(by=as_customer(), number=ticket.number)
    with pytest.raises(MoveRefused):
        actions.supplement(by=as_customer(), number=ticket.number, body="x")


@pytest.mark.req("R-TKT-035")
def test_force_majeure_stops_the_clock_up_to_its_limit_and_the_customer_is_told(clock_at):
    """Force majeure: the reason is on record, and so is the notice to the customer; a third party stops no clock."""
    stopped, running = taken(), taken()
    until = clock_at.now() + timedelta(days=8)
    for ticket, because in ((stopped, "force_majeure"), (running, "third_party")):
        actions.hold(
            by=by(zhou()), number=ticket.number, reason="台风，道路中断", next_contact_at=until, because=because
        )
    assert handling(stopped).pause_ends_at == clock_at.now() + timedelta(hours=168)
    assert handling(running).paused_at is None
    told = Notification.objects.filter(template="tickets.force_majeure", channel="sms")
    assert list(told.values_list("recipient_id", "subject_id")) == [(stopped.customer_id, stopped.pk)]
    assert TicketEntry.objects.get(ticket=stopped, kind="hold").text_zh == "挂起：不可抗力"


def test_a_hold_for_any_other_reason_is_refused():
    ticket = taken()
    until = clock.now() + timedelta(days=1)
    with pytest.raises(HoldReasonInvalid):
        actions.hold(by=by(zhou()), number=ticket.number, reason="休假", next_contact_at=until, because="holiday")
