"""Who looked at or changed what: asked by user, object and time, and the asking stays on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from shouwen.kit import audit, clock
from shouwen.kit.models import AuditRow
from shouwen.kit.principals import Principal
from shouwen.kit.testing import ApiClient, run_jobs

from .factories import organisation, staff, staff_client

pytestmark = pytest.mark.django_db


def admin() -> ApiClient:
    return staff_client(staff("1", "system_management"))


def noted(who: str, verb: str, subject: str, subject_id: int, **details: Any) -> None:
    row = staff(who)
    audit.record(Principal(kind="staff", id=row.id), verb, subject=subject, subject_id=subject_id, **details)


def a_day() -> None:
    noted("8021", "customers.reveal", "customer", 5, reason="回电核对地址")
    noted("8021", "customers.view", "customer", 6)
    noted("8033", "customers.view", "customer", 5)
    noted("8033", "tickets.take", "ticket", 5)


def lines(client: ApiClient, **asked: Any) -> list[tuple[str, str, int]]:
    rows = client.get("/api/security-log", **asked).json()["items"]
    return [(row["who"], row["verb"], row["subject_id"]) for row in rows if row["verb"] != "accounts.security-log.view"]


@pytest.mark.req("R-REC-016")
def test_the_log_is_asked_by_user_by_object_and_by_time() -> None:
    """Looks and changes are kept in an append-only chained log and found by who, what and when."""
    client = admin()
    a_day()
    fang = staff("8021")
    assert lines(client, person=f"staff:{fang.id}") == [
        ("8021 方以宁", "customers.view", 6),
        ("8021 方以宁", "customers.reveal", 5),
    ]
    assert [line[1] for line in lines(client, subject="customer", subject_id=5)] == [
        "customers.view",
        "customers.reveal",
    ]
    assert [line[1] for line in lines(client, verb="tickets.")] == ["tickets.take"]
    later = (clock.wall() + timedelta(hours=1)).isoformat()
    asked = {"subject": "customer"}
    assert (lines(client, since=later, **asked), len(lines(client, until=later, **asked))) == ([], 3)
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("update kit_audit set verb = 'nothing'")


def test_a_line_says_why_and_whether_it_is_sealed() -> None:
    client = admin()
    a_day()
    row = client.get("/api/security-log", verb="customers.reveal").json()["items"][0]
    assert (row["details"], row["sealed"]) == ({"reason": "回电核对地址"}, False)


def test_asking_is_itself_on_record_once_a_question() -> None:
    client = admin()
    a_day()
    page = client.get("/api/security-log", subject="customer", limit=2).json()
    client.get("/api/security-log", subject="customer", limit=2, cursor=page["next"])
    kept = AuditRow.objects.get(verb="accounts.security-log.view")
    assert kept.details == {"asked": {"subject": "customer"}}


def test_pages_follow_one_another_without_gap_or_double() -> None:
    client = admin()
    for n in range(7):
        noted("8021", "customers.view", "customer", n)
    seen, cursor = [], ""
    while True:
        page = client.get("/api/security-log", subject="customer", limit=3, cursor=cursor).json()
        seen += [row["subject_id"] for row in page["items"]]
        if not (cursor := page["next"]):
            break
    assert seen == [6, 5, 4, 3, 2, 1, 0]
    turned = client.get("/api/security-log", subject="customer", sort="oldest", limit=2).json()["items"]
    assert [row["subject_id"] for row in turned] == [0, 1]


@pytest.mark.parametrize("role", ["shift_leader", "quality", "comprehensive"])
def test_nobody_else_reads_the_log_or_takes_it_out(role: str) -> None:
    client = staff_client(staff("9", role))
    assert client.get("/api/security-log").status_code == 403
    assert client.post("/api/exports", {"kind": "accounts.log", "form": "csv"}).status_code == 403


def test_a_file_of_the_log_holds_what_was_asked_for_in_its_order() -> None:
    a_day()
    asked = {"subject": "customer", "subject_id": "5", "sort": "oldest", "since": "2020-01-01T00:00:00+08:00"}
    client = admin()
    made = client.post("/api/exports", {"kind": "accounts.log", "form": "csv", "filter": asked}).json()
    run_jobs()
    told = client.get(f"/api/exports/{made['id']}").json()
    text = b"".join(client.get(told["file"]["url"])).decode("utf-8-sig")
    assert [line.split(",")[5] for line in text.splitlines()] == ["做了什么", "customers.reveal", "customers.view"]
    assert "回电核对地址" in text


def test_a_narrow_scope_reads_what_its_own_people_did() -> None:
    far = staff("9021", organisation=organisation("南京"))
    audit.record(Principal(kind="staff", id=far.id), "customers.view", subject="customer", subject_id=9)
    a_day()
    near = staff_client(staff("2", "system_management", scope="city"))
    assert {line[2] for line in lines(near)} == {5, 6}


def test_a_time_without_its_zone_is_refused_by_name() -> None:
    answer = admin().get("/api/security-log", since="2026-11-23T10:00:00")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "since")
