"""Registering, changing and finding customers over HTTP."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.accounts.tests.factories import organisation, staff, staff_client
from shouwen.customers.models import ContactPoint, Customer
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import facts

from .factories import PHONE, customer, customer_client

pytestmark = pytest.mark.django_db
NEW = {"name": "林晓", "phone": "+86 154-0000-1234", "account_number": "C20260001"}


@pytest.fixture
def agent():
    return staff_client(staff())


def test_registering_keeps_the_canonical_number_and_says_what_was_kept(agent):
    answer = agent.post("/api/customers", NEW)

    assert answer.status_code == 201
    shown = answer.json()
    assert shown["name"] == "林*"
    assert shown["phone"] == "154 **** 1234"
    assert shown["account_number"] == "*****0001"
    assert ContactPoint.objects.get().value == "8615400001234"
    assert [f["payload"] for f in facts("customers.CustomerRegistered")] == [{"customer_id": shown["id"]}]


def test_a_second_customer_with_the_same_number_is_refused_and_the_first_is_named(agent):
    first = agent.post("/api/customers", NEW).json()

    answer = agent.post("/api/customers", {"name": "林晓晓", "phone": "１５４ 0000 1234"})

    assert answer.status_code == 409
    assert answer.json()["code"] == "phone-taken"
    assert f"客户 {first['id']}" in answer.json()["detail"]
    assert Customer.objects.count() == 1


@pytest.mark.req("R-CRM-006")
def test_probable_duplicates_are_found_and_completeness_is_scored(agent):
    """Data are accurate and complete: who may be the same person is listed, and what is missing is named."""
    born = date(1990, 1, 2)
    row = customer(email="chen@example.com", birth_date=born)
    namesake = customer(phone="15400001111", birth_date=born)
    family = customer("陈小明", "15400002222", email="chen@example.com")
    customer("王芳", "15400003333", birth_date=born)

    found = agent.get(f"/api/customers/{row.pk}/duplicates").json()
    shown = agent.get(f"/api/customers/{row.pk}").json()

    assert [c["id"] for c in found] == [namesake.pk, family.pk]
    assert (shown["completeness"], shown["missing"]) == (
        33,
        ["number_proven", "account_number", "organisation", "consent"],
    )


def test_duplicates_are_looked_for_in_ones_own_area_only():
    here, there = organisation("苏州"), organisation("南京")
    row = customer(email="chen@example.com", organisation=here)
    customer("陈小明", "15400002222", email="chen@example.com", organisation=there)
    agent = staff_client(staff(organisation=here))

    assert agent.get(f"/api/customers/{row.pk}/duplicates").json() == []


def test_a_customer_gets_another_sign_in_number_and_his_sessions_end(agent):
    row = customer()
    browser = customer_client(row)
    contact = {"kind": "phone", "value": "15400008888"}
    added = agent.post(f"/api/customers/{row.pk}/contacts", contact).json()["contacts"]
    new = next(c["id"] for c in added if not c["signs_in"])

    answer = agent.post(f"/api/customers/{row.pk}/contacts/{new}/sign-in")

    assert [(c["id"] == new) for c in answer.json()["contacts"] if c["signs_in"]] == [True]
    assert browser.get("/api/portal/me").status_code == 401


def test_a_number_that_signs_somebody_else_in_cannot_be_taken_over(agent):
    customer("王芳", "15400001111")
    row = customer()
    added = agent.post(f"/api/customers/{row.pk}/contacts", {"kind": "phone", "value": "15400001111"}).json()
    shared = next(c["id"] for c in added["contacts"] if not c["signs_in"])

    assert agent.post(f"/api/customers/{row.pk}/contacts/{shared}/sign-in").json()["code"] == "phone-taken"


def test_sessions_of_a_lost_phone_are_ended_by_staff_with_the_permission():
    row = customer()
    browser = customer_client(row)
    reader = staff_client(staff("8090", role="quality"))

    assert reader.post(f"/api/customers/{row.pk}/sign-out").status_code == 403
    assert browser.get("/api/portal/me").status_code == 200
    assert staff_client(staff()).post(f"/api/customers/{row.pk}/sign-out").json() == {"ended": 1}
    assert browser.get("/api/portal/me").status_code == 401


def test_one_press_sent_twice_registers_one_customer(agent):
    answers = [agent.post("/api/customers", NEW, key="press-0001") for _ in range(2)]

    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Customer.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"name": "  "}, "name"),
        ({"star": 8}, "star"),
        ({"birth_date": "2030-01-01"}, "birth_date"),
        ({"email": "nobody"}, "value"),
        ({"organisation_id": 999_999}, "organisation_id"),
        ({"nickname": "x"}, "nickname"),
    ],
)
def test_a_wrong_field_is_named_with_its_remedy(agent, changes, field):
    answer = agent.post("/api/customers", {**NEW, **changes})

    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == [field]
    assert Customer.objects.count() == 0


def test_registering_needs_its_permission():
    quality = staff_client(staff("8090", role="quality"))

    assert quality.post("/api/customers", NEW).status_code == 403
    assert Customer.objects.count() == 0


def test_a_change_must_name_the_version_it_was_made_from(agent):
    row = customer()

    assert agent.patch(f"/api/customers/{row.pk}", {"name": "陈远"}).status_code == 428
    assert agent.patch(f"/api/customers/{row.pk}", {"name": "陈远"}, If_Match='"7"').status_code == 412
    answer = agent.patch(f"/api/customers/{row.pk}", {"name": "陈远"}, If_Match='"1"')

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert Customer.objects.get().name == "陈远"
    audit = AuditRow.objects.get(verb="customers.update")
    assert audit.details == {"fields": ["name"]}


def test_changing_needs_its_permission():
    row = customer()
    reader = staff_client(staff("8090", role="quality"))

    assert reader.patch(f"/api/customers/{row.pk}", {"name": "陈远"}, If_Match='"1"').status_code == 403
    assert Customer.objects.get().name == "陈明远"


def test_a_contact_is_added_once_and_the_sign_in_number_stays(agent):
    row = customer()
    contact = {"kind": "email", "value": "chen@example.com", "preferred": True}

    added = agent.post(f"/api/customers/{row.pk}/contacts", contact)
    again = agent.post(f"/api/customers/{row.pk}/contacts", contact)

    assert added.status_code == 201
    assert [c["value"] for c in added.json()["contacts"]] == ["c***@example.com", "154 **** 6620"]
    assert again.json()["code"] == "contact-taken"
    login = next(c["id"] for c in added.json()["contacts"] if c["signs_in"])
    assert agent.delete(f"/api/customers/{row.pk}/contacts/{login}").json()["code"] == "contact-needed"


def test_a_contact_can_be_taken_away(agent):
    row = customer(email="chen@example.com")
    contact = ContactPoint.objects.get(kind="email")

    answer = agent.delete(f"/api/customers/{row.pk}/contacts/{contact.pk}")

    assert [c["kind"] for c in answer.json()["contacts"]] == ["phone"]


def test_a_contact_of_somebody_else_cannot_be_taken_away(agent):
    other = customer("别人", "15400009999", email="other@example.com")
    row = customer()
    contact = ContactPoint.objects.get(customer=other, kind="email")

    assert agent.delete(f"/api/customers/{row.pk}/contacts/{contact.pk}").status_code == 404


@pytest.mark.parametrize("q", [PHONE, f"+86 {PHONE}", "C-778", "陈", "陈明", "chen@example.com"])
def test_a_customer_is_found_by_number_account_email_or_beginning_of_the_name(agent, q):
    row = customer(email="chen@example.com", account_number="C-778")
    customer("王芳", "15400001111")

    found = agent.get("/api/customers", q=q).json()

    assert [c["id"] for c in found["items"]] == [row.pk]
    assert found["items"][0]["name"] == "陈**"
    assert found["next"] is None


def test_customers_of_another_area_are_not_found_and_not_opened():
    here, there = organisation("苏州"), organisation("南京")
    mine = customer(organisation=here)
    other = customer("王芳", "15400001111", organisation=there)
    agent = staff_client(staff(organisation=here))

    assert [c["id"] for c in agent.get("/api/customers").json()["items"]] == [mine.pk]
    assert agent.get(f"/api/customers/{other.pk}").status_code == 404


def test_lists_come_in_pages(agent):
    rows = [customer(f"客户{i}", f"1540000{i:04d}") for i in range(3)]

    first = agent.get("/api/customers", limit=2).json()
    rest = agent.get("/api/customers", limit=2, cursor=first["next"]).json()

    assert [c["id"] for c in first["items"] + rest["items"]] == [r.pk for r in reversed(rows)]
    assert rest["next"] is None


def test_who_has_most_stars_stands_first_and_who_has_none_last_across_pages(agent):
    given = (3, None, 7, 3)
    rows = [customer(f"客户{i}", f"1540000{i:04d}", star=star) for i, star in enumerate(given)]

    first = agent.get("/api/customers", sort="star", limit=3).json()
    rest = agent.get("/api/customers", sort="star", limit=3, cursor=first["next"]).json()

    assert [c["id"] for c in first["items"] + rest["items"]] == [rows[i].pk for i in (2, 3, 0, 1)]
    assert agent.get("/api/customers", sort="oldest", cursor=first["next"]).json()["code"] == "cursor-invalid"


def test_a_consent_is_kept_with_its_text_and_the_newest_counts(agent):
    row = customer()
    consent = {"purpose": "marketing", "given": True, "text_version": "2026-10", "channel": "web_chat"}

    agent.post(f"/api/customers/{row.pk}/consents", consent)
    assert agent.get(f"/api/customers/{row.pk}").json()["consents"]["marketing"] is True
    agent.post(f"/api/customers/{row.pk}/consents", {**consent, "given": False})

    assert agent.get(f"/api/customers/{row.pk}").json()["consents"] == {
        "marketing": False,
        "profiling": False,
        "survey": False,
    }
    assert row.consents.count() == 2
