"""The end of a ticket: the customer's word, or documented attempts to get it, and nothing else."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import by, staff
from shouwen.customers.tests.factories import customer
from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.kit.testing import facts
from shouwen.notifications.models import Notification
from shouwen.responsibility import queries as responsible
from shouwen.sla import queries as sla
from shouwen.tickets import actions, queries
from shouwen.tickets.errors import (
    CancelRefused,
    CloseRefused,
    MoveRefused,
    NotInYourHands,
    NotYourMatter,
    TextNeeded,
    TicketNotFound,
    TicketOver,
)
from shouwen.tickets.models import ContactAttempt, Ticket

from .factories import as_customer, as_link, fang, fresh, kinds, leader, opened, resolved, taken, zhou

pytestmark = pytest.mark.django_db


def clocks(ticket: Ticket) -> list[tuple[str, str]]:
    return [(c.metric, c.state(clock.now())) for c in sla.of("ticket", [ticket.pk])[ticket.pk]]


def call(ticket: Ticket, outcome: str = "no_answer", **more) -> None:
    actions.record_contact_attempt(
        by=by(zhou()),
        number=ticket.number,
        channel="phone",
        outcome=outcome,  # type: ignore[arg-type]
        **more,
    )


@pytest.mark.parametrize("who", [as_customer, None])
def test_the_customers_yes_closes_the_ticket(who, clock_at):
    ticket = resolved()
    at = clock_at.advance(hours=3)
    actions.confirm(by=who() if who else as_link(ticket), number=ticket.number)
    after = fresh(ticket)
    assert (after.state, after.closed_reason, after.closed_at) == ("closed", "confirmed", at)
    assert after.followed_up_at == at
    assert responsible.of("ticket", [ticket.pk])[ticket.pk].closed_at == at
    assert clocks(ticket) == [("response", "met"), ("handling", "met"), ("feedback", "met")]
    told = Notification.objects.filter(template="tickets.confirmed").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted([fang().id, zhou().id])


def test_confirming_twice_closes_once():
    ticket = resolved()
    actions.confirm(by=as_customer(), number=ticket.number)
    actions.confirm(by=as_customer(), number=ticket.number)
    assert kinds(ticket) == ["open", "take", "resolve", "confirm"]
    assert len(facts("tickets.TicketClosed")) == 1
    assert AuditRow.objects.filter(verb="tickets.confirm").count() == 2


def test_what_has_no_answer_yet_cannot_be_confirmed():
    ticket = taken()
    with pytest.raises(MoveRefused):
        actions.confirm(by=as_customer(), number=ticket.number)


@pytest.mark.parametrize("kind", ["staff", "system"])
def test_nobody_confirms_for_the_customer(kind):
    ticket = resolved()
    with pytest.raises(NotYourMatter):
        actions.confirm(by=by(zhou()) if kind == "staff" else SYSTEM, number=ticket.number)
    assert fresh(ticket).state == "resolved"


def test_another_customer_and_another_link_find_nothing():
    ticket, other = resolved(), opened()
    stranger = as_customer(customer("李雯雯", "15400000001"))
    for who in (stranger, as_link(other), Principal(kind="visitor", id=1)):
        for verb in (actions.confirm, actions.reopen):
            with pytest.raises(TicketNotFound):
                verb(by=who, number=ticket.number)
    assert fresh(ticket).state == "resolved"


def test_staff_close_only_what_the_customer_agreed_to_when_reached():
    ticket = resolved()
    with pytest.raises(CloseRefused, match="0 of 3"):
        actions.close(by=by(zhou()), number=ticket.number)
    call(ticket, "reached", note="客户在忙")
    with pytest.raises(CloseRefused):
        actions.close(by=by(zhou()), number=ticket.number)
    call(ticket, "reached", note="客户确认已恢复", agreed=True)
    actions.close(by=by(zhou()), number=ticket.number)
    assert (fresh(ticket).state, fresh(ticket).closed_reason) == ("closed", "confirmed")


def test_a_customer_who_said_no_is_not_closed():
    ticket = resolved()
    call(ticket, "reached", agreed=True)
    call(ticket, "reached", agreed=False)
    with pytest.raises(CloseRefused):
        actions.close(by=by(zhou()), number=ticket.number)


def test_three_documented_failures_close_as_unreached_and_two_do_not():
    ticket = resolved()
    call(ticket)
    call(ticket, "failed")
    for verb in (actions.close, actions.close_unreached):
        with pytest.raises(CloseRefused, match="2 of 3"):
            verb(by=by(zhou()), number=ticket.number)
    call(ticket)
    actions.close(by=by(zhou()), number=ticket.number)
    assert (fresh(ticket).state, fresh(ticket).closed_reason) == ("closed", "unreached")
    assert queries.matter(ticket.number, by=as_customer()).timeline[0].text_zh == "3 次联系未果，按规定归档"


def test_failures_before_the_answer_or_before_he_was_reached_do_not_count():
    ticket = taken()
    for _ in range(3):
        call(ticket)
    clock_moves = fresh(ticket)
    assert clock_moves.state == "inProgress"
    ContactAttempt.objects.update(at=clock.now().replace(year=2025))
    actions.resolve(by=by(zhou()), number=ticket.number, answer="已恢复")
    call(ticket)
    call(ticket)
    call(ticket, "reached")
    call(ticket)
    with pytest.raises(CloseRefused, match="1 of 3"):
        actions.close_unreached(by=by(zhou()), number=ticket.number)


def test_reaching_the_customer_feeds_the_result_back_in_time():
    ticket = resolved()
    assert clocks(ticket)[-1] == ("feedback", "running")
    call(ticket, "reached")
    assert clocks(ticket)[-1] == ("feedback", "met")


def test_an_attempt_on_record_moves_the_next_one_on(clock_at):
    ticket = resolved()
    at = clock_at.advance(hours=5)
    call(ticket)
    assert responsible.of("ticket", [ticket.pk])[ticket.pk].next_contact_at == clock_at.advance(hours=22)
    assert at < clock.now()


def test_agreement_stands_only_beside_being_reached():
    ticket = resolved()
    call(ticket, "no_answer", agreed=True)
    assert ContactAttempt.objects.get().agreed is None


def test_an_unsatisfied_customer_reopens_and_the_work_has_a_new_clock(clock_at):
    """What the customer does not accept goes on, counted, with the owner it had."""
    ticket = resolved()
    at = clock_at.advance(hours=9)
    actions.reopen(by=as_customer(), number=ticket.number, reason="晚上又断了")
    after = fresh(ticket)
    assert (after.state, after.reopened_count, after.answer, after.delivered_at) == ("inProgress", 1, "", None)
    hand = responsible.of("ticket", [ticket.pk])[ticket.pk]
    assert (hand.owner_id, hand.handler_id, hand.waits_on) == (fang().id, zhou().id, "us")
    assert clocks(ticket)[-2:] == [("feedback", "met"), ("handling", "running")]
    assert sla.of("ticket", [ticket.pk])[ticket.pk][-1].started_at == at
    told = Notification.objects.filter(template="tickets.reopened").values_list("recipient_id", flat=True)
    assert sorted(told) == sorted([fang().id, zhou().id])


def test_a_second_press_on_reopen_is_refused_and_counts_once():
    ticket = resolved()
    actions.reopen(by=as_customer(), number=ticket.number)
    with pytest.raises(MoveRefused):
        actions.reopen(by=as_customer(), number=ticket.number)
    assert fresh(ticket).reopened_count == 1


def test_reopening_again_and_again_brings_it_before_the_leader_once():
    ticket = resolved()
    for _ in range(3):
        actions.reopen(by=as_customer(), number=ticket.number)
        actions.resolve(by=by(zhou()), number=ticket.number, answer="已重新处理")
    assert fresh(ticket).reopened_count == 3
    assert len(facts("tickets.TicketEscalated")) == 1
    assert Notification.objects.filter(template="tickets.reopened", recipient_id=leader().id).count() == 1


def test_staff_reopen_with_a_reason_when_it_is_in_their_hands():
    ticket = resolved()
    with pytest.raises(TextNeeded):
        actions.reopen(by=by(zhou()), number=ticket.number, reason=" ")
    bystander = by(staff("8041", name="何平", organisation=fang().organisation))
    with pytest.raises(NotInYourHands):
        actions.reopen(by=bystander, number=ticket.number, reason="客户来电")
    actions.reopen(by=by(zhou()), number=ticket.number, reason="客户来电表示仍断网")
    assert fresh(ticket).state == "inProgress"


def test_a_closed_ticket_is_not_reopened_but_followed_by_a_linked_one():
    ticket = resolved()
    actions.confirm(by=as_customer(), number=ticket.number)
    with pytest.raises(TicketOver, match="linked"):
        actions.reopen(by=as_customer(), number=ticket.number)
    successor = opened(as_customer(), linked_to=ticket.number)
    assert queries.detail(ticket.number, by=by(zhou())).links == [successor.number]


def test_withdrawing_needs_the_customers_documented_agreement():
    ticket = taken()
    with pytest.raises(TextNeeded):
        actions.cancel(by=by(zhou()), number=ticket.number, reason="")
    with pytest.raises(CancelRefused):
        actions.cancel(by=by(zhou()), number=ticket.number, reason="重复单")
    call(ticket, "reached", agreed=True, note="客户同意撤单")
    actions.cancel(by=by(zhou()), number=ticket.number, reason="客户已自行解决")
    after = fresh(ticket)
    assert (after.state, after.closed_reason) == ("cancelled", "withdrawn")
    assert clocks(ticket) == [("response", "met"), ("handling", "cancelled")]
    assert responsible.open_subjects("ticket") == []


def test_agreement_to_an_earlier_answer_withdraws_nothing_after_reopening(clock_at):
    ticket = resolved()
    call(ticket, "reached", agreed=True)
    clock_at.advance(minutes=1)
    actions.reopen(by=as_customer(), number=ticket.number)
    with pytest.raises(CancelRefused):
        actions.cancel(by=by(zhou()), number=ticket.number, reason="客户说好了")


def test_the_customer_withdraws_his_own_request():
    ticket = opened(as_customer())
    actions.cancel(by=as_customer(), number=ticket.number, reason="")
    assert fresh(ticket).state == "cancelled"


def test_an_answer_awaiting_confirmation_is_not_withdrawn():
    ticket = resolved()
    with pytest.raises(MoveRefused):
        actions.cancel(by=as_customer(), number=ticket.number, reason="")
