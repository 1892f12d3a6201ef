"""From empty to the first chat: the operator, pasted tables, trial messages, and the list of what is left to do."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts import queries as people
from shouwen.accounts.tests.factories import PASSWORD
from shouwen.kit.testing import ApiClient
from shouwen.notifications import actions as notifications
from shouwen.notifications.ports import connect
from shouwen.project.first_start import issue_link
from shouwen.project.set_up import tables
from shouwen.routing import queries as routing

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
ORGANISATIONS = "省\t市\t班组\n江苏\t苏州\t一班\n江苏\t南京\n"
STAFF = """工号,姓名,单位,台席,初始密码,邮箱
7002,许哲,苏州,值班长台,first-word-2026,
8021,方以宁,江苏/苏州,综合受理,first-word-2026,fang@example.com
"""
QUEUES = """代码\t名称\t英文名称\t值班长工号\t坐席
general\t综合业务\tGeneral\t7002\t8021:8
broadband\t宽带报障\tBroadband\t7002\t8021：6
"""


@pytest.fixture
def admin(db: None) -> ApiClient:
    """The administrator of an installation that is empty otherwise."""
    client = ApiClient()
    token = issue_link().rpartition("=")[2]
    body = {"token": token, "organisation": "江海通信", "number": "1", "name": "顾盼", "password": PASSWORD}
    assert client.post("/api/set-up", body).status_code == 201
    return client


def load(client: ApiClient, kind: str, text: str, *, check: bool = False) -> dict[str, Any]:
    found = client.post(f"/api/set-up/tables/{kind}", {"text": text, "check": check})
    assert found.status_code == 200, found.content
    return dict(found.json())


def steps(client: ApiClient) -> dict[str, bool]:
    return {step["code"]: step["done"] for step in client.get("/api/set-up/checklist").json()}


# -- pasted text -------------------------------------------------------------------------------------------


def test_a_heading_decides_the_order_of_the_columns():
    (row,) = tables.read("organisations", "市,省\n苏州,江苏\n")
    assert (row.line, row.cells) == (2, {"province": "江苏", "city": "苏州", "team": ""})


def test_without_a_heading_the_columns_come_as_the_form_names_them():
    (row,) = tables.read("organisations", "江苏\t苏州\t一班")
    assert row.cells == {"province": "江苏", "city": "苏州", "team": "一班"}


def test_full_width_separators_and_quotes_are_read():
    (row,) = tables.read("organisations", '"江苏"，苏州')
    assert row.cells["city"] == "苏州"


def test_a_cell_that_may_not_be_empty_is_named():
    (row,) = tables.read("staff", "8021,,苏州,综合受理,password")
    assert row.missing == ["name"]


@given(st.text(max_size=300), st.sampled_from(sorted(tables.COLUMNS)))
def test_whatever_is_pasted_is_read_without_a_defect(text: str, kind: str):
    for row in tables.read(kind, text.replace("\x00", "").replace("\r", "")):
        assert set(row.cells) == {column.name for column in tables.COLUMNS[kind]}


def test_levels_are_read_and_nonsense_is_refused():
    assert tables.levels("8021:8 8033 8046：3") == {"8021": 8, "8033": 5, "8046": 3}
    for nonsense in ("8021:0", "8021:eleven", "8021:11"):
        with pytest.raises(ValueError, match=r".+"):
            tables.levels(nonsense)


# -- loading -----------------------------------------------------------------------------------------------


def test_three_tables_make_an_installation_that_can_serve(admin: ApiClient):
    assert steps(admin) == dict.fromkeys(("operator", "organisations", "staff", "queues", "message", "chat"), False)
    assert load(admin, "organisations", ORGANISATIONS)["written"]
    assert load(admin, "staff", STAFF)["written"]
    assert load(admin, "queues", QUEUES)["written"]
    agent = people.find_staff("8021")
    assert [unit["name"] for unit in people.organisations(people.principal_of(agent.id))] == ["苏州", "一班"]
    assert dict(routing.skills_of([agent.id])[agent.id]) == {"general": 8, "broadband": 6}
    assert [(queue.code, queue.general) for queue in routing.queues()] == [("broadband", False), ("general", True)]
    assert [name for name, done in steps(admin).items() if done] == ["organisations", "staff", "queues"]
    topics = ApiClient().get("/api/portal/topics").json()
    assert [topic["code"] for topic in topics] == ["general", "broadband"]


def test_one_bad_line_keeps_all_of_a_table_out_and_is_named(admin: ApiClient):
    load(admin, "organisations", ORGANISATIONS)
    found = load(
        admin, "staff", STAFF + "8022,沈佳,无锡,综合受理,first-word-2026\n8023,罗文静,苏州,厨师,first-word-2026\n"
    )
    assert not found["written"]
    errors = {line["line"]: line["error"] for line in found["lines"]}
    assert (errors[2], errors[3]) == ("", "")
    assert errors[4].startswith("没有名为「无锡」的单位")
    assert errors[5].startswith("没有「厨师」这种台席")
    assert not steps(admin)["staff"]


def test_a_check_writes_nothing_and_passwords_do_not_come_back(admin: ApiClient):
    load(admin, "organisations", ORGANISATIONS)
    found = load(admin, "staff", STAFF, check=True)
    assert [line["error"] for line in found["lines"]] == ["", ""]
    assert {line["cells"]["password"] for line in found["lines"]} == {"••••"}
    assert not steps(admin)["staff"]


def test_organisations_that_are_there_already_are_left_alone(admin: ApiClient):
    load(admin, "organisations", ORGANISATIONS)
    assert load(admin, "organisations", ORGANISATIONS + "江苏,无锡\n".replace(",", "\t"))["written"]
    assert [step["count"] for step in admin.get("/api/set-up/checklist").json()][1] == 5


def test_an_empty_paste_is_refused_in_words(admin: ApiClient):
    found = admin.post("/api/set-up/tables/staff", {"text": "工号,姓名\n", "check": False})
    assert (found.status_code, found.json()["code"]) == (422, "table-empty")


def test_only_who_may_set_the_operator_up_loads_tables(admin: ApiClient):
    load(admin, "organisations", ORGANISATIONS)
    load(admin, "staff", STAFF)
    agent = ApiClient()
    assert agent.post("/api/session", {"number": "8021", "password": "first-word-2026"}).status_code == 200
    for answer in (
        agent.get("/api/set-up/checklist"),
        agent.get("/api/set-up/checks"),
        agent.post("/api/set-up/tables/staff", {"text": STAFF, "check": True}),
        agent.post("/api/set-up/messages", {"channel": "inapp"}),
    ):
        assert answer.status_code == 403


# -- the operator ------------------------------------------------------------------------------------------


def test_the_operator_is_set_once_for_every_screen(admin: ApiClient):
    given = {"name": "江海通信", "access_code": "10099", "opens": "08:00", "closes": "22:00", "weekdays": [6, 0, 1]}
    assert admin.put("/api/operator", given).json()["weekdays"] == [0, 1, 6]
    shown = ApiClient().get("/api/operator").json()
    assert (shown["access_code"], shown["opens"], shown["closes"]) == ("10099", "08:00:00", "22:00:00")
    assert steps(admin)["operator"]


@pytest.mark.parametrize("wrong", [{"opens": "22:00"}, {"weekdays": []}, {"access_code": "1"}])
def test_hours_and_numbers_that_cannot_be_are_refused(admin: ApiClient, wrong: dict[str, Any]):
    given = {"name": "江海", "access_code": "10099", "opens": "08:00", "closes": "22:00", "weekdays": [0], **wrong}
    assert admin.put("/api/operator", given).status_code == 422


def test_a_logo_is_known_by_its_content_and_shown_to_everybody(admin: ApiClient):
    image = base64.b64encode(PNG).decode()
    digest = admin.put("/api/operator/logo", {"image": image}).json()["logo"]
    shown = ApiClient().get(f"/api/operator/logo/{digest}")
    assert (shown.content, shown["Content-Type"]) == (PNG, "image/png")
    assert "immutable" in shown["Cache-Control"]
    assert not steps(admin)["operator"]
    assert admin.put("/api/operator/logo", {"image": ""}).json()["logo"] == ""
    assert ApiClient().get(f"/api/operator/logo/{digest}").status_code == 404


@pytest.mark.parametrize("image", [b"<svg onload='x'>", b"MZ", PNG + bytes(210 * 1024)])
def test_anything_but_a_small_picture_is_no_logo(admin: ApiClient, image: bytes):
    refused = admin.put("/api/operator/logo", {"image": base64.b64encode(image).decode()})
    assert (refused.status_code, refused.json()["code"]) == (422, "logo-invalid")


def test_an_image_that_is_not_base64_is_refused(admin: ApiClient):
    for nonsense in ("\u202e", "%%%", "abc"):
        assert admin.put("/api/operator/logo", {"image": nonsense}).json()["code"] == "logo-invalid"


# -- trial messages and checks -----------------------------------------------------------------------------


class Post:
    def send(self, *, channel: str, address: str, title: str, body: str, reference: str) -> str:
        return f"250 accepted {address}"


def test_a_trial_message_shows_its_receipt(admin: ApiClient, monkeypatch: pytest.MonkeyPatch):
    connect("email", Post())
    sent = admin.post("/api/set-up/messages", {"channel": "email", "address": "ops@example.com"}).json()
    assert (sent["state"], steps(admin)["message"]) == ("queued", False)
    assert notifications.send_due("email") == 1
    found = admin.get(f"/api/set-up/messages/{sent['id']}").json()
    assert (found["state"], found["receipt"]) == ("sent", "250 accepted ops@example.com")
    assert steps(admin)["message"]


def test_a_message_in_the_app_is_there_at_once(admin: ApiClient):
    assert admin.post("/api/set-up/messages", {"channel": "inapp"}).json()["state"] == "sent"
    assert admin.get("/api/notices").json()["items"][0]["title"] == "测试消息"


def test_a_message_without_an_address_is_refused(admin: ApiClient):
    assert admin.post("/api/set-up/messages", {"channel": "sms"}).json()["code"] == "address-needed"


def test_the_doctor_speaks_the_readers_language(admin: ApiClient):
    assert "磁盘" in [check["name"] for check in admin.get("/api/set-up/checks").json()]
    admin.headers["Accept-Language"] = "en"
    assert "disk" in [check["name"] for check in admin.get("/api/set-up/checks").json()]
