"""Accepting requests."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.customers.errors import CustomerNotFound
from shouwen.customers.models import TimelineEntry
from shouwen.customers.tests.factories import customer
from shouwen.interactions import actions as interactions
from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.kit.testing import facts
from shouwen.notifications.models import Notification
from shouwen.responsibility import actions as responsibility
from shouwen.responsibility import queries as responsible
from shouwen.routing.errors import QueueNotFound
from shouwen.sla import queries as sla
from shouwen.tickets import actions
from shouwen.tickets.errors import (
    CategoryInvalid,
    KindInvalid,
    NotYourMatter,
    OtherBusiness,
    TextNeeded,
    TicketNotFound,
)
from shouwen.tickets.models import Category, Ticket

from .factories import as_customer, as_link, by_number, chen, fang, kinds, leader, opened, queue, zhou

pytestmark = pytest.mark.django_db


def hands(ticket: Ticket) -> responsible.Responsibility:
    return responsible.of("ticket", [ticket.pk])[ticket.pk]


def test_the_agent_who_is_asked_first_owns_the_ticket_and_the_queue_has_it():
    ticket = opened()
    hand = hands(ticket)
    assert (hand.owner_id, hand.handler_id, hand.waits_on) == (fang().id, None, "us")
    assert hand.answered_at == clock.now()
    assert (ticket.state, ticket.version, ticket.queue_code) == ("acknowledged", 1, "back_office")
    assert ticket.number == f"GD20261123-{ticket.number[-6:]}"


def test_a_customers_own_request_belongs_to_the_duty_leader_until_somebody_takes_it():
    ticket = opened(as_customer(), category="")
    assert hands(ticket).owner_id == leader().id
    actions.take(by=by(zhou()), number=ticket.number)
    assert (hands(ticket).owner_id, hands(ticket).handler_id) == (zhou().id, zhou().id)


def test_staff_open_tickets_for_customers_they_may_see_only():
    queue()
    far = customer("远方", phone="15400006699", organisation=organisation("南京"))
    key = customer("省政府", phone="15400006698", kind="gov_ent", organisation=fang().organisation)
    client = staff_client(fang())
    asked = {"kind": "fault", "title": "断网", "description": "断网"}
    refusals = [client.post("/api/tickets", {**asked, "customer_id": row.pk}).status_code for row in (far, key)]
    assert (refusals, Ticket.objects.count()) == ([404, 403], 0)


def test_response_and_handling_run_from_the_first_moment():
    clocks = sla.of("ticket", [opened(area="rural").pk])
    (found,) = clocks.values()
    due = {c.metric: c.due_at - clock.now() for c in found}
    assert due == {"response": timedelta(hours=48), "handling": timedelta(hours=72)}


def test_opening_leaves_all_its_traces():
    ticket = opened()
    assert kinds(ticket) == ["open"]
    (fact,) = facts("tickets.TicketOpened")
    assert fact["payload"] == {
        "ticket_id": ticket.pk,
        "number": ticket.number,
        "kind": "fault",
        "state": "acknowledged",
        "version": 1,
    }
    assert set(fact["audience"]) == {
        f"staff:{fang().id}",
        f"org:{ticket.organisation_id}",
        "queue:back_office",
        f"customer:{chen().pk}",
    }
    assert AuditRow.objects.filter(verb="tickets.open", subject_id=ticket.pk).count() == 1
    assert TimelineEntry.objects.get(subject="ticket").line_zh == f"工单 {ticket.number}：故障已受理"
    told = Notification.objects.filter(template="tickets.opened").values_list("channel", flat=True)
    assert sorted(told) == ["inapp", "sms"]


def test_the_owner_of_the_conversation_owns_the_ticket_that_comes_out_of_it(clock_at):
    at = clock.now()
    queue()
    conversation = interactions.open(
        medium="web_chat",
        contact_mode="direct_manual",
        direction="inbound",
        customer_id=chen().pk,
        visitor_id=None,
        topic="宽带",
        queue_code="back_office",
        by=as_customer(),
        at=at,
    )
    responsibility.open(
        subject="conversation", subject_id=conversation, owner_id=leader().id, customer_id=chen().pk, by=SYSTEM
    )
    responsibility.assume(subject="conversation", subject_id=conversation, staff_id=fang().id, by=by(fang()))
    clock_at.advance(minutes=7)
    ticket = opened(by(zhou()), interaction_id=conversation)
    assert hands(ticket).owner_id == fang().id
    assert (ticket.accessed_at, ticket.accepted_at) == (at, clock.now())


def test_without_a_category_a_kind_has_its_own():
    assert opened(category="", kind="suggestion").category.code == "other.suggestion"


def test_the_queue_of_a_category_serves_what_is_below_it():
    queue()
    queue("repair", general=False)
    actions.route_category(by=SYSTEM, code="network.broadband", queue_code="repair")
    assert opened(category="network.broadband.los").queue_code == "repair"
    assert opened(category="network.sms.delayed").queue_code == "back_office"
    Category.objects.update(queue_code="")


def test_a_ticket_may_follow_another():
    first = opened()
    assert opened(linked_to=first.number).linked_to == first


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"kind": "wish"}, KindInvalid),
        ({"urgency": "now"}, KindInvalid),
        ({"category": "network"}, CategoryInvalid),
        ({"category": "moon"}, CategoryInvalid),
        ({"title": "  "}, TextNeeded),
        ({"queue_code": "moon"}, QueueNotFound),
        ({"linked_to": "GD20200101-000001"}, TicketNotFound),
        ({"customer_id": 999_999}, CustomerNotFound),
    ],
)
def test_what_cannot_be_accepted_leaves_nothing_behind(fields, refusal):
    with pytest.raises(refusal):
        opened(**fields)
    assert not Ticket.objects.exists()
    assert facts("tickets.TicketOpened") == []


def test_staff_without_the_permission_open_nothing():
    with pytest.raises(PermissionRefused):
        opened(by(staff("8500", "quality", name="质检")))


@pytest.mark.parametrize("kind", ["customer", "visitor", "link"])
def test_nobody_opens_a_ticket_in_anothers_name(kind):
    with pytest.raises(NotYourMatter):
        opened(Principal(kind=kind, id=chen().pk + 1))


def test_a_specialist_opens_only_what_his_seat_serves():
    seat = by(staff("8600", "specialist", business="mobile", name="林慧"))
    with pytest.raises(OtherBusiness):
        opened(seat, category="network.broadband.los")
    assert opened(seat, category="network.data.slow").category.business == "mobile"
    assert opened(seat, category="tariff.plan").category.business == ""


def test_tickets_of_another_city_are_not_found():
    ticket = opened()
    stranger = by(staff("8700", organisation=organisation("无锡"), name="外地"))
    with pytest.raises(TicketNotFound):
        actions.note(by=stranger, number=ticket.number, body="看一眼")
    assert kinds(ticket) == ["open"]


def test_the_holder_of_a_link_sees_that_one_ticket():
    ticket, other = opened(), opened()
    assert by_number(as_link(ticket), ticket.number) == ticket
    assert by_number(as_link(ticket), other.number) is None


def test_the_database_refuses_a_closed_ticket_without_an_answer():
    ticket = opened()
    for changes in ({"state": "closed"}, {"state": "resolved"}, {"state": "pending"}, {"state": "moon"}):
        with pytest.raises(IntegrityError, match="tickets_ticket_"), transaction.atomic():
            Ticket.objects.filter(id=ticket.pk).update(**changes)


def test_the_database_refuses_a_journey_that_runs_backwards():
    ticket = opened()
    with pytest.raises(IntegrityError, match="tickets_ticket_journey"), transaction.atomic():
        Ticket.objects.filter(id=ticket.pk).update(handled_at=clock.now() - timedelta(days=1))
