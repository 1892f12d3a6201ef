"""What is past its period goes and leaves a digest; what is held stays, whatever its age."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.customers.models import Customer, TimelineEntry
from shouwen.customers.tests.factories import customer
from shouwen.forms.models import Answers
from shouwen.kit import clock, files
from shouwen.kit.models import AuditRow, LegalHold, StoredFile, Tombstone
from shouwen.kit.privacy import HOLDINGS, erase_due, erase_person, export_of, forecast, plans, retention, sweep
from shouwen.kit.testing import ApiClient

pytestmark = pytest.mark.django_db
LINES = "customers.TimelineEntry"


def line(row: Customer, days: int) -> TimelineEntry:
    return TimelineEntry.objects.create(
        customer=row,
        at=clock.now() - timedelta(days=days),
        kind="x",
        channel="desk",
        subject="x",
        subject_id=1,
        line_zh=f"{days} 天前",
        line_en=f"{days} days ago",
    )


def leader_client() -> ApiClient:
    return staff_client(staff("7001", "system_management"))


def due(client: ApiClient) -> dict[str, tuple[int, int]]:
    items = client.get("/api/privacy/retention").json()["items"]
    return {one["code"]: (one["due"], one["held"]) for one in items if one["due"] or one["held"]}


def test_the_plan_says_what_would_go_and_changes_nothing() -> None:
    row = customer()
    line(row, 761), line(row, 759)
    assert due(leader_client()) == {LINES: (1, 0)}
    assert TimelineEntry.objects.count() == 2


def test_what_is_past_its_period_goes_and_leaves_a_digest_and_an_audit_row() -> None:
    row = customer()
    old, young = line(row, 761), line(row, 759)
    assert sweep() == 1
    assert list(TimelineEntry.objects.values_list("id", flat=True)) == [young.pk]
    grave = Tombstone.objects.get()
    assert (grave.table, grave.row_id, len(grave.digest), grave.why) == (LINES, old.pk, 64, "retention")
    assert AuditRow.objects.get(verb="privacy.erase_due").details == {"table": LINES, "rows": 1}
    assert sweep() == 0


def test_the_batches_go_on_until_nothing_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    row = customer()
    for days in range(761, 766):
        line(row, days)
    assert sweep() == 5
    assert TimelineEntry.objects.count() == 0


def test_files_that_answers_to_a_form_took_up_go_with_them() -> None:
    agent, at = staff("8021", "comprehensive"), clock.now() - timedelta(days=761)
    answers = Answers.objects.create(
        form="x", number=1, subject="ticket", subject_id=1, values={"photo": []}, filled_by="x", filled_at=at
    )
    went, stays = (staff_client(agent).upload("/api/files", b"a,b", name="a.csv").json()["id"] for _ in range(2))
    files.attach(by=by(agent), files=[went], subject="form", subject_id=answers.pk)
    files.attach(by=by(agent), files=[stays], subject="ticket", subject_id=answers.pk)
    assert erase_due(code="forms.Answers") == 1
    assert [str(one) for one in StoredFile.objects.values_list("public_id", flat=True)] == [stays]


def test_a_legal_hold_beats_deletion_until_it_is_lifted() -> None:
    held, free = customer("陈建平"), customer("王芳", phone="13900000001")
    line(held, 800), line(free, 800)
    client = leader_client()
    placed = client.post("/api/privacy/holds", {"customer_id": held.pk, "reason": "法院调取证据"})
    assert (placed.status_code, placed.json()["person_id"]) == (201, held.pk)
    assert due(client) == {LINES: (1, 1)}
    assert sweep() == 1
    assert TimelineEntry.objects.get().customer_id == held.pk
    lifted = client.post(f"/api/privacy/holds/{placed.json()['id']}/lift", {"reason": "案件已结"})
    assert lifted.status_code == 204
    assert client.get("/api/privacy/holds").json()["items"] == []
    assert sweep() == 1


def test_a_hold_names_its_customer_masked_to_who_may_see_him() -> None:
    reader = staff("7001", "system_management")
    seen, elsewhere = customer("陈建平"), customer("王芳", phone="13900000001")
    elsewhere.organisation = organisation("无锡")
    elsewhere.save(update_fields=["organisation"])
    client = staff_client(reader)
    for row in (seen, elsewhere):
        placed = client.post("/api/privacy/holds", {"customer_id": row.pk, "reason": "法院调取证据"})
    assert placed.json()["name"] == "王*"
    Staff.objects.filter(pk=reader.pk).update(scope="own")
    listed = client.get("/api/privacy/holds").json()["items"]
    assert [(one["person_id"], one["name"]) for one in listed] == [(elsewhere.pk, ""), (seen.pk, "陈**")]


def test_a_hold_ends_by_itself_on_its_day() -> None:
    row = customer()
    line(row, 800)
    LegalHold.objects.create(
        person="customer",
        person_id=row.pk,
        reason="投诉处理中",
        placed_by="staff:1",
        placed_at=clock.now() - timedelta(days=9),
        until=clock.now() - timedelta(days=1),
    )
    assert sweep() == 1


def test_a_hold_needs_a_reason_a_later_day_and_the_permission() -> None:
    client = leader_client()
    short = client.post("/api/privacy/holds", {"customer_id": 1, "reason": "急"})
    past = client.post(
        "/api/privacy/holds", {"customer_id": 1, "reason": "法院调取证据", "until": "2026-11-01T00:00:00+08:00"}
    )
    other = staff_client(staff("8021", "comprehensive"))
    refused = other.post("/api/privacy/holds", {"customer_id": 1, "reason": "法院调取证据"})
    unseen = other.get("/api/privacy/retention")
    assert [one.json()["code"] for one in (short, past, refused, unseen)] == [
        "hold-refused",
        "hold-refused",
        "permission-refused",
        "permission-refused",
    ]


def test_the_export_holds_what_is_his_and_no_secret() -> None:
    row, other = customer("陈建平"), customer("王芳", phone="13900000001")
    line(row, 3), line(other, 3)
    found = export_of("customer", row.pk)
    assert [one["name"] for one in found["customers.Customer"]] == ["陈建平"]
    assert [one["line_zh"] for one in found[LINES]] == ["3 天前"]
    assert "customers.ServicePin" not in found
    assert "王芳" not in str(found)


def test_erasing_a_person_takes_what_may_go_and_says_what_stays_and_why() -> None:
    row = customer("陈建平")
    line(row, 3)
    row.consents.create(purpose="marketing", given=True, text_version="v1", channel="portal", at=clock.now())
    before = forecast("customer", row.pk)
    done = erase_person(person="customer", person_id=row.pk, why="request:1")
    row.refresh_from_db()
    assert done == before
    assert done.erased == {"customers.Customer": 1, "customers.ContactPoint": 1, LINES: 1}
    assert [(one.code, one.rows, one.en) for one in done.kept] == [
        ("customers.Consent", 1, "we must be able to prove consent and its withdrawal")
    ]
    assert (row.name, row.birth_date, row.contact_points.count(), row.timeline.count()) == ("（已删除）", None, 0, 0)
    assert {grave.why for grave in Tombstone.objects.all()} == {"request:1"}


def test_a_person_under_a_hold_is_not_erased() -> None:
    row = customer()
    leader_client().post("/api/privacy/holds", {"customer_id": row.pk, "reason": "法院调取证据"})
    with pytest.raises(RuntimeError, match="legal hold"):
        erase_person(person="customer", person_id=row.pk, why="request:1")


def test_the_register_lists_every_holding_in_both_languages_and_as_a_table() -> None:
    client = leader_client()
    items = client.get("/api/privacy/register").json()["items"]
    sheet = client.get("/api/privacy/register.csv")
    line_ = next(one for one in items if one["code"] == "customers.ContactPoint")
    assert [one["code"] for one in items] == list(HOLDINGS)
    assert (line_["what_zh"], line_["basis_en"], line_["fate"]) == ("电话和邮箱", "needed for the contract", "delete")
    assert sheet.content.decode().splitlines()[0] == "\ufeff数据,类别,处理目的,合法性基础,保存期限,到期处理,接收方"
    assert len(sheet.content.decode().splitlines()) == 1 + len(HOLDINGS)


def test_every_rule_that_works_by_age_can_be_asked_and_run() -> None:
    """Each path and column of the declarations is real: the database answers for all of them."""
    customer()
    assert [plan.due for plan in plans()] == [0] * len(plans())
    assert [erase_due(code=plan.code) for plan in plans()] == [0] * len(plans())


def test_a_period_is_set_with_a_reason_by_who_may_and_the_register_says_so() -> None:
    client, row = leader_client(), customer()
    line(row, 400)
    found = client.put(f"/api/privacy/retention/{LINES}", {"days": 365, "reason": "缩短保存期限"})
    assert (found.status_code, due(client)) == (204, {LINES: (1, 0)})
    told = next(one for one in client.get("/api/privacy/register").json()["items"] if one["code"] == LINES)
    assert (told["keep_days"], told["keep_zh"]) == (365, "365 天（策略设定）")
    assert AuditRow.objects.get(verb="privacy.period").details["before"] == 760
    wrong = [
        client.put(f"/api/privacy/retention/{LINES}", {"days": 0, "reason": "缩短保存期限"}),
        client.put(f"/api/privacy/retention/{LINES}", {"days": 9, "reason": "短"}),
        client.put("/api/privacy/retention/kit.AuditRow", {"days": 9, "reason": "缩短保存期限"}),
        staff_client(staff("8021")).put(f"/api/privacy/retention/{LINES}", {"days": 9, "reason": "缩短保存期限"}),
    ]
    codes = ["keep-period-refused", "keep-period-refused", "keep-period-not-settable", "permission-refused"]
    assert [one.json()["code"] for one in wrong] == codes
