"""Which door opens to whom."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.customers.tests.factories import customer, customer_client

from .browser import AT, browser

pytestmark = pytest.mark.django_db


def test_a_customers_session_opens_nothing_of_the_staffs_side_nor_the_other_way_round():
    as_customer = customer_client(customer())
    as_staff = staff_client(staff())

    assert [as_customer.get(path).status_code for path in ("/api/session", "/api/customers", "/api/notices")] == [
        401
    ] * 3
    assert [as_staff.get(f"{AT}/{path}").status_code for path in ("me", "home", "matters")] == [401] * 3


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "sign-in/code"),
        ("post", "sign-in"),
        ("post", "visitor"),
        ("delete", "session"),
        ("post", "matters"),
        ("post", "chats"),
        ("post", "me/consents"),
        ("put", "me/service-pin"),
        ("post", "links/x/confirm"),
    ],
)
def test_every_changing_request_needs_the_csrf_token(method, path):
    client = customer_client(customer()).client

    answer = getattr(client, method)(f"{AT}/{path}", data="{}", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf-failed")


def test_a_visitor_is_known_again_and_may_not_see_customers_pages(wall):
    client = browser()
    assert client.get(f"{AT}/me").status_code == 401

    assert client.post(f"{AT}/visitor").json()["kind"] == "visitor"
    first = client.client.cookies["sw_customer"].value
    client.post(f"{AT}/visitor")

    assert client.client.cookies["sw_customer"].value == first
    assert client.get(f"{AT}/me").json()["name"] == ""
    assert [client.get(f"{AT}/{path}").status_code for path in ("home", "matters", "notices")] == [401] * 3
