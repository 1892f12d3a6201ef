"""A link in a message opens its one matter, shows nothing personal, and ends."""

from __future__ import annotations

import re

import pytest

from shouwen.accounts.tests.factories import by
from shouwen.customers import actions as customers
from shouwen.customers.tests.factories import customer
from shouwen.kit.api import commands_effects
from shouwen.notifications.tests.factories import send_all
from shouwen.tickets import actions as tickets
from shouwen.tickets.models import Ticket
from shouwen.tickets.tests.factories import chen, opened, resolved, taken, zhou

from .browser import AT, browser

pytestmark = pytest.mark.django_db


def link_to(ticket: Ticket) -> str:
    return customers.issue_link(subject="ticket", subject_id=ticket.pk, customer_id=ticket.customer_id)


def test_the_message_that_tells_the_result_carries_a_link_that_confirms_it(bag):
    ticket = resolved()
    send_all()
    found = re.search(r"https?://\S+/portal/m/([\w-]{43})", bag.carried[-1]["body"])
    assert found
    client = browser()

    shown = client.get(f"{AT}/links/{found[1]}").json()
    closed = client.post(f"{AT}/links/{found[1]}/confirm").json()

    assert (shown["number"], shown["state"], shown["can"]) == (ticket.number, "resolved", ["confirm", "reopen"])
    assert (closed["state"], closed["closed_reason"], closed["can"]) == ("closed", "confirmed", [])
    assert client.get(f"{AT}/me").status_code == 401


def test_a_link_shows_nothing_that_tells_whose_matter_it_is():
    row = chen(email="chengd@example.com", account_number="C20260778")
    ticket = taken(title="陈国栋家宽带断网", description="户主陈国栋，电话 15400006620")
    tickets.note(by=by(zhou()), number=ticket.number, body="已联系陈国栋 154-0000-6620", visible_to_customer=True)
    tickets.resolve(
        by=by(zhou()),
        number=ticket.number,
        answer="陈国栋您好，合同 C20260778 已恢复，如有问题请回拨 15400006620 或 chengd@example.com。",
    )

    text = browser().get(f"{AT}/links/{link_to(ticket)}").content.decode()

    for secret in (row.name, "15400006620", "154-0000-6620", "chengd", "C20260778"):
        assert secret not in text
    assert "已恢复" in text


def test_by_link_a_matter_goes_back_to_work_once():
    ticket = resolved()
    client, token = browser(), link_to(ticket)

    answers = [client.post(f"{AT}/links/{token}/reopen", {"reason": "还是不行"}) for _ in range(2)]

    assert (answers[0].json()["state"], answers[0].json()["can"]) == ("inProgress", [])
    assert answers[1].status_code == 409


def test_confirming_twice_by_link_is_confirming_once():
    ticket = resolved()
    client, token = browser(), link_to(ticket)

    answers = [client.post(f"{AT}/links/{token}/confirm").status_code for _ in range(2)]

    assert answers == [200, 200]
    assert commands_effects() == []


def test_a_link_ends_after_two_weeks_of_domain_time(clock_at):
    token = link_to(resolved())
    assert browser().get(f"{AT}/links/{token}").status_code == 200

    clock_at.advance(days=14)

    answer = browser().get(f"{AT}/links/{token}")
    assert (answer.status_code, answer.json()["code"]) == (404, "link-refused")
    assert browser().post(f"{AT}/links/{token}/confirm").status_code == 404
    assert Ticket.objects.get().state == "resolved"


@pytest.mark.parametrize("token", ["x", "0" * 43, "..%2F..%2Fme"])
def test_a_link_nobody_was_sent_opens_nothing(token):
    assert browser().get(f"{AT}/links/{token}").status_code == 404
    assert browser().post(f"{AT}/links/{token}/confirm").status_code == 404


def test_a_link_opens_no_other_matter_and_no_other_door():
    other = resolved(customer_id=customer("王芳", "15400001111").pk)
    token = link_to(opened())
    client = browser()

    assert client.post(f"{AT}/links/{token}/confirm").status_code == 409
    assert client.get(f"{AT}/matters/{other.number}").status_code == 401
    client.client.cookies["sw_customer"] = token
    assert client.get(f"{AT}/matters/{other.number}").status_code == 401
    assert client.get(f"{AT}/home").status_code == 401
    assert Ticket.objects.get(id=other.pk).state == "resolved"


@pytest.mark.parametrize("act", ["urge", "supplement", "cancel"])
def test_by_link_one_may_confirm_or_send_back_and_nothing_else(act):
    token = link_to(taken())

    assert browser().get(f"{AT}/links/{token}").json()["can"] == []
    assert browser().post(f"{AT}/links/{token}/{act}", {"body": "x"}).status_code == 404


def test_a_link_to_something_else_than_a_matter_opens_nothing():
    token = customers.issue_link(subject="conversation", subject_id=1, customer_id=chen().pk)

    assert browser().get(f"{AT}/links/{token}").status_code == 404


def test_links_cannot_be_guessed_at_without_end(wall):
    client = browser("192.0.2.99")
    token = link_to(resolved())

    answers = [client.get(f"{AT}/links/{token}").status_code for _ in range(61)]

    assert answers == [200] * 60 + [429]
