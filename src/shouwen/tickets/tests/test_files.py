"""Files of a ticket: added by whoever works on it or by the customer, seen by whom they are meant for."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from shouwen.accounts.tests.factories import by, staff_client
from shouwen.customers.tests.factories import customer_client
from shouwen.kit import clock
from shouwen.kit.models import LegalHold, StoredFile
from shouwen.kit.privacy import forecast, sweep
from shouwen.kit.testing import ApiClient, facts
from shouwen.tickets import actions
from shouwen.tickets.models import Ticket, TicketEntry, TicketFile

from .factories import as_customer, as_link, chen, fang, kinds, opened, queue, resolved, taken, zhou

pytestmark = pytest.mark.django_db


def uploaded(client: ApiClient, name: str = "光猫.txt", door: str = "/api/files") -> str:
    """Upload a small file and return its id."""
    answer = client.upload(door, f"LOS {name}".encode(), name=name)
    assert answer.status_code == 201
    return str(answer.json()["id"])


def shown(client: ApiClient, ticket: Ticket, door: str = "/api/tickets") -> list[str]:
    """Return the names of the files somebody sees."""
    return [file["name"] for file in client.get(f"{door}/{ticket.number}/files").json()["items"]]


def add(client: ApiClient, ticket: Ticket, *ids: str, **more: Any) -> Any:
    return client.post(f"/api/tickets/{ticket.number}/files", {"files": list(ids), **more})


def test_what_the_customer_hands_in_comes_with_his_matter_and_opens_for_who_works_on_it():
    queue()
    chens = customer_client(chen())
    body = {
        "kind": "fault",
        "title": "断网",
        "description": "光猫红灯",
        "files": [uploaded(chens, "红灯.txt", "/api/portal/files")],
    }
    number = chens.post("/api/portal/matters", body).json()["number"]
    ticket = Ticket.objects.get(number=number)
    zhous = staff_client(zhou())
    (file,) = zhous.get(f"/api/tickets/{number}/files").json()["items"]
    assert (file["name"], file["by_customer"], file["visible_to_customer"]) == ("红灯.txt", True, True)
    assert b"".join(zhous.get(file["url"])) == "LOS 红灯.txt".encode()
    assert shown(chens, ticket, "/api/portal/matters") == ["红灯.txt"]
    assert StoredFile.objects.get().subject == "ticket"


def test_what_staff_add_is_for_staff_unless_they_say_otherwise():
    ticket = taken()
    zhous, chens = staff_client(zhou()), customer_client(chen())
    assert add(zhous, ticket, uploaded(zhous, "内部.txt")).status_code == 200
    assert add(zhous, ticket, uploaded(zhous, "结果.txt"), visible_to_customer=True).status_code == 200
    assert shown(zhous, ticket) == ["内部.txt", "结果.txt"]
    assert shown(chens, ticket, "/api/portal/matters") == ["结果.txt"]
    assert kinds(ticket)[-2:] == ["file", "file"]
    heard = [f"customer:{chen().pk}" in fact["audience"] for fact in facts("tickets.TicketFilesAdded")]
    assert heard == [False, True]


def test_a_customer_adds_files_with_what_he_tells_us():
    ticket = taken()
    chens = customer_client(chen())
    files = [uploaded(chens, "二.txt", "/api/portal/files")]
    sent = chens.post(f"/api/portal/matters/{ticket.number}/supplement", {"body": "又断了", "files": files})
    assert sent.status_code == 200
    assert shown(chens, ticket, "/api/portal/matters") == ["二.txt"]


def test_pressed_twice_a_file_is_added_once():
    ticket = taken()
    zhous = staff_client(zhou())
    body = {"files": [uploaded(zhous)]}
    for _ in range(2):
        assert zhous.post(f"/api/tickets/{ticket.number}/files", body, key="press-0001").status_code == 200
    assert len(shown(zhous, ticket)) == 1
    assert kinds(ticket).count("file") == 1


def test_another_customer_and_the_holder_of_a_link_see_no_file():
    ticket = taken()
    zhous = staff_client(zhou())
    add(zhous, ticket, uploaded(zhous), visible_to_customer=True)
    from shouwen.tickets import queries

    assert queries.files_of(ticket.number, by=as_link(ticket)) == []
    other = customer_client(chen(phone="13905120001"))
    answer = other.get(f"/api/portal/matters/{ticket.number}/files")
    assert (answer.status_code, answer.json()["code"]) == (404, "ticket-not-found")


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [([], 422, "invalid-input"), ([str(uuid.uuid4())], 404, "file-not-found"), (["x"], 422, "invalid-input")],
)
def test_what_was_not_uploaded_cannot_be_added(files, status, code):
    ticket = taken()
    answer = add(staff_client(zhou()), ticket, *files)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert kinds(ticket)[-1] == "take"


def test_a_file_of_one_ticket_cannot_be_taken_to_another():
    first, second = taken(), taken(title="另一件")
    zhous = staff_client(zhou())
    file = uploaded(zhous)
    add(zhous, first, file)
    answer = add(zhous, second, file)
    assert (answer.status_code, answer.json()["code"]) == (404, "file-not-found")


def test_a_ticket_that_cannot_be_opened_leaves_its_files_free():
    queue()
    fangs = staff_client(fang())
    file = uploaded(fangs)
    body = {"kind": "fault", "title": "断网", "customer_id": chen().pk, "category": "moon", "files": [file]}
    assert fangs.post("/api/tickets", body).status_code == 422
    assert fangs.post("/api/tickets", body | {"category": ""}).status_code == 201
    assert StoredFile.objects.get().subject == "ticket"


def test_what_the_customer_is_to_see_comes_from_those_who_have_it_in_hand():
    ticket = opened(by(fang()))
    actions.take(by=by(fang()), number=ticket.number)
    zhous = staff_client(zhou())
    assert add(zhous, ticket, uploaded(zhous), visible_to_customer=True).status_code == 403
    assert add(zhous, ticket, uploaded(zhous)).status_code == 200


def test_the_files_of_a_ticket_go_with_its_texts_and_a_hold_keeps_them() -> None:
    """Of a line that names them stays that there were some."""
    held, free = resolved(), resolved(title="另一件", customer_id=chen(phone="13905120001").pk)
    zhous = staff_client(zhou())
    for ticket, name in ((held, "留.txt"), (free, "去.txt")):
        add(zhous, ticket, uploaded(zhous, name))
        actions.confirm(by=as_customer(ticket.customer), number=ticket.number)
    LegalHold.objects.create(
        person="customer", person_id=held.customer_id, reason="诉讼", placed_by="staff:1", placed_at=clock.now()
    )
    Ticket.objects.update(closed_at=clock.now() - timedelta(days=761))
    assert forecast("customer", free.customer_id).erased["tickets.TicketFile"] == 1
    sweep()
    assert list(TicketFile.objects.values_list("ticket", "file__name")) == [(held.pk, "留.txt")]
    assert StoredFile.objects.count() == 1
    told = dict(TicketEntry.objects.filter(kind="file").values_list("ticket", "text_zh"))
    assert told == {held.pk: "添加附件：留.txt", free.pk: "添加附件"}
