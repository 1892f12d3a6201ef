"""Tickets over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.kit.testing import ApiClient, deliver
from shouwen.responsibility import queries as responsible
from shouwen.sla import jobs as sla
from shouwen.sla.tests.factories import policy
from shouwen.tickets import actions, jobs
from shouwen.tickets.models import KindPolicy, Ticket
from shouwen.tickets.queries import kind_policies

from .factories import as_customer, chen, fang, fresh, leader, opened, queue, resolved, taken, zhou

pytestmark = pytest.mark.django_db


def body(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "fault",
        "category": "network.broadband.los",
        "title": "宽带断网",
        "description": "LOS 灯一直红",
        "customer_id": chen().pk,
        **fields,
    }


def press(client: ApiClient, ticket: Ticket, verb: str, json: Any = None, *, key: str | None = None) -> Any:
    """Press a button of the ticket's page as it was last read."""
    tag = client.get(f"/api/tickets/{ticket.number}")["ETag"]
    return client.post(f"/api/tickets/{ticket.number}/{verb}", json, key=key, If_Match=tag)


@pytest.fixture
def fangs() -> ApiClient:
    queue()
    return staff_client(fang())


@pytest.fixture
def zhous() -> ApiClient:
    queue()
    return staff_client(zhou())


def test_a_fault_is_declared_and_its_page_is_there_with_the_answer(fangs):
    answer = fangs.post("/api/tickets", body())
    assert answer.status_code == 201
    ticket = fangs.get(f"/api/tickets/{answer.json()['number']}").json()
    assert (ticket["kind"], ticket["state"], ticket["version"]) == ("fault", "acknowledged", 1)
    assert ticket["owner"]["number"] == "8021"
    assert ticket["handler"] is None
    assert ticket["customer"]["name"] == "陈**"
    assert ticket["category_path_zh"] == ["网络质量", "宽带", "光猫 LOS 告警"]
    assert [c["metric"] for c in ticket["clocks"]] == ["response", "handling"]
    for kind in ("enquiry", "complaint", "suggestion"):
        assert fangs.post("/api/tickets", body(kind=kind, category="")).status_code == 201


@pytest.mark.req("R-AGT-002")
def test_a_specialist_seat_opens_nothing_of_another_business():
    """A specialist seat accepts its one business; opening a ticket of another is refused."""
    queue()
    client = staff_client(staff("8600", "specialist", business="mobile", name="林慧"))
    refused = client.post("/api/tickets", body())
    assert (refused.status_code, refused.json()["code"]) == (403, "ticket-other-business")
    assert client.post("/api/tickets", body(category="network.data.slow")).status_code == 201
    assert Ticket.objects.count() == 1


def test_pressing_twice_opens_one_ticket(fangs):
    first, second = (fangs.post("/api/tickets", body(), key="press-0001") for _ in range(2))
    assert first.json() == second.json()
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"kind": "wish"}, 422, "kind"),
        ({"title": ""}, 422, "title"),
        ({"title": "长" * 121}, 422, "title"),
        ({"category": "moon"}, 422, "category"),
        ({"customer_id": 999_999}, 404, None),
    ],
)
def test_what_cannot_be_opened_names_the_field(fangs, fields, status, field):
    answer = fangs.post("/api/tickets", body(**fields))
    assert answer.status_code == status
    assert [e["field"] for e in answer.json()["errors"]][:1] == ([field] if field else [])
    assert not Ticket.objects.exists()


@pytest.mark.req("R-TKT-001", "R-TKT-006")
def test_the_tree_has_three_levels_and_maps_to_the_four_super_classes(fangs):
    """Tariff complaints are a first level; every node belongs to one of the four classes of the reports."""
    nodes = fangs.get("/api/ticket-categories").json()["items"]
    by_code = {node["code"]: node for node in nodes}
    tops = {node["name_zh"] for node in nodes if node["level"] == 1}
    assert {"网络质量", "资费争议", "业务办理", "增值业务", "服务质量", "装维"} <= tops
    assert {node["level"] for node in nodes} == {1, 2, 3}
    assert by_code["tariff"]["super_class"] == "tariff_dispute"
    classes = {"network_quality", "tariff_dispute", "vas_subscription", "service_quality"}
    assert {node["super_class"] for node in nodes} == classes
    for node in nodes:
        assert node["parent"] is None or by_code[node["parent"]]["level"] == node["level"] - 1
        assert node["leaf"] is (node["code"] not in {n["parent"] for n in nodes})


@pytest.mark.req("R-TKT-005")
def test_a_suggestion_is_accepted_and_gets_a_reply(fangs):
    """Opinions and suggestions are tickets of their own kind and end with an answer to the customer."""
    number = fangs.post("/api/tickets", body(kind="suggestion", category="other.suggestion")).json()["number"]
    ticket = Ticket.objects.get(number=number)
    press(fangs, ticket, "take")
    answer = press(fangs, ticket, "resolve", {"answer": "感谢建议，营业厅已延长至 20 点。"}).json()
    assert (answer["state"], answer["answer"]) == ("resolved", "感谢建议，营业厅已延长至 20 点。")


@pytest.mark.req("R-TKT-007", "R-TKT-008", "R-TKT-009")
def test_a_complaint_has_its_three_clocks_and_a_breach_shows(fangs, zhous, clock_at):
    """Respond in 48 hours, handle in 72, feed back in 3 working days; a missed one is late and escalated."""
    number = fangs.post("/api/tickets", body(kind="complaint", category="tariff.excess")).json()["number"]
    ticket = Ticket.objects.get(number=number)
    limits = {c["metric"]: c["allowance_seconds"] for c in fangs.get(f"/api/tickets/{number}").json()["clocks"]}
    assert limits == {"response": 48 * 3600, "handling": 72 * 3600, "statutory": 15 * 24 * 3600}
    sla.sweep(clock_at.advance(hours=49))
    deliver()
    found = fangs.get(f"/api/tickets/{number}").json()
    assert [c["state"] for c in found["clocks"]] == ["late", "running", "running"]
    assert found["escalated_at"] is not None
    assert [i["number"] for i in zhous.get("/api/tickets", overdue="true").json()["items"]] == [number]
    press(zhous, ticket, "take")
    clocks = press(zhous, ticket, "resolve", {"answer": "已退费"}).json()["clocks"]
    assert [c["state"] for c in clocks] == ["met", "met", "met", "running"]
    assert (clocks[3]["metric"], clocks[3]["due_at"]) == ("feedback", "2026-11-30T10:00:00Z")
    assert zhous.get("/api/tickets", overdue="true").json()["items"] == []


@pytest.mark.req("R-TKT-034")
def test_a_fault_is_opened_at_three_in_the_morning_of_a_holiday_and_its_clocks_run(fangs, clock_at):
    """Interruptions are handled in time: accepted at any hour; 48 and 72 hours run through a holiday."""
    clock_at.set(clock_at.now().replace(year=2026, month=10, day=1, hour=3))
    answer = fangs.post("/api/tickets", body(area="rural"))
    assert answer.status_code == 201
    page = f"/api/tickets/{answer.json()['number']}"
    due = {c["metric"]: c["due_at"] for c in fangs.get(page).json()["clocks"]}
    assert due == {"response": "2026-10-02T19:00:00Z", "handling": "2026-10-03T19:00:00Z"}
    sla.sweep(clock_at.advance(hours=73))
    deliver()
    late = fangs.get(page).json()
    assert [c["state"] for c in late["clocks"]] == ["late", "late"]
    assert late["escalated_at"] is not None


@pytest.mark.req("R-TKT-010", "R-PRC-002")
def test_the_journey_is_recorded_node_by_node_and_the_history_shows_who_did_what(fangs, zhous, clock_at):
    """Five time stamps on the way from access to follow-up, and a line for every deed with its actor."""
    ticket = opened()
    clock_at.advance(hours=1)
    press(zhous, ticket, "take")
    clock_at.advance(hours=2)
    press(zhous, ticket, "resolve", {"answer": "已更换尾纤"})
    clock_at.advance(hours=3)
    actions.confirm(by=as_customer(), number=ticket.number)
    journey = zhous.get(f"/api/tickets/{ticket.number}").json()["journey"]
    assert [(s["key"], s["at"][11:16], s["done"]) for s in journey] == [
        ("access", "02:00", True),
        ("acceptance", "02:00", True),
        ("handling", "03:00", True),
        ("delivery", "05:00", True),
        ("follow_up", "08:00", True),
    ]
    lines = zhous.get(f"/api/tickets/{ticket.number}/timeline").json()["items"]
    assert [(line["kind"], line["actor_name"]) for line in lines] == [
        ("confirm", ""),
        ("resolve", "周建平"),
        ("take", "周建平"),
        ("open", "方以宁"),
    ]


@pytest.mark.req("R-AGT-011")
def test_the_first_agent_stays_owner_until_a_hand_over_is_accepted_and_it_is_logged(fangs, zhous):
    """Owner from opening through taking, passing on and an offer; only acceptance moves it, and the log says so."""
    ticket = opened()
    press(zhous, ticket, "take")
    press(zhous, ticket, "assign", {"to_id": leader().id})
    offered = press(fangs, ticket, "hand-over", {"to_id": zhou().id}).json()
    assert (offered["owner"]["name"], offered["offered_to"]["name"]) == ("方以宁", "周建平")
    declined = press(zhous, ticket, "decline-hand-over").json()
    assert (declined["owner"]["name"], declined["offered_to"]) == ("方以宁", None)
    press(fangs, ticket, "hand-over", {"to_id": zhou().id})
    accepted = press(zhous, ticket, "accept-hand-over").json()
    assert (accepted["owner"]["name"], accepted["handler"]["name"]) == ("周建平", "周建平")
    owners = [change.owner_id for change in responsible.changes("ticket", ticket.pk)]
    assert owners == [fang().id] * (len(owners) - 1) + [zhou().id]


@pytest.mark.req("R-AGT-008")
def test_the_back_office_works_from_a_queue_with_age_and_due_times(zhous, clock_at):
    """What cannot be done at once waits in a queue: each with when it came and when it is due; taking empties it."""
    first = opened()
    clock_at.advance(hours=1)
    second = opened()
    box = zhous.get("/api/tickets", box="queue").json()["items"]
    assert [item["number"] for item in box] == [second.number, first.number]
    assert [item["opened_at"][:16] for item in box] == ["2026-11-23T03:00", "2026-11-23T02:00"]
    assert [item["clock"]["due_at"][:16] for item in box] == ["2026-11-25T03:00", "2026-11-25T02:00"]
    press(zhous, first, "take")
    assert [i["number"] for i in zhous.get("/api/tickets", box="queue").json()["items"]] == [second.number]
    assert [i["number"] for i in zhous.get("/api/tickets", box="mine").json()["items"]] == [first.number]


@pytest.mark.req("R-TKT-036")
def test_a_special_team_gets_the_tickets_of_its_category_with_a_first_response_clock(zhous):
    """A category goes to the queue of a special problem team; there each ticket shows when a response is due."""
    queue("fibre", general=False)
    keeper = staff_client(staff("8200", "data_maintenance", name="许静", organisation=fang().organisation))
    route = "/api/ticket-categories/network.broadband/queue"
    assert staff_client(leader()).put(route, {"queue_code": "fibre"}).json()["code"] == "permission-refused"
    assert keeper.put(route, {"queue_code": "moon"}).json()["code"] == "queue-not-found"
    assert keeper.put(route, {"queue_code": "fibre"}).status_code == 204
    special, other = opened(), opened(category="tariff.plan")
    box = {item["number"]: item for item in zhous.get("/api/tickets", box="queue").json()["items"]}
    assert (box[special.number]["queue_code"], box[other.number]["queue_code"]) == ("fibre", "back_office")
    assert box[special.number]["clock"]["metric"] == "response"


@pytest.mark.req("R-AGT-012")
def test_the_three_policies_are_set_for_each_kind_and_hold(zhous, clock_at):
    """First asked, limited time, revisit: set for faults, enforced for faults, other kinds keep theirs."""
    keeper = staff_client(staff("8200", "data_maintenance", name="许静", organisation=fang().organisation))
    kept = {card.kind: vars(card) for card in kind_policies()}
    rules = {
        "owner_rule": "handler",
        "attempts_required": 1,
        "attempt_gap_hours": 2,
        "reopenings_before_escalation": 1,
    }
    assert keeper.put("/api/ticket-policies/fault", rules).status_code == 200
    shown = {card["kind"]: card for card in keeper.get("/api/ticket-policies").json()["items"]}
    assert shown["complaint"]["owner_rule"] == kept["complaint"]["owner_rule"] == "first_asked"
    assert {name: shown["fault"][name] for name in rules} == rules
    policy("fault.response", metric="response", conditions={"kind": ["fault"]}, seconds=4 * 3600)
    policy("fault.handling", conditions={"kind": ["fault"]}, seconds=8 * 3600)
    ticket = opened()
    taken_up = press(zhous, ticket, "take").json()
    assert taken_up["owner"]["name"] == "周建平"
    assert [c["allowance_seconds"] for c in taken_up["clocks"]] == [4 * 3600, 8 * 3600]
    press(zhous, ticket, "resolve", {"answer": "已恢复"})
    for _ in range(2):
        jobs.follow_up(clock_at.advance(hours=2))
    assert fresh(ticket).closed_reason == "unreached"


@pytest.mark.parametrize(("role", "status"), [("duty_leader", 403), ("system_management", 403)])
def test_the_rules_are_set_by_the_data_maintenance_desk_alone(role, status):
    client = staff_client(staff("8300", role, name="管理"))
    rules = {card.kind: vars(card) for card in kind_policies()}["fault"]
    sent = {k: v for k, v in rules.items() if k not in ("kind", "default_category", "limits")}
    assert client.put("/api/ticket-policies/fault", {**sent, "attempts_required": 1}).status_code == status
    assert KindPolicy.objects.get(kind="fault").attempts_required == 3


def test_rules_out_of_bounds_are_refused():
    client = staff_client(staff("8200", "data_maintenance", name="许静"))
    rules = {card.kind: vars(card) for card in kind_policies()}["fault"]
    sent = {k: v for k, v in rules.items() if k not in ("kind", "default_category", "limits")}
    answer = client.put("/api/ticket-policies/fault", {**sent, "attempts_required": 0})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "attempts_required")
    assert client.put("/api/ticket-policies/wish", sent).json()["code"] == "ticket-kind-invalid"


@pytest.mark.req("R-ACC-008", "R-PRC-015")
def test_a_request_is_closed_only_with_an_answer_and_the_customers_word_or_three_attempts(zhous):
    """Accept, operate, answer: no closing before the answer, none by us alone, three documented failures suffice."""
    ticket = taken()
    early = press(zhous, ticket, "close")
    assert (early.status_code, early.json()["code"]) == (409, "ticket-move-refused")
    empty = press(zhous, ticket, "resolve", {"answer": " "})
    assert (empty.status_code, empty.json()["code"]) == (422, "ticket-answer-needed")
    press(zhous, ticket, "resolve", {"answer": "已恢复"})
    alone = press(zhous, ticket, "close")
    assert (alone.status_code, alone.json()["code"]) == (409, "ticket-close-refused")
    assert "0 次（需 3 次）" in alone.json()["detail"]
    for _ in range(3):
        press(zhous, ticket, "contact-attempts", {"channel": "phone", "outcome": "no_answer"})
    closed = press(zhous, ticket, "close").json()
    assert (closed["state"], closed["closed_reason"], closed["answer"]) == ("closed", "unreached", "已恢复")
    assert closed["can"] == []


def test_a_customer_who_agrees_on_the_telephone_closes_the_ticket(zhous):
    ticket = resolved()
    press(zhous, ticket, "contact-attempts", {"channel": "phone", "outcome": "reached", "agreed": True})
    assert press(zhous, ticket, "close").json()["closed_reason"] == "confirmed"


def test_waiting_holding_and_going_on_over_http(zhous):
    ticket = taken()
    waits = press(zhous, ticket, "wait", {"question": "何时在家？"}).json()
    assert (waits["state"], waits["waits_on"], waits["clock"]["state"]) == ("pending", "customer", "paused")
    assert press(zhous, ticket, "resume").json()["waits_on"] == "us"
    until = {"reason": "等待抢修", "next_contact_at": "2026-11-24T10:00:00+08:00"}
    held = press(zhous, ticket, "hold", until).json()
    assert (held["state"], held["waits_on"], held["clock"]["state"]) == ("held", "third_party", "running")
    past = press(zhous, ticket, "resume")
    assert past.status_code == 200
    refused = press(zhous, ticket, "hold", {**until, "next_contact_at": "2026-11-22T10:00:00+08:00"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "next_contact_at")


def test_reopening_and_withdrawing_over_http(zhous):
    ticket = resolved()
    assert press(zhous, ticket, "reopen", {"reason": "客户来电：仍断网"}).json()["reopened_count"] == 1
    refused = press(zhous, ticket, "cancel", {"reason": "不要了"})
    assert (refused.status_code, refused.json()["code"]) == (409, "ticket-cancel-refused")
    press(zhous, ticket, "contact-attempts", {"channel": "phone", "outcome": "reached", "agreed": True})
    assert press(zhous, ticket, "cancel", {"reason": "不要了"}).json()["state"] == "cancelled"


def test_a_ticket_explains_its_deadlines_in_words_to_those_who_may_see_it(fangs, zhous, clock_at):
    ticket = opened(area="rural")
    press(zhous, ticket, "take")
    clock_at.advance(hours=2)
    press(zhous, ticket, "wait", {"question": "何时方便？"})
    answer = zhous.get(f"/api/tickets/{ticket.number}/deadlines")
    told = {one["metric"]: [line["zh"] for line in one["lines"]] for one in answer.json()["items"]}
    assert told["handling"][:4] == [
        "2026-11-23 10:00 开始计时",
        "适用「农村故障修复时限」第 1 版：类型为故障，区域为农村；「故障处理时限」也适用，但条件较少",
        "时长 72 小时，昼夜连续计算",
        "2026-11-23 12:00 起暂停：等待用户，最长到 2026-12-03 12:00",
    ]
    assert told["response"][-1] == "2026-11-23 10:00 完成"
    assert fangs.get("/api/tickets/GD20261123-999999/deadlines").status_code == 404
