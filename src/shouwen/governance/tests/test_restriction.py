"""Restriction holds: what is over with a restricted customer is for the legal role alone, and each look is noted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff_client
from shouwen.customers import actions as customers
from shouwen.customers.models import Customer
from shouwen.interactions import exports as export
from shouwen.interactions import queries as interactions
from shouwen.kit.models import AuditRow
from shouwen.messaging import actions as messaging
from shouwen.messaging.tests import scene
from shouwen.tickets import actions as tickets
from shouwen.tickets import queries
from shouwen.tickets.models import Ticket
from shouwen.tickets.tests import factories as centre

SEEN = "customers.restricted.view"


def over() -> Ticket:
    """Return a ticket that is closed."""
    ticket = centre.resolved()
    tickets.confirm(by=centre.as_customer(Customer.objects.get(id=ticket.customer_id)), number=ticket.number)
    return centre.fresh(ticket)


def locked(customer_id: int) -> None:
    customers.restrict(by=by(centre.leader()), customer_id=customer_id, reason="客户要求限制处理")


def exported(row: Staff) -> tuple[int, int]:
    """Return how many contacts an export of the day says there are, and gives."""
    one = replace(by(row), permissions=frozenset({"interactions.view-all"}))
    wanted = export.check(one, {})
    return export.Contacts().count(one, wanted), len(list(export.Contacts().read(one, wanted)))


def looks() -> list[tuple[str, dict[str, str]]]:
    return list(AuditRow.objects.filter(verb=SEEN).order_by("id").values_list("principal", "details"))


@pytest.mark.django_db
def test_a_closed_ticket_is_gone_from_list_search_and_page() -> None:
    ticket = over()
    fang = staff_client(centre.fang())
    assert [one["number"] for one in fang.get("/api/tickets").json()["items"]] == [ticket.number]
    locked(ticket.customer_id)
    for query in ({}, {"q": ticket.number}, {"state": "closed"}, {"box": "owned"}):
        assert fang.get("/api/tickets", **query).json()["items"] == []
    refused = [fang.get(f"/api/tickets/{ticket.number}{rest}").status_code for rest in ("", "/history", "/deadlines")]
    assert refused == [404, 404, 404]
    assert queries.count(by=by(centre.fang())) == 0
    assert looks() == []


@pytest.mark.django_db
def test_the_legal_role_sees_it_and_each_look_is_on_record() -> None:
    ticket = over()
    locked(ticket.customer_id)
    leader = staff_client(centre.leader())
    assert [one["number"] for one in leader.get("/api/tickets").json()["items"]] == [ticket.number]
    assert leader.get(f"/api/tickets/{ticket.number}").json()["customer"]["name"] == "***"
    assert looks() == [(by(centre.leader()).key, {"ticket": ticket.number})]


@pytest.mark.django_db
def test_what_is_still_open_goes_on_with_whoever_handles_it() -> None:
    ticket = centre.taken()
    locked(ticket.customer_id)
    zhou = staff_client(centre.zhou())
    assert zhou.get(f"/api/tickets/{ticket.number}").status_code == 200
    tickets.resolve(by=by(centre.zhou()), number=ticket.number, answer="已更换尾纤，光功率恢复。")


@pytest.mark.django_db
def test_lifted_it_is_there_again() -> None:
    ticket = over()
    locked(ticket.customer_id)
    customers.lift_restriction(by=by(centre.leader()), customer_id=ticket.customer_id, reason="客户要求解除")
    assert staff_client(centre.fang()).get(f"/api/tickets/{ticket.number}").status_code == 200


@pytest.mark.django_db
def test_the_customer_himself_keeps_seeing_his_own() -> None:
    ticket = over()
    locked(ticket.customer_id)
    assert centre.by_number(centre.as_customer(Customer.objects.get(id=ticket.customer_id)), ticket.number) == ticket


@pytest.mark.django_db(transaction=True)
def test_a_closed_conversation_is_gone_too() -> None:
    scene.open_house()
    fang, chen = scene.agent("8021"), scene.customer()
    talk = scene.served(fang, chen)
    messaging.end(by=by(fang), interaction_id=talk)
    scene.noted(fang, talk)
    messaging.complete(by=by(fang), interaction_id=talk)
    page = f"/api/desk/conversations/{interactions.conversation(talk).public_id}"
    client, leader = staff_client(fang), staff_client(centre.leader())
    ended = "/api/desk/inbox"
    assert client.get(page).status_code == 200
    assert (len(client.get(ended, box="ended").json()["items"]), exported(fang)) == (1, (1, 1))
    locked(chen.id)
    assert [client.get(page).status_code, client.get(f"{page}/messages").status_code] == [404, 404]
    shut = client.get(ended, box="ended").json()
    assert (shut["items"], shut["ended"], exported(fang)) == ([], 0, (0, 0))
    assert leader.get(page).status_code == 200
    assert [details["conversation"] for _, details in looks()] == [page.rpartition("/")[2]]
