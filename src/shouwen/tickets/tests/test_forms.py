"""A kind of ticket asks its form; the answers are checked, kept with their version, and shown."""

from __future__ import annotations

from typing import Any

import pytest

from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.customers.tests.factories import customer_client
from shouwen.forms import actions as forms
from shouwen.forms.actions import Filled
from shouwen.forms.models import Answers
from shouwen.forms.shipped import forms as shipped
from shouwen.kit import clock, versions
from shouwen.tickets import actions
from shouwen.tickets.models import Ticket

from .factories import chen, fang, opened, queue, zhou

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS = {
    "service": "broadband",
    "since": "2026-11-22",
    "address": {"area": "苏州市姑苏区", "detail": "平江路 8 号"},
    "phone": "13812345678",
}


@pytest.fixture(autouse=True)
def installed() -> None:
    """The shipped forms are in force."""
    forms.install_forms()


def filled(**changes: Any) -> Filled:
    return Filled(form="ticket.fault", number=1, answers={**ANSWERS, **changes})


def changed_form(**changes: Any) -> int:
    """Publish a new version of the fault report by two people; return its number."""
    one, two = (by(staff(number, "data_maintenance", name=number)) for number in ("5001", "5002"))
    content = shipped()["ticket.fault"] | changes
    made = versions.draft(by=one, kind="forms.form", key="ticket.fault", title="障碍申告单", content=content)
    versions.submit(by=one, version_id=made, revision=1)
    versions.publish(by=two, version_id=made, revision=2)
    found = versions.current("forms.form", "ticket.fault", clock.now())
    assert found is not None
    return found.number


def test_the_desk_asks_for_the_form_and_the_ticket_shows_the_answers() -> None:
    queue()
    client = staff_client(fang())
    asked = client.get("/api/ticket-form", kind="fault", category="network.broadband.los").json()["form"]
    assert (asked["key"], asked["number"], asked["definition"]["steps"][0]["key"]) == ("ticket.fault", 1, "what")
    body = {
        "kind": "fault",
        "category": "network.broadband.los",
        "title": "断网",
        "customer_id": chen().pk,
        "form": {"form": "ticket.fault", "number": 1, "answers": ANSWERS},
    }
    made = client.post("/api/tickets", body)
    assert made.status_code == 201
    shown = client.get(f"/api/tickets/{made.json()['number']}").json()["answers"]
    lines = {line["name"]: (line["label_zh"], line["zh"], line["en"]) for line in shown["lines"]}
    assert lines == {
        "service": ("业务", "宽带", "Broadband"),
        "since": ("从哪天开始", "2026-11-22", "2026-11-22"),
        "address": ("故障地址", "苏州市姑苏区 平江路 8 号", "苏州市姑苏区 平江路 8 号"),
        "phone": ("现场联系电话", "138 **** 5678", "138 **** 5678"),
    }


def test_a_wrong_answer_is_named_and_no_ticket_is_there() -> None:
    queue()
    body = {"kind": "fault", "title": "断网", "customer_id": chen().pk}
    form = {"form": "ticket.fault", "number": 1, "answers": ANSWERS | {"since": "", "phone": "1"}}
    refused = staff_client(fang()).post("/api/tickets", body | {"form": form})
    assert refused.status_code == 422
    assert [(e["field"], e["detail"]) for e in refused.json()["errors"]] == [
        ("answers.since", "必须填写"),
        ("answers.phone", "请填 11 位手机号，或带区号的固定电话"),
    ]
    assert (Ticket.objects.count(), Answers.objects.count()) == (0, 0)


def test_a_running_ticket_keeps_the_version_it_was_asked_by() -> None:
    """Publishing a new version changes nothing of what was answered, nor how it reads."""
    ticket = opened(filled=filled())
    assert changed_form(title={"zh": "新的申告单", "en": "New report"}) == 2
    shown = staff_client(zhou()).get(f"/api/tickets/{ticket.number}").json()["answers"]
    assert (shown["number"], shown["title_zh"]) == (1, "障碍申告单")
    late = actions.open_ticket(
        by=by(fang()), kind="fault", title="断网", description="", customer_id=chen().pk, filled=filled()
    )
    assert Answers.objects.get(subject_id=late.id).number == 1


def test_a_form_that_must_be_filled_in_is_asked_of_every_person() -> None:
    changed_form(must=True)
    queue()
    body = {"kind": "fault", "title": "断网", "customer_id": chen().pk}
    refused = staff_client(fang()).post("/api/tickets", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "form-needed")
    form = {"form": "ticket.fault", "number": 2, "answers": ANSWERS}
    assert staff_client(fang()).post("/api/tickets", body | {"form": form}).status_code == 201


def test_a_form_for_a_category_goes_before_that_of_the_kind() -> None:
    content = shipped()["ticket.complaint"] | {"places": ["ticket.category.network.broadband"]}
    versions.install(kind="forms.form", key="ticket.broadband", title="宽带", content=content)
    client = staff_client(fang())
    found = client.get("/api/ticket-form", kind="fault", category="network.broadband.los").json()["form"]
    assert found["key"] == "ticket.broadband"
    assert client.get("/api/ticket-form", kind="enquiry").json() == {"form": None}


def test_a_customer_fills_the_same_form_in_the_portal() -> None:
    queue()
    client = customer_client(chen())
    asked = client.get("/api/portal/matter-form", kind="fault").json()["form"]
    form = {"form": asked["key"], "number": asked["number"], "answers": ANSWERS}
    body = {"kind": "fault", "title": "断网", "description": "昨晚起断网", "form": form}
    made = client.post("/api/portal/matters", body)
    assert made.status_code == 201
    assert Answers.objects.get().values["address"]["detail"] == "平江路 8 号"


def test_the_files_of_the_form_are_among_the_tickets_and_open_for_who_may_see_them() -> None:
    queue()
    chens, zhous = customer_client(chen()), staff_client(zhou())
    photo = chens.upload("/api/portal/files", b"LOS", name="红灯.txt").json()["id"]
    form = {"form": "ticket.fault", "number": 1, "answers": {**ANSWERS, "photos": [photo]}}
    body = {"kind": "fault", "title": "断网", "description": "昨晚起断网", "form": form}
    number = chens.post("/api/portal/matters", body).json()["number"]
    (seen,) = zhous.get(f"/api/tickets/{number}/files").json()["items"]
    (own,) = chens.get(f"/api/portal/matters/{number}/files").json()["items"]
    assert (seen["name"], seen["by_customer"], own["name"]) == ("红灯.txt", True, "红灯.txt")
    assert b"".join(zhous.get(seen["url"])) == b"LOS"
    answered = zhous.get(f"/api/tickets/{number}").json()["answers"]["lines"]
    assert [line["files"][0]["name"] for line in answered if line["files"]] == ["红灯.txt"]


def test_what_no_version_ever_asked_is_refused() -> None:
    queue()
    body = {"kind": "fault", "title": "断网", "customer_id": chen().pk}
    form = {"form": "ticket.fault", "number": 9, "answers": {}}
    refused = staff_client(fang()).post("/api/tickets", body | {"form": form})
    assert (refused.status_code, refused.json()["code"]) == (404, "form-not-found")


def test_a_form_without_help_is_kept_as_a_draft_and_refused_for_review() -> None:
    client = staff_client(staff("5001", "data_maintenance", organisation()))
    content = shipped()["ticket.fault"]
    content["steps"][0]["fields"][0]["help"] = {"zh": "", "en": ""}
    body = {"kind": "forms.form", "key": "ticket.fault", "title": "障碍申告单", "content": content}
    made = client.post("/api/versions", body)
    assert made.status_code == 201
    refused = client.post(f"/api/versions/{made.json()['id']}/submit", If_Match='"1"')
    assert (refused.status_code, refused.json()["code"]) == (422, "form-unsound")
    assert [e["field"] for e in refused.json()["errors"]] == ["content.steps.0.fields.0.help"]


def test_an_unsound_form_is_not_even_a_draft() -> None:
    client = staff_client(staff("5001", "data_maintenance"))
    body = {"kind": "forms.form", "key": "ticket.fault", "title": "障碍申告单", "content": {"steps": 5}}
    assert client.post("/api/versions", body).json()["code"] == "form-unsound"
