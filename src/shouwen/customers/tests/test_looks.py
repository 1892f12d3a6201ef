"""Personal data are masked on the server, and every look at them is on record."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.customers import actions
from shouwen.kernel.calendars import BEIJING
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import ApiClient

from .factories import PHONE, customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return staff_client(staff())


@pytest.mark.req("R-CRM-012")
def test_a_page_holds_no_personal_data_in_full_and_the_look_is_on_record(agent):
    """Privacy: name, number, e-mail and contract number leave the server masked; who looked is kept."""
    row = customer(email="chenmy@example.com", account_number="C20260778", birth_date=date(1958, 3, 1))

    answer = agent.get(f"/api/customers/{row.pk}")

    text = answer.content.decode()
    assert not any(secret in text for secret in ("陈明远", PHONE, "chenmy", "C20260778", "1958"))
    assert (answer.json()["age"], answer.json()["elderly"]) == (68, True)
    assert answer["ETag"] == '"1"'
    seen = AuditRow.objects.get(verb="customers.view")
    assert (seen.principal, seen.subject, seen.subject_id) == (f"staff:{staff().pk}", "customer", row.pk)


def test_a_search_is_on_record_with_whom_it_showed_but_not_with_the_number(agent):
    row = customer()

    agent.get("/api/customers", q=PHONE)

    assert AuditRow.objects.get(verb="customers.search").details == {"q": "154 **** 6620", "seen": [row.pk]}


@pytest.mark.req("R-CRM-001")
def test_key_customers_open_only_with_the_extra_permission(agent):
    """Key customers' data need one more permission: an agent is refused, his shift leader is not."""
    row = customer(star=6)
    leader = staff_client(staff("8001", role="shift_leader"))

    refused = agent.get(f"/api/customers/{row.pk}")

    assert refused.status_code == 403
    assert "查看重点客户资料" in refused.json()["detail"]
    assert agent.get(f"/api/customers/{row.pk}/timeline").status_code == 403
    assert agent.post(f"/api/customers/{row.pk}/reveal", {"reason": "核对身份"}).status_code == 403
    assert leader.get(f"/api/customers/{row.pk}").json()["key"] is True


def test_full_data_are_shown_for_a_reason_and_the_reason_is_kept(agent):
    row = customer(email="chenmy@example.com", birth_date=date(1958, 3, 1))

    answer = agent.post(f"/api/customers/{row.pk}/reveal", {"reason": "回电核对装机地址"})

    shown = answer.json()
    assert (shown["name"], shown["birth_date"], shown["seconds"]) == ("陈明远", "1958-03-01", 30)
    assert sorted(shown["contacts"].values()) == [f"86{PHONE}", "chenmy@example.com"]
    assert AuditRow.objects.get(verb="customers.reveal").details == {"reason": "回电核对装机地址"}


def test_nobody_reveals_the_whole_book_one_by_one(agent):
    row = customer()
    answers = [agent.post(f"/api/customers/{row.pk}/reveal", {"reason": "回电核对"}).status_code for _ in range(41)]
    assert (answers[:20], 429 in answers) == ([200] * 20, True)


def test_without_a_reason_nothing_is_revealed(agent):
    row = customer()

    answer = agent.post(f"/api/customers/{row.pk}/reveal", {"reason": "看看"})

    assert (answer.status_code, answer.json()["code"]) == (422, "reason-needed")
    assert not AuditRow.objects.filter(verb="customers.reveal").exists()


def test_revealing_needs_its_permission():
    row = customer()
    reader = staff_client(staff("8090", role="quality"))

    assert reader.post(f"/api/customers/{row.pk}/reveal", {"reason": "质检抽查"}).status_code == 403


@pytest.mark.parametrize("path", ["/api/customers", "/api/customers/1", "/api/customers/1/timeline"])
def test_nobody_reads_customers_without_signing_in(path):
    assert ApiClient(Client()).get(path).status_code == 401


def test_an_unknown_customer_is_answered_with_a_remedy(agent):
    answer = agent.get("/api/customers/404")

    assert answer.status_code == 404
    assert answer.json()["detail"] == "没有找到这位客户，或不在您的服务区域。请核对号码后再查。"


def test_the_timeline_shows_both_directions_newest_first_in_the_readers_language(agent):
    row = customer()
    for hour, kind, zh, en in [
        (9, "contact.inbound", "在线咨询宽带故障", "Asked about broadband"),
        (11, "contact.outbound", "回访：已恢复", "Revisit: works again"),
    ]:
        actions.write_timeline(
            customer_id=row.pk,
            kind=kind,
            channel="web_chat",
            subject="conversation",
            subject_id=hour,
            line_zh=zh,
            line_en=en,
            at=datetime(2026, 11, 23, hour, tzinfo=BEIJING),
        )

    lines = agent.get(f"/api/customers/{row.pk}/timeline").json()["items"]
    agent.headers["Accept-Language"] = "en"
    english = agent.get(f"/api/customers/{row.pk}/timeline").json()["items"]

    assert [(line["kind"], line["text"]) for line in lines] == [
        ("contact.outbound", "回访：已恢复"),
        ("contact.inbound", "在线咨询宽带故障"),
    ]
    assert [line["text"] for line in english] == ["Revisit: works again", "Asked about broadband"]
