"""From empty to the first chat: the operator, pasted tables, trial messages, and the list of what is left to do."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from shouwen.accounts import queries as people
from shouwen.accounts.tests.factories import PASSWORD
from shouwen.desk.errors import LevelsUnreadable
from shouwen.desk.imports import levels
from shouwen.kit import clock, versions
from shouwen.kit.testing import ApiClient, deliver, run_jobs
from shouwen.notifications import actions as notifications
from shouwen.notifications.ports import connect
from shouwen.project.first_start import issue_link
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


def begun(client: ApiClient, kind: str, text: str) -> dict[str, Any]:
    """Import a table as far as the check of every line."""
    file = client.upload("/api/files", text.encode(), name="table.csv", purpose="import").json()["id"]
    run = client.post("/api/imports", {"kind": kind, "file": file}).json()
    return pressed(client, run["id"], "check")


def pressed(client: ApiClient, run: str, verb: str, body: Any = None) -> dict[str, Any]:
    found = client.post(f"/api/imports/{run}/{verb}", body)
    assert found.status_code == 200, found.content
    run_jobs()
    return dict(client.get(f"/api/imports/{run}").json())


def load(client: ApiClient, kind: str, text: str) -> dict[str, Any]:
    checked = begun(client, kind, text)
    assert (checked["state"], checked["wrong"]) == ("checked", [])
    return pressed(client, checked["id"], "start", {"choice": "all"})


def steps(client: ApiClient) -> dict[str, bool]:
    return {step["code"]: step["done"] for step in client.get("/api/set-up/checklist").json()}


# -- tables ------------------------------------------------------------------------------------------------


def test_levels_are_read_and_nonsense_is_refused():
    assert levels("8021:8 8033 8046：3") == {"8021": 8, "8033": 5, "8046": 3}
    for nonsense in ("8021:0", "8021:eleven", "8021:11"):
        with pytest.raises(LevelsUnreadable):
            levels(nonsense)


def test_three_tables_make_an_installation_that_can_serve(admin: ApiClient):
    assert steps(admin) == dict.fromkeys(("operator", "organisations", "staff", "queues", "message", "chat"), False)
    for kind, text in (("accounts.organisations", ORGANISATIONS), ("accounts.staff", STAFF), ("queues", QUEUES)):
        assert load(admin, kind, text)["state"] == "done"
    agent = people.find_staff("8021")
    assert [unit["name"] for unit in people.organisations(people.principal_of(agent.id))] == ["苏州", "一班"]
    assert dict(routing.skills_of([agent.id])[agent.id]) == {"general": 8, "broadband": 6}
    assert [(queue.code, queue.general) for queue in routing.queues()] == [("broadband", False), ("general", True)]
    assert [name for name, done in steps(admin).items() if done] == ["organisations", "staff", "queues"]
    topics = ApiClient().get("/api/portal/topics").json()
    assert [topic["code"] for topic in topics] == ["general", "broadband"]


def test_what_is_wrong_in_a_table_is_named_by_line_and_cell(admin: ApiClient):
    load(admin, "accounts.organisations", ORGANISATIONS)
    load(admin, "accounts.staff", STAFF)
    wrong = "Broad Band,宽带,Broadband,7002,8021\nmobile,移动,Mobile,9999,8021:12\n".replace(",", "\t")
    found = begun(admin, "queues", QUEUES + wrong)["wrong"]
    assert [(one["line"], one["field"]) for one in found] == [(4, "code"), (5, "leader"), (5, "agents")]


def test_organisation_and_queues_are_taken_back_whole_while_nobody_uses_them(admin: ApiClient):
    units = load(admin, "accounts.organisations", ORGANISATIONS)
    assert pressed(admin, units["id"], "undo")["state"] == "undone"
    assert [step["count"] for step in admin.get("/api/set-up/checklist").json()][1] == 0
    load(admin, "accounts.organisations", ORGANISATIONS)
    load(admin, "accounts.staff", STAFF)
    queues = load(admin, "queues", QUEUES)
    assert pressed(admin, queues["id"], "undo")["state"] == "undone"
    assert (routing.queues(), ApiClient().get("/api/portal/topics").json()) == ([], [])


def test_only_who_may_loads_tables_and_sees_the_checklist(admin: ApiClient):
    load(admin, "accounts.organisations", ORGANISATIONS)
    load(admin, "accounts.staff", STAFF)
    agent = ApiClient()
    assert agent.post("/api/session", {"number": "8021", "password": "first-word-2026"}).json()["dues"] == ["password"]
    words = {"old": "first-word-2026", "password": "second-word-2026"}
    assert agent.post("/api/me/password", words).status_code == 200
    assert agent.get("/api/imports/kinds").json() == []
    for answer in (
        agent.get("/api/set-up/checklist"),
        agent.get("/api/set-up/checks"),
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


def test_the_operators_hours_are_a_calendar_that_limits_and_queues_may_follow(admin: ApiClient):
    given = {"name": "江海通信", "access_code": "10099", "opens": "08:30", "closes": "21:00", "weekdays": [0, 1, 5]}
    for closes, number in (("21:00", 1), ("21:00", 1), ("22:00", 2)):
        answer = admin.put("/api/operator", {**given, "closes": closes, "time_zone": "Asia/Urumqi"})
        assert answer.json()["time_zone"] == "Asia/Urumqi"
        deliver()
        calendar = versions.current("sla.calendar", "service", clock.now())
        assert calendar is not None
        week = calendar.content["week"]
        assert (calendar.number, week[5], week[2]) == (number, [["08:30", closes]], [])


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
