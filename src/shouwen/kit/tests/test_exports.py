"""Exports: any list as a file, in the name of the one who asked, one file however often its worker is killed."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts.models import Role, Staff
from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.customers.tests.factories import customer
from shouwen.kit import clock, files
from shouwen.kit.exports import Column, actions, writing
from shouwen.kit.models import AuditRow, ExportRun, StoredFile
from shouwen.kit.testing import facts
from shouwen.tickets.tests.factories import opened

pytestmark = pytest.mark.django_db
PATH = "/api/exports"


def leader() -> Staff:
    return staff("9001", "duty_leader", name="沈立")


def asked(who: Staff, **body: Any) -> Any:
    """Ask for an export and return the answer."""
    return staff_client(who).post(PATH, {"kind": "tickets", "form": "csv", **body})


def made(who: Staff, **body: Any) -> bytes:
    """Ask for an export, let the worker make it, and fetch the file as the one who asked."""
    answer = asked(who, **body)
    assert answer.status_code == 201, answer.json()
    actions.run(ExportRun.objects.latest("id").pk)
    client = staff_client(who)
    told = client.get(f"{PATH}/{answer.json()['id']}").json()
    assert (told["state"], told["error"]) == ("done", "")
    return b"".join(client.get(told["file"]["url"]))


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


# ── the file ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_list_comes_as_csv_that_a_spreadsheet_reads_in_chinese():
    ticket = opened()
    content = made(leader())
    assert content.startswith(b"\xef\xbb\xbf")
    heading, line = rows(content)
    assert heading[:4] == ["工单号", "类型", "标题", "状态"]
    assert line[:5] == [ticket.number, "故障", "宽带断网，光猫红灯", "已受理", "一般"]
    assert line[7] == "陈**"
    assert line[11] == "2026-11-23 10:00:00"


def test_a_list_comes_as_a_workbook_in_the_readers_language():
    ticket = opened(title="=1+1")
    who = leader()
    client = staff_client(who)
    client.headers["Accept-Language"] = "en"
    client.post(PATH, {"kind": "tickets", "form": "xlsx"})
    actions.run(ExportRun.objects.get().pk)
    card = files.cards([ExportRun.objects.get().file_id or 0])[ExportRun.objects.get().file_id or 0]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(files.read(card.id)))).active
    assert [cell.value for cell in sheet[1]][:3] == ["Number", "Kind", "Title"]
    assert [cell.value for cell in sheet[2]][:3] == [ticket.number, "故障", "=1+1"]
    assert sheet.cell(2, 3).data_type == "s"


@given(st.text(max_size=40))
def test_no_cell_of_a_csv_begins_a_formula(text):
    columns = (Column("a", "甲", "A"),)
    (content,) = writing.as_csv(columns, [{"a": text}], english=False, told=lambda _: None)
    (_, line) = rows(content)[:1], list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    cell = line[0][0] if line and line[0] else ""
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text


# ── who may, and what he gets ─────────────────────────────────────────────────────────────────────────────────────


def test_without_the_permission_nothing_is_exported():
    answer = asked(staff("8021", "comprehensive"))
    assert (answer.status_code, answer.json()["code"]) == (403, "permission-refused")
    assert "导出列表" in answer.json()["detail"]
    assert staff_client(staff("8021")).get(f"{PATH}/kinds").json() == []


def test_an_export_holds_what_its_asker_may_see_and_no_more():
    opened()
    elsewhere = staff("9900", "duty_leader", organisation("南京"))
    assert len(rows(made(elsewhere))) == 1
    assert len(rows(made(leader()))) == 2


def test_customers_leave_masked_unless_somebody_may_take_them_out_in_full():
    """Taking customers out of the house needs a permission of its own, and is on record with what was taken."""
    customer("陈国栋", phone="13800006620", organisation=leader().organisation)
    assert rows(made(leader(), kind="customers"))[1][1:3] == ["陈**", "138 **** 6620"]
    refused = asked(leader(), kind="customers", filter={"full": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "permission-refused")
    role = Role.objects.get(code="duty_leader")
    role.permissions = [*role.permissions, "customers.export-full"]
    role.save()
    assert rows(made(leader(), kind="customers", filter={"full": True}))[1][1] == "陈国栋"
    asking = AuditRow.objects.filter(verb="exports.request").latest("id")
    assert (asking.principal, asking.details["wanted"]["full"], asking.details["total"]) == (by(leader()).key, True, 1)


def test_staff_and_contacts_can_be_exported_too():
    who = leader()
    assert rows(made(who, kind="accounts.staff"))[1][:2] == ["9001", "沈立"]
    assert rows(made(who, kind="contacts"))[0][0] == "编号"


def test_rights_lost_meanwhile_stop_an_export():
    opened()
    who = leader()
    asked(who)
    who.roles.set([Role.objects.get(code="comprehensive")])
    actions.run(ExportRun.objects.get().pk)
    row = ExportRun.objects.get()
    assert (row.state, row.file_id) == ("failed", None)
    assert "导出列表" in row.error_zh


def test_an_export_is_its_askers_alone():
    asked(leader())
    row = ExportRun.objects.get()
    other = staff_client(staff("9002", "duty_leader"))
    assert other.get(f"{PATH}/{row.public_id}").status_code == 404
    assert other.get(PATH).json()["items"] == []
    assert other.post(f"{PATH}/{row.public_id}/cancel").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"kind": "moon"}, 422, "export-unknown"),
        ({"form": "pdf"}, 422, "invalid-input"),
        ({"kind": "contacts", "filter": {"from": "yesterday"}}, 422, "export-days-invalid"),
        ({"kind": "contacts", "filter": {"from": "2026-11-24", "to": "2026-11-23"}}, 422, "export-days-invalid"),
    ],
)
def test_an_export_that_cannot_be_made_is_refused_at_once(body, status, code):
    answer = asked(leader(), **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert ExportRun.objects.count() == 0


def test_too_many_rows_or_too_many_exports_are_refused(monkeypatch):
    opened()
    monkeypatch.setattr(actions, "ROWS_MOST", 0)
    assert asked(leader()).json()["code"] == "export-too-large"
    monkeypatch.undo()
    answers = [asked(leader()).status_code for _ in range(4)]
    assert answers == [201, 201, 201, 429]


# ── progress, and kills ───────────────────────────────────────────────────────────────────────────────────────────


class Killed(BaseException):
    """The worker is gone."""


def test_an_export_whose_worker_was_killed_begins_anew_and_is_one_file():
    for n in range(3):
        opened(title=f"第 {n} 件")
    asked(leader())
    row = ExportRun.objects.get()
    for step in ("_finish", "_note_progress"):
        with patch.object(actions, step, side_effect=Killed), pytest.raises(Killed):
            actions.run(row.pk)
        assert ExportRun.objects.get().state == "running"
    actions.run(row.pk)
    actions.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.done, row.total) == ("done", 3, 3)
    assert StoredFile.objects.filter(purpose="export").count() == 1
    assert len(rows(b"".join(files.read(row.file_id or 0)))) == 4


def test_progress_is_told_to_the_asker_alone(monkeypatch):
    monkeypatch.setattr(actions, "TELL_EVERY", 0)
    for n in range(3):
        opened(title=f"第 {n} 件")
    made(leader())
    told = facts("kit.ExportMoved")
    assert {tuple(fact["audience"]) for fact in told} == {(by(leader()).key,)}
    steps = [(fact["payload"]["state"], fact["payload"]["done"]) for fact in told]
    assert steps[0] == ("waiting", 0)
    assert steps[1] == ("running", 0)
    assert ("running", 2) in steps
    assert steps[-1] == ("done", 3)


def test_a_cancelled_export_stops_and_leaves_no_file(monkeypatch):
    monkeypatch.setattr(actions, "TELL_EVERY", 0)
    opened()
    asked(leader())
    row = ExportRun.objects.get()
    assert staff_client(leader()).post(f"{PATH}/{row.public_id}/cancel").json()["state"] == "cancelled"
    actions.run(row.pk)
    assert ExportRun.objects.get().state == "cancelled"
    assert StoredFile.objects.count() == 0
    again = staff_client(leader()).post(f"{PATH}/{row.public_id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "export-over")


def test_an_export_that_breaks_is_tried_again_and_then_says_so():
    asked(leader())
    row = ExportRun.objects.get()
    states = []
    with patch.object(actions, "_write", side_effect=OSError("x")):
        for _ in range(3):
            with pytest.raises(OSError, match="x"):
                actions.run(row.pk)
            states.append(ExportRun.objects.get().state)
    assert states == ["waiting", "waiting", "failed"]


def test_an_export_goes_when_its_day_has_come():
    opened()
    made(leader())
    past = clock.wall() - timedelta(days=1)
    ExportRun.objects.update(keep_until=past)
    StoredFile.objects.update(keep_until=past)
    assert actions.forget_old() == 1
    files.sweep()
    assert StoredFile.objects.count() == 0


def test_a_hundred_thousand_rows_are_written_without_standing_in_memory_together():
    """The rows are made one by one and the file leaves in parts."""
    columns = (Column("a", "甲", "A"), Column("b", "乙", "B"))
    parts = list(
        writing.as_csv(columns, ({"a": n, "b": "宽带"} for n in range(100_000)), english=False, told=lambda _: None)
    )
    assert len(parts) > 10
    assert max(map(len, parts)) < 4 * writing.PART
    assert b"".join(parts).count(b"\n") == 100_001


# ── the watermark ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.req("R-REC-003")
def test_every_export_needs_the_permission_and_carries_who_when_and_a_number_that_the_audit_knows():
    """Customer information leaves by permission alone, each file says who took it, and the log finds that number."""
    opened()
    assert asked(staff("8021", "comprehensive")).status_code == 403
    heading, line = rows(made(leader()))
    row = ExportRun.objects.latest("id")
    assert heading[-1] == "导出水印"
    assert line[-1].startswith(f"沈立（{by(leader()).key}） ")
    assert line[-1].endswith(f" 导出 {actions.trace_of(row)}")
    noted = AuditRow.objects.filter(details__trace=actions.trace_of(row)).order_by("id")
    assert [(one.verb, one.principal) for one in noted] == [
        ("exports.request", by(leader()).key),
        ("exports.finish", by(leader()).key),
    ]


@pytest.mark.req("R-REC-003")
def test_a_workbook_carries_the_watermark_on_each_page_and_on_a_sheet_of_its_own():
    """A workbook says on every printed page, in its properties and on a sheet who exported it under which number."""
    opened()
    book = openpyxl.load_workbook(io.BytesIO(made(leader(), form="xlsx")))
    trace = actions.trace_of(ExportRun.objects.latest("id"))
    first, about = book.worksheets
    assert trace in str(first.oddHeader.center.text)
    assert trace in str(first.oddFooter.left.text)
    assert trace in str(book.properties.description)
    assert (about.title, trace in str(about["A1"].value), about.max_row) == ("导出水印", True, 1)
    assert first.max_row == 2
