"""Imports: a table becomes rows, after every cell was looked at; nothing doubled, and taken back as a whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.accounts.models import Role, Staff
from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.customers.models import Customer
from shouwen.kit import files
from shouwen.kit.imports import actions, reading
from shouwen.kit.imports.errors import (
    ColumnsTooMany,
    EncodingUnknown,
    HeadingsDoubled,
    NothingInside,
    RowsTooMany,
    SheetBroken,
)
from shouwen.kit.imports.kinds import KINDS, Field
from shouwen.kit.imports.mapping import guess
from shouwen.kit.models import ImportRow, ImportRun, StoredFile
from shouwen.kit.testing import facts

HEAD = ["工号", "姓名", "部门", "台席类型", "初始密码"]
GOOD = ["8101", "林慧", "苏州", "综合台", "Sunny-Day-01"]
OTHER = ["8102", "赵岩", "苏州", "班长、comprehensive", "Rainy-Day-02"]


def administrator() -> Staff:
    organisation()
    return staff("1000", "system_management", name="管理员")


def table(*rows: Sequence[str], head: Sequence[str] = HEAD, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def workbook(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def begun(content: bytes, name: str = "人员.csv", *, kind: str = "accounts.staff", who: Staff | None = None) -> Any:
    """Upload a table and begin an import with it; return the answer."""
    client = staff_client(who or administrator())
    answer = client.upload("/api/files", content, name=name, purpose="import")
    assert answer.status_code == 201, answer.json()
    return client.post("/api/imports", {"kind": kind, "file": answer.json()["id"]})


def step(number: str, verb: str, body: Any = None, *, who: Staff | None = None) -> Any:
    """Press a button, let the worker do what follows, and return how the import stands."""
    client = staff_client(who or administrator())
    pressed = client.post(f"/api/imports/{number}/{verb}", body)
    if pressed.status_code != 200:
        return pressed.json()
    actions.run(ImportRun.objects.get(public_id=number).pk)
    return client.get(f"/api/imports/{number}").json()


def checked(content: bytes, name: str = "人员.csv", **more: Any) -> Any:
    return step(begun(content, name, **more).json()["id"], "check")


def imported(*rows: Sequence[str], choice: str = "all") -> Any:
    return step(checked(table(*rows))["id"], "start", {"choice": choice})


def numbers() -> list[str]:
    return sorted(Staff.objects.exclude(number="1000").values_list("number", flat=True))


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_whatever_encoding_the_spreadsheet_saved_it_in(encoding):
    found = reading.read(table(GOOD, encoding=encoding), "text/csv")
    assert (found.headings, list(found.rows)) == (HEAD, [(2, GOOD)])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_whatever_stands_between_its_cells(delimiter):
    content = f"{delimiter.join(HEAD)}\r\n{delimiter.join(GOOD)}\r\n".encode()
    assert list(reading.read(content, "text/csv").rows) == [(2, GOOD)]


def test_a_workbook_is_read_with_its_dates_and_numbers_and_blank_lines_left_out():
    content = workbook([8101, "林慧", 3.0, None, "x"], [None] * 5, ["8102", " 赵岩 ", 2.5, "", "y"])
    rows = list(reading.read(content, "x.sheet").rows)
    assert rows == [(2, ["8101", "林慧", "3", "", "x"]), (4, ["8102", "赵岩", "2.5", "", "y"])]


def test_a_formula_is_no_value_but_a_number_with_its_country_code_is():
    content = workbook(["=1+1", "a"], head=["甲", "乙"])
    assert list(reading.read(content, "x.sheet").rows) == [(2, [reading.FORMULA, "a"])]
    content = table(["=HYPERLINK(1)", "+8613800006620"], head=["甲", "乙"])
    assert list(reading.read(content, "text/csv").rows) == [(2, [reading.FORMULA, "+8613800006620"])]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("姓名,工号\n".encode() + b"\xff\xff\xff\n", EncodingUnknown),
        (b"a,b\n1,\x002\n", EncodingUnknown),
        (b"PK\x03\x04 broken", SheetBroken),
        (b"\n\n", NothingInside),
        ("工号,工号\n1,2\n".encode(), HeadingsDoubled),
        (",".join(f"c{n}" for n in range(61)).encode() + b"\n1\n", ColumnsTooMany),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(content, refusal):
    with pytest.raises(refusal):
        list(reading.read(content, "text/csv").rows)


def test_a_hundred_thousand_rows_are_read_and_one_more_is_refused():
    content = b"a,b\n" + b"1,2\n" * 100_000
    assert sum(1 for _ in reading.read(content, "text/csv").rows) == 100_000
    with pytest.raises(RowsTooMany):
        list(reading.read(content + b"1,2\n", "text/csv").rows)


@given(st.binary(max_size=400))
def test_whatever_bytes_come_the_answer_is_a_table_or_a_refusal(content):
    try:
        found = reading.read(content, "text/csv")
        rows = list(found.rows)
    except (EncodingUnknown, SheetBroken, NothingInside, HeadingsDoubled, ColumnsTooMany):
        return
    assert all(len(cells) == len(found.headings) for _, cells in rows)


# ── columns ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_columns_are_guessed_by_name_in_either_language_and_when_nearly_right():
    fields = KINDS["accounts.staff"].fields
    assert guess(HEAD, fields) == {"number": 0, "name": 1, "organisation": 2, "roles": 3, "password": 4}
    english = ["E-Mail", "Staff", "First_Password", "Name", "Organisation*", "number"]
    assert guess(english, fields) == {"email": 0, "password": 2, "name": 3, "organisation": 4, "number": 5}
    assert guess(["unrelated", "无关"], fields) == {}


@settings(max_examples=40)
@given(st.lists(st.text(alphabet="甲乙ab_ ", max_size=5), max_size=8))
def test_no_column_is_guessed_twice(headings):
    fields = (Field("a", "甲", "A"), Field("ab", "甲乙", "AB"), Field("b", "乙", "B"))
    chosen = guess(headings, fields)
    assert len(set(chosen.values())) == len(chosen)
    assert all(headings[at] for at in chosen.values())


@pytest.mark.django_db
def test_a_person_chooses_the_columns_that_were_not_guessed_and_sees_the_first_rows():
    number = begun(table(GOOD, head=["甲", "乙", "丙", "丁", "戊"])).json()["id"]
    client = staff_client(administrator())
    refused = client.post(f"/api/imports/{number}/check")
    assert (refused.status_code, refused.json()["code"]) == (422, "import-fields-missing")
    assert "工号、姓名、组织、台席类型、初始密码" in refused.json()["detail"]
    mapping = {"number": 0, "name": 1, "organisation": 2, "roles": 3, "password": 4}
    shown = client.put(f"/api/imports/{number}/mapping", {"mapping": mapping}).json()
    assert shown["preview"][0]["cells"]["name"] == "林慧"
    assert shown["preview"][0]["cells"]["password"] == "••••••"
    assert shown["wrong"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("mapping", [{"moon": 0}, {"number": 9}, {"number": -1}, {"number": 0, "name": 0}])
def test_columns_that_do_not_fit_are_refused(mapping):
    number = begun(table(GOOD)).json()["id"]
    answer = staff_client(administrator()).put(f"/api/imports/{number}/mapping", {"mapping": mapping})
    assert (answer.status_code, answer.json()["code"]) == (422, "import-mapping-wrong")


# ── checking ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_what_is_wrong_is_said_by_cell_in_words_with_a_file_to_correct():
    bad = [
        ["1000", "", "苏州", "综合台", "Sunny-Day-01"],
        ["8103", "王五", "月球", "宇航员", "123"],
        ["8101", "重复", "苏州", "综合台", "Sunny-Day-01"],
        ["8104", "=1+1", "苏州", "综合台", "Sunny-Day-01"],
    ]
    told = checked(table(GOOD, *bad))
    assert (told["state"], told["total"], told["good"], told["bad"]) == ("checked", 5, 1, 4)
    assert [(one["line"], one["field"], one["text"]) for one in told["wrong"]] == [
        (3, "name", "「姓名」必须填写"),
        (4, "organisation", "没有名为「月球」的组织，或不在您的管理范围内"),
        (4, "roles", "没有名为「宇航员」的台席类型"),
        (4, "password", "密码至少 10 个字符。请加长后再试。"),
        (5, "number", "「工号」与第 2 行相同"),
        (6, "name", "「姓名」是公式，请在表格里改为粘贴的数值"),
    ]
    content = b"".join(staff_client(administrator()).get(told["error_file"]["url"])).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0] == [*HEAD, "原文件行号", "问题"]
    assert [row[5] for row in rows[1:]] == ["3", "4", "5", "6"]
    assert numbers() == []


@pytest.mark.django_db
def test_a_table_can_be_checked_again_with_other_columns():
    number = begun(table(GOOD)).json()["id"]
    assert step(number, "check")["good"] == 1
    staff_client(administrator()).put(
        f"/api/imports/{number}/mapping",
        {"mapping": {"number": 1, "name": 0, "organisation": 2, "roles": 3, "password": 4}},
    )
    again = step(number, "check")
    assert (again["state"], again["good"], again["total"]) == ("checked", 1, 1)
    assert ImportRow.objects.count() == 1


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_good_table_is_written_and_its_people_can_sign_in():
    told = imported(GOOD, OTHER)
    assert (told["state"], told["written"]) == ("done", 2)
    assert numbers() == ["8101", "8102"]
    assert set(Staff.objects.get(number="8102").roles.values_list("code", flat=True)) == {
        "shift_leader",
        "comprehensive",
    }
    from shouwen.accounts.actions import sign_in

    assert sign_in(number="8101", password="Sunny-Day-01").staff_id == Staff.objects.get(number="8101").pk


@pytest.mark.django_db
def test_all_or_none_writes_none_while_a_row_is_wrong_and_only_the_good_on_request():
    bad = ["8103", "王五", "月球", "综合台", "Sunny-Day-01"]
    number = checked(table(GOOD, bad))["id"]
    assert step(number, "start", {"choice": "all"})["code"] == "import-rows-wrong"
    assert numbers() == []
    assert step(number, "start", {"choice": "good"})["written"] == 1
    assert numbers() == ["8101"]


@pytest.mark.django_db
def test_a_row_that_went_wrong_meanwhile_takes_all_back_when_all_were_asked():
    number = checked(table(GOOD, OTHER))["id"]
    staff("8102", "comprehensive")
    told = step(number, "start", {"choice": "all"})
    assert told["state"] == "undoing"
    actions.run(ImportRun.objects.get().pk)
    assert (ImportRun.objects.get().state, numbers()) == ("failed", ["8102"])
    assert "有 1 行有问题" in ImportRun.objects.get().error_zh


@pytest.mark.django_db
def test_the_same_file_and_the_same_press_write_nothing_twice():
    administrator()
    client = staff_client(administrator())
    file = client.upload("/api/files", table(GOOD), name="a.csv", purpose="import", key="press-0001").json()["id"]
    body = {"kind": "accounts.staff", "file": file}
    first, second = (client.post("/api/imports", body).json()["id"] for _ in range(2))
    assert first == second
    step(first, "check")
    step(first, "start", {"choice": "all"})
    assert step(first, "start", {"choice": "all"})["written"] == 1
    assert (numbers(), ImportRun.objects.count()) == (["8101"], 1)


class Killed(BaseException):
    """The worker is gone."""


@pytest.mark.django_db
def test_an_import_whose_worker_was_killed_goes_on_where_it_stood(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 1)
    rows = [[f"82{n:02}", "林慧", "苏州", "综合台", "Sunny-Day-01"] for n in range(5)]
    number = checked(table(*rows))["id"]
    staff_client(administrator()).post(f"/api/imports/{number}/start", {"choice": "all"})
    run = ImportRun.objects.get()
    real, calls = actions._write_one, []

    def dies(*args: Any) -> None:
        calls.append(1)
        real(*args)
        if len(calls) == 3:
            raise Killed

    with patch.object(actions, "_write_one", dies), pytest.raises(Killed):
        actions.run(run.pk)
    assert len(numbers()) == 2
    actions.run(run.pk)
    actions.run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.written, len(numbers())) == ("done", 5, 5)


@pytest.mark.django_db
def test_progress_is_told_to_who_imports_alone():
    imported(GOOD)
    told = facts("kit.ImportMoved")
    assert {tuple(fact["audience"]) for fact in told} == {(by(administrator()).key,)}
    assert [fact["payload"]["state"] for fact in told][-1] == "done"


# ── taking back ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_whole_import_is_taken_back_while_nobody_used_what_came_in():
    number = imported(GOOD, OTHER)["id"]
    told = step(number, "undo")
    assert (told["state"], numbers()) == ("undone", [])
    assert step(number, "undo")["state"] == "undone"
    assert step(begun(table(GOOD, OTHER)).json()["id"], "check")["good"] == 2


@pytest.mark.django_db
def test_an_import_that_somebody_works_with_already_is_not_taken_back():
    number = imported(GOOD, OTHER)["id"]
    from shouwen.accounts.actions import sign_in

    sign_in(number="8101", password="Sunny-Day-01")
    refused = step(number, "undo")
    assert (refused["code"], refused["detail"][:4]) == ("import-touched", "导入的 ")
    assert numbers() == ["8101", "8102"]


@pytest.mark.django_db
def test_a_record_that_something_names_stays_and_is_counted():
    number = imported(GOOD, OTHER)["id"]
    from shouwen.kit.principals import SYSTEM
    from shouwen.routing import actions as routing

    one = Staff.objects.get(number="8101")
    routing.add_skill(code="x", name="x", by=SYSTEM)
    place: dict[str, Any] = {"organisation_id": one.organisation_id, "duty_leader_id": one.pk}
    routing.add_queue(code="x", name="x", skill="x", general=True, by=SYSTEM, **place)
    told = step(number, "undo")
    assert (told["state"], told["kept"], numbers()) == ("undone", 1, ["8101"])


# ── customers, and who may ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_customers_are_imported_from_a_workbook_and_taken_back():
    head = ["姓名", "手机号", "客户类型", "星级", "生日", "合同号", "分公司"]
    good = ["陈国栋", 13800006620, "公众", 3, "1980/5/1", "HT-1", "苏州"]
    bad = ["刘洋", "12", "火星", 9, "昨天", "HT-1", "苏州"]
    who = administrator()
    told = checked(workbook(good, bad, head=head), "客户.xlsx", kind="customers", who=who)
    assert [one["field"] for one in told["wrong"]] == ["account_number"]
    told = checked(workbook(good, [*bad[:5], "HT-2", "苏州"], head=head), "客户.xlsx", kind="customers", who=who)
    assert [one["field"] for one in told["wrong"]] == ["phone", "kind", "star", "birth_date"]
    done = step(told["id"], "start", {"choice": "good"})
    assert (done["state"], done["written"]) == ("done", 1)
    row = Customer.objects.get()
    assert (row.name, row.star, str(row.birth_date), row.account_number) == ("陈国栋", 3, "1980-05-01", "HT-1")
    staff_client(who).get(f"/api/customers/{row.pk}")
    assert step(told["id"], "undo")["state"] == "undone"
    assert Customer.objects.count() == 0


@pytest.mark.django_db
def test_who_may_not_add_may_not_import_and_nobody_sees_anothers_import():
    refused = begun(table(GOOD), who=staff("8021", "comprehensive"))
    assert (refused.status_code, refused.json()["code"]) == (403, "permission-refused")
    number = begun(table(GOOD)).json()["id"]
    other = staff("1001", "system_management")
    assert staff_client(other).get(f"/api/imports/{number}").json()["code"] == "import-not-found"
    assert step(number, "check", who=other)["code"] == "import-not-found"
    offered = staff_client(staff("8021")).get("/api/imports/kinds").json()
    assert offered == []


@pytest.mark.django_db
def test_rights_lost_meanwhile_stop_an_import():
    number = checked(table(GOOD))["id"]
    client = staff_client(administrator())
    client.post(f"/api/imports/{number}/start", {"choice": "all"})
    administrator().roles.set([Role.objects.get(code="comprehensive")])
    actions.run(ImportRun.objects.get().pk)
    assert (ImportRun.objects.get().state, numbers()) == ("failed", [])


@pytest.mark.django_db
def test_a_password_in_a_table_stands_nowhere_but_in_the_sealed_file():
    imported(GOOD)
    kept = [str(row) for row in ImportRow.objects.values()] + [str(row) for row in ImportRun.objects.values()]
    assert not any("Sunny-Day-01" in text for text in kept)
    assert StoredFile.objects.get().keep_until is not None
    assert files.cards([StoredFile.objects.get().pk])
