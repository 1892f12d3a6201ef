"""What is the customer's own to decide and to read."""

from __future__ import annotations

import pytest

from shouwen.customers.models import Consent, ServicePin
from shouwen.customers.tests.factories import customer, customer_client
from shouwen.kit.models import Command
from shouwen.notifications.models import Notification
from shouwen.notifications.tests.factories import tell

from .browser import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return customer_client(customer())


def test_a_consent_is_withdrawn_as_easily_as_given_and_both_are_kept(me):
    given = me.post(f"{AT}/me/consents", {"purpose": "marketing", "given": True}).json()
    taken = me.post(f"{AT}/me/consents", {"purpose": "marketing", "given": False}).json()

    assert (given["marketing"], taken["marketing"]) == (True, False)
    assert me.get(f"{AT}/me/consents").json() == {"marketing": False, "profiling": False, "survey": False}
    assert list(Consent.objects.order_by("id").values_list("given", "channel")) == [(True, "portal"), (False, "portal")]


def test_a_purpose_we_do_not_know_is_refused(me):
    assert me.post(f"{AT}/me/consents", {"purpose": "resale", "given": True}).status_code == 422


def test_a_customer_sets_his_service_password_and_nothing_of_it_is_stored_readable(me):
    assert me.put(f"{AT}/me/service-pin", {"pin": "739105"}).status_code == 204

    assert ServicePin.objects.get().digest.startswith("argon2")
    assert Command.objects.count() == 0
    weak = me.put(f"{AT}/me/service-pin", {"pin": "111111"})
    assert (weak.status_code, weak.json()["code"]) == (422, "weak-pin")


def test_a_customer_reads_his_notices_and_nobody_elses(me):
    tell(f"customer:{customer().pk}", dedupe_key="a")
    tell(f"customer:{customer('王芳', '15400001111').pk}", dedupe_key="b")

    shown = me.get(f"{AT}/notices").json()["items"]
    read = me.post(f"{AT}/notices/{shown[0]['id']}/read").json()
    other = Notification.objects.get(dedupe_key="b", channel="inapp")

    assert [(n["title"], n["number"], n["read"]) for n in shown] == [("已受理", "GD20261123-000001", False)]
    assert read == {"unread": 0}
    assert me.get(f"{AT}/notices/unread").json() == {"unread": 0}
    assert me.post(f"{AT}/notices/{other.pk}/read").status_code == 404


def test_a_visitor_has_nothing_to_decide():
    visitor = customer_client()

    assert visitor.post(f"{AT}/me/consents", {"purpose": "marketing", "given": True}).status_code == 401
    assert visitor.put(f"{AT}/me/service-pin", {"pin": "739105"}).status_code == 401
    assert visitor.get(f"{AT}/notices").status_code == 401
