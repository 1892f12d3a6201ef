"""A customer's matters over HTTP: asked, followed like a parcel, confirmed or sent back."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import by, staff_client
from shouwen.customers.tests.factories import customer, customer_client
from shouwen.kit.api import commands_effects
from shouwen.kit.principals import Principal
from shouwen.tickets import actions as tickets
from shouwen.tickets import queries
from shouwen.tickets.models import Ticket
from shouwen.tickets.tests.factories import chen, fang, opened, queue, resolved, taken, zhou
from shouwen.tickets.tests.test_forms import ANSWERS, filled

from .browser import AT, browser

pytestmark = pytest.mark.django_db
FAULT = {
    "kind": "fault",
    "category": "network.broadband.los",
    "title": "宽带断网",
    "description": "LOS 灯一直红，重启没用。",
}


@pytest.fixture
def me():
    queue()
    return customer_client(chen())


@pytest.mark.req("R-ACC-013")
def test_a_request_from_the_web_is_the_same_ticket_as_one_opened_at_the_desk(me):
    """What a customer reports on the web gets number, owner and clocks like a call, and staff see it at once."""
    answer = me.post(f"{AT}/matters", FAULT)

    assert answer.status_code == 201
    shown = answer.json()
    row = Ticket.objects.get(number=shown["number"])
    assert (row.kind, row.customer_id, row.description) == ("fault", chen().pk, "LOS 灯一直红，重启没用。")
    assert shown["owner"] == {"name": "沈立", "number": "9001"}
    assert shown["next"]["what"] == "take"
    desk = staff_client(fang())
    assert desk.get(f"/api/tickets/{row.number}").json()["number"] == row.number
    assert commands_effects() == []


def test_one_press_sent_twice_opens_one_ticket(me):
    answers = [me.post(f"{AT}/matters", FAULT, key="press-0001") for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert Ticket.objects.count() == 1


@pytest.mark.req("R-INF-009")
def test_a_customer_follows_his_matter_step_by_step(me):
    """The tracking page: five steps with their times, who answers for it, what comes next, what happened."""
    ticket = taken()
    tickets.note(by=by(zhou()), number=ticket.number, body="已派单到吴江装维班", visible_to_customer=True)
    tickets.note(by=by(zhou()), number=ticket.number, body="用户语气急躁，内部注意", visible_to_customer=False)

    shown = me.get(f"{AT}/matters/{ticket.number}").json()

    assert [(s["key"], s["done"], s["current"]) for s in shown["steps"]] == [
        ("access", True, False),
        ("acceptance", True, False),
        ("handling", False, True),
        ("delivery", False, False),
        ("follow_up", False, False),
    ]
    assert shown["owner"] == {"name": "方以宁", "number": "8021"}
    assert (shown["state"], shown["next"]["what"]) == ("inProgress", "handle")
    assert shown["can"] == ["urge", "supplement"]
    texts = " ".join(line["text"] for line in shown["timeline"])
    assert "已派单到吴江装维班" in texts
    assert "内部注意" not in texts


def test_the_page_speaks_the_readers_language(me):
    ticket = taken()
    me.headers["Accept-Language"] = "en"

    shown = me.get(f"{AT}/matters/{ticket.number}").json()

    assert shown["timeline"][-1]["text"].startswith("The fault was accepted: ")


def test_confirming_closes_the_matter_and_confirming_again_changes_nothing(me):
    ticket = resolved()

    answers = [me.post(f"{AT}/matters/{ticket.number}/confirm") for _ in range(2)]

    assert [(a.status_code, a.json()["state"]) for a in answers] == [(200, "closed")] * 2
    assert answers[0].json()["closed_reason"] == "confirmed"
    assert answers[0].json()["next"] is None
    assert commands_effects() == []


def test_a_matter_that_is_not_solved_goes_back_to_work(me):
    ticket = resolved()

    answer = me.post(f"{AT}/matters/{ticket.number}/reopen", {"reason": "晚上又断了"})

    shown = answer.json()
    assert (shown["state"], shown["answer"], shown["can"]) == ("inProgress", "", ["urge", "supplement"])
    assert any("晚上又断了" in line["text"] for line in shown["timeline"])


def test_urging_reaches_owner_and_handler_at_once(me):
    ticket = taken()

    assert me.post(f"{AT}/matters/{ticket.number}/urge").status_code == 200

    for person in (fang(), zhou()):
        first = staff_client(person).get("/api/notices").json()["items"][0]
        assert first["body"] == f"客户催办工单 {ticket.number}，请尽快处理并答复。"
    again = me.post(f"{AT}/matters/{ticket.number}/urge")
    assert (again.status_code, again.json()["code"]) == (429, "ticket-urged-already")


def test_an_answer_to_our_question_sets_the_work_going_again(me, clock_at):
    ticket = taken()
    tickets.wait_for_customer(
        by=by(zhou()),
        number=ticket.number,
        question="光猫型号是什么？",
        next_contact_at=clock_at.now().replace(hour=18),
    )
    asked = me.get(f"{AT}/matters/{ticket.number}").json()

    answer = me.post(f"{AT}/matters/{ticket.number}/supplement", {"body": "型号 HG8145"})

    assert (asked["question"], asked["next"]["what"], asked["can"]) == (
        "光猫型号是什么？",
        "supplement",
        ["supplement"],
    )
    assert (answer.json()["state"], answer.json()["question"]) == ("inProgress", "")


@pytest.mark.parametrize(
    ("method", "act"), [("get", ""), *(("post", act) for act in ("/confirm", "/reopen", "/urge", "/supplement"))]
)
def test_a_matter_of_another_customer_is_not_there(me, method, act):
    ticket = resolved()
    other = customer_client(customer("王芳", "15400001111"))
    body = {"body": "x"} if act == "/supplement" else {}

    answer = getattr(other, method)(
        f"{AT}/matters/{ticket.number}{act}", **({"json": body} if method == "post" else {})
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "ticket-not-found")
    assert Ticket.objects.get().state == "resolved"


def test_what_is_over_cannot_be_changed_by_its_customer(me):
    ticket = resolved()
    me.post(f"{AT}/matters/{ticket.number}/confirm")

    for act, body in (("reopen", {"reason": "x"}), ("urge", {}), ("supplement", {"body": "x"})):
        assert me.post(f"{AT}/matters/{ticket.number}/{act}", body).status_code == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "order"}, "kind"),
        ({"title": ""}, "title"),
        ({"description": ""}, "description"),
        ({"category": "x"}, "category"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_opened(me, changes, field):
    answer = me.post(f"{AT}/matters", {**FAULT, **changes})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("path", ["home", "matters", "matters/GD20261123-000001", "notices", "me/consents"])
def test_nobody_sees_matters_without_signing_in(path):
    assert browser().get(f"{AT}/{path}").status_code == 401


def test_nobody_opens_a_matter_without_signing_in():
    visitor = customer_client()

    assert browser().post(f"{AT}/matters", FAULT).status_code == 401
    assert visitor.post(f"{AT}/matters", FAULT).status_code == 401
    assert Ticket.objects.count() == 0


def test_the_first_page_shows_what_waits_for_the_customer_first_and_counts_all(me):
    done = resolved()
    me.post(f"{AT}/matters/{done.number}/confirm")
    waiting = resolved(title="账单有疑问")
    newer = opened(title="信号弱")

    home = me.get(f"{AT}/home").json()

    assert [m["number"] for m in home["matters"]] == [waiting.number, newer.number]
    assert home["counts"] == {"open": 2, "to_confirm": 1, "closed": 1}
    assert (home["name"], home["chat"]) == ("陈国栋", None)
    assert len(home["matters"][0]["steps"]) == 5


def test_the_list_comes_in_pages_newest_first(me):
    numbers = [opened(title=f"第 {i} 件").number for i in range(3)]

    first = me.get(f"{AT}/matters", limit=2).json()
    rest = me.get(f"{AT}/matters", limit=2, cursor=first["next"]).json()

    assert [m["number"] for m in first["items"] + rest["items"]] == numbers[::-1]
    assert rest["next"] is None


def test_one_customer_cannot_flood_us_with_matters(me, wall):
    answers = [me.post(f"{AT}/matters", FAULT).status_code for _ in range(11)]

    assert answers == [201] * 10 + [429]
    assert Ticket.objects.count() == 10


def test_what_a_customer_filled_in_is_on_his_page_in_his_language_and_not_behind_a_link(me):
    ticket = opened(filled=filled())

    shown = me.get(f"{AT}/matters/{ticket.number}").json()["answers"]
    me.headers = {"Accept-Language": "en"}
    english = me.get(f"{AT}/matters/{ticket.number}").json()["answers"]

    assert [len(one["lines"]) for one in (shown, english)] == [len(shown["lines"])] * 2
    assert ANSWERS["phone"] in [line["text"] for line in shown["lines"]]
    assert shown["title"] != english["title"]
    by_link = Principal(kind="link", id=ticket.customer_id, matter=("ticket", ticket.pk))
    assert queries.matter(by=by_link, ticket_id=ticket.pk).answers is None
