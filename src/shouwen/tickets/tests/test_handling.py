"""Working on tickets: taking, passing on, writing, resolving."""

from __future__ import annotations

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff
from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.testing import facts
from shouwen.notifications.models import Notification
from shouwen.responsibility import queries as responsible
from shouwen.responsibility.errors import AlreadyOwner, NotOfferedToYou
from shouwen.sla import queries as sla
from shouwen.tickets import actions, queries
from shouwen.tickets.errors import (
    AlreadyTaken,
    AnswerNeeded,
    MoveRefused,
    NotInYourHands,
    OtherBusiness,
    TextNeeded,
    TicketChanged,
    TicketOver,
)
from shouwen.tickets.models import KindPolicy, Ticket

from .factories import as_customer, fang, fresh, kinds, leader, opened, resolved, taken, zhou

pytestmark = pytest.mark.django_db


def hands(ticket: Ticket) -> tuple[int, int | None, int | None]:
    hand = responsible.of("ticket", [ticket.pk])[ticket.pk]
    return hand.owner_id, hand.handler_id, hand.offered_to_id


def clocks(ticket: Ticket) -> dict[str, str]:
    return {c.metric: c.state(clock.now()) for c in sla.of("ticket", [ticket.pk])[ticket.pk]}


def test_taking_begins_the_work_and_answers_the_customer_but_moves_no_owner(clock_at):
    ticket = opened()
    at = clock_at.advance(hours=1)
    actions.take(by=by(zhou()), number=ticket.number)
    after = fresh(ticket)
    assert (after.state, after.version, after.handled_at) == ("inProgress", 2, at)
    assert hands(ticket) == (fang().id, zhou().id, None)
    assert clocks(ticket) == {"response": "met", "handling": "running"}


def test_taking_ones_own_again_changes_nothing():
    ticket = taken()
    actions.take(by=by(zhou()), number=ticket.number)
    assert fresh(ticket).version == ticket.version
    assert kinds(ticket) == ["open", "take"]
    assert AuditRow.objects.filter(verb="tickets.take").count() == 2


def test_what_somebody_works_on_is_not_taken_from_him():
    ticket = taken()
    with pytest.raises(AlreadyTaken, match="周建平"):
        actions.take(by=by(fang()), number=ticket.number)
    assert hands(ticket) == (fang().id, zhou().id, None)


def test_what_somebody_left_behind_may_be_taken():
    ticket = taken()
    Staff.objects.filter(id=zhou().id).update(active=False)
    actions.take(by=by(fang()), number=ticket.number)
    assert hands(ticket) == (fang().id, fang().id, None)


def test_where_the_policy_says_so_the_owner_follows_the_work():
    KindPolicy.objects.filter(kind="fault").update(owner_rule="handler")
    assert hands(taken()) == (zhou().id, zhou().id, None)


def test_a_stale_version_is_refused_and_changes_nothing():
    ticket = taken()
    with pytest.raises(TicketChanged):
        actions.resolve(by=by(zhou()), number=ticket.number, answer="好了", version=ticket.version - 1)
    assert (fresh(ticket).state, fresh(ticket).version) == ("inProgress", ticket.version)


def test_passing_the_work_on_keeps_the_owner_and_tells_the_new_handler():
    ticket = taken()
    actions.assign(by=by(zhou()), number=ticket.number, to_id=leader().id)
    assert hands(ticket) == (fang().id, leader().id, None)
    assert Notification.objects.get(template="tickets.assigned").recipient_id == leader().id


def test_a_bystander_passes_nothing_on_and_a_leader_may():
    ticket = opened()
    with pytest.raises(PermissionRefused):
        actions.assign(by=by(zhou()), number=ticket.number, to_id=zhou().id)
    actions.assign(by=by(leader()), number=ticket.number, to_id=zhou().id)
    assert (fresh(ticket).state, hands(ticket)[1]) == ("inProgress", zhou().id)


def test_work_goes_only_to_a_seat_that_serves_the_business():
    seat = staff("8600", "specialist", business="mobile", name="林慧", organisation=fang().organisation)
    ticket = opened(category="network.broadband.los")
    with pytest.raises(OtherBusiness):
        actions.assign(by=by(leader()), number=ticket.number, to_id=seat.id)
    with pytest.raises(OtherBusiness):
        actions.offer_hand_over(by=by(fang()), number=ticket.number, to_id=seat.id)
    with pytest.raises(OtherBusiness):
        actions.take(by=by(seat), number=ticket.number)
    assert hands(ticket) == (fang().id, None, None)


def test_a_hand_over_moves_nothing_until_it_is_accepted():
    ticket = taken()
    actions.offer_hand_over(by=by(fang()), number=ticket.number, to_id=zhou().id)
    assert hands(ticket) == (fang().id, zhou().id, zhou().id)
    actions.accept_hand_over(by=by(zhou()), number=ticket.number)
    assert hands(ticket) == (zhou().id, zhou().id, None)
    assert queries.matter(ticket.number, by=as_customer()).timeline[0].text_zh == ("首问责任人变更：方以宁 → 周建平")


def test_a_declined_hand_over_leaves_the_owner_and_the_customer_hears_nothing():
    ticket = taken()
    actions.offer_hand_over(by=by(fang()), number=ticket.number, to_id=zhou().id)
    actions.decline_hand_over(by=by(zhou()), number=ticket.number)
    assert hands(ticket) == (fang().id, zhou().id, None)
    for name in ("tickets.HandOverOffered", "tickets.HandOverDeclined"):
        (fact,) = facts(name)
        assert f"customer:{ticket.customer_id}" not in fact["audience"]


def test_a_hand_over_is_accepted_or_declined_only_by_the_one_asked():
    ticket = taken()
    for verb in (actions.accept_hand_over, actions.decline_hand_over):
        with pytest.raises(NotOfferedToYou):
            verb(by=by(zhou()), number=ticket.number)
    with pytest.raises(AlreadyOwner):
        actions.offer_hand_over(by=by(fang()), number=ticket.number, to_id=fang().id)
    assert kinds(ticket) == ["open", "take"]


def test_a_note_stays_inside_unless_the_customer_is_to_read_it():
    ticket = taken()
    actions.note(by=by(zhou()), number=ticket.number, body="光功率 -31.6 dBm")
    actions.note(by=by(zhou()), number=ticket.number, body="师傅已出发", visible_to_customer=True)
    bodies = [line.body for line in queries.matter(ticket.number, by=as_customer()).timeline]
    assert "师傅已出发" in bodies
    assert "光功率 -31.6 dBm" not in bodies
    heard = [f"customer:{ticket.customer_id}" in fact["audience"] for fact in facts("tickets.TicketNoted")]
    assert heard == [False, True]


def test_what_the_customer_reads_is_written_by_those_who_have_it_in_hand():
    ticket = opened()
    with pytest.raises(NotInYourHands):
        actions.note(by=by(zhou()), number=ticket.number, body="马上好", visible_to_customer=True)
    with pytest.raises(TextNeeded):
        actions.note(by=by(zhou()), number=ticket.number, body="  ")


def test_resolving_stops_the_handling_clock_and_waits_for_the_customer_until_a_date(clock_at):
    ticket = taken()
    at = clock_at.advance(hours=5)
    actions.resolve(by=by(zhou()), number=ticket.number, answer="已更换尾纤。")
    after = fresh(ticket)
    assert (after.state, after.answer, after.delivered_at) == ("resolved", "已更换尾纤。", at)
    assert clocks(ticket) == {"response": "met", "handling": "met", "feedback": "running"}
    hand = responsible.of("ticket", [ticket.pk])[ticket.pk]
    assert (hand.waits_on, hand.next_contact_at) == ("customer", clock_at.advance(hours=22))
    sms = Notification.objects.get(template="tickets.resolved", channel="sms")
    assert (sms.recipient_kind, sms.recipient_id) == ("customer", ticket.customer_id)


def test_nothing_is_resolved_without_an_answer():
    ticket = taken()
    with pytest.raises(AnswerNeeded):
        actions.resolve(by=by(zhou()), number=ticket.number, answer=" \n")
    assert fresh(ticket).state == "inProgress"


def test_a_ticket_nobody_took_is_not_resolved():
    ticket = opened()
    with pytest.raises(MoveRefused, match="acknowledged"):
        actions.resolve(by=by(fang()), number=ticket.number, answer="好了")


def test_only_those_who_have_it_in_hand_resolve_it():
    ticket = opened()
    actions.take(by=by(fang()), number=ticket.number)
    with pytest.raises(NotInYourHands):
        actions.resolve(by=by(zhou()), number=ticket.number, answer="好了")
    actions.resolve(by=by(leader()), number=ticket.number, answer="好了")
    assert fresh(ticket).state == "resolved"


def test_somebody_without_the_permission_does_nothing_to_a_ticket():
    ticket = taken()
    reader = by(staff("8500", "quality", name="质检", organisation=fang().organisation))
    for verb, more in (
        (actions.take, {}),
        (actions.assign, {"to_id": 1}),
        (actions.note, {"body": "x"}),
        (actions.resolve, {"answer": "x"}),
        (actions.offer_hand_over, {"to_id": 1}),
        (actions.accept_hand_over, {}),
        (actions.decline_hand_over, {}),
        (actions.wait_for_customer, {"question": "x"}),
        (actions.hold, {"reason": "x", "next_contact_at": clock.now()}),
        (actions.resume, {}),
        (actions.record_contact_attempt, {"channel": "phone", "outcome": "reached"}),
        (actions.close, {}),
        (actions.close_unreached, {}),
        (actions.reopen, {"reason": "x"}),
        (actions.cancel, {"reason": "x"}),
    ):
        with pytest.raises(PermissionRefused):
            verb(by=reader, number=ticket.number, **more)
    assert kinds(ticket) == ["open", "take"]


def test_a_closed_ticket_never_changes():
    ticket = resolved()
    actions.confirm(by=as_customer(), number=ticket.number)
    version = fresh(ticket).version
    for verb, more in (
        (actions.take, {}),
        (actions.assign, {"to_id": fang().id}),
        (actions.note, {"body": "x"}),
        (actions.resolve, {"answer": "x"}),
        (actions.offer_hand_over, {"to_id": zhou().id}),
        (actions.accept_hand_over, {}),
        (actions.decline_hand_over, {}),
        (actions.wait_for_customer, {"question": "x"}),
        (actions.resume, {}),
        (actions.record_contact_attempt, {"channel": "phone", "outcome": "reached"}),
        (actions.close, {}),
        (actions.close_unreached, {}),
        (actions.reopen, {"reason": "x"}),
        (actions.cancel, {"reason": "x"}),
    ):
        with pytest.raises(TicketOver):
            verb(by=by(zhou()), number=ticket.number, **more)
    assert fresh(ticket).version == version
