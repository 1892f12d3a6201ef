"""What the ticket endpoints refuse, and their lists."""

from __future__ import annotations

from typing import Any

import pytest

from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.customers.tests.factories import customer
from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import ApiClient
from shouwen.tickets import actions, queries
from shouwen.tickets.rules.states import OPEN

from .factories import as_customer, fang, fresh, leader, opened, queue, resolved, taken, zhou

pytestmark = pytest.mark.django_db


OPEN_NOW = ",".join(OPEN)
OWN_BOXES = ("mine", "owned", "queue")


@pytest.fixture
def fangs() -> ApiClient:
    queue()
    return staff_client(fang())


@pytest.fixture
def zhous() -> ApiClient:
    queue()
    return staff_client(zhou())


def test_two_agents_press_take_and_the_second_learns_that_he_is_late(fangs, zhous):
    ticket = opened()
    tag = fangs.get(f"/api/tickets/{ticket.number}")["ETag"]
    path = f"/api/tickets/{ticket.number}/take"
    assert zhous.post(path, If_Match=tag).status_code == 200
    late = fangs.post(path, If_Match=tag)
    assert (late.status_code, late.json()["code"]) == (412, "version-stale")
    again = fangs.post(path, If_Match="*")
    assert (again.status_code, again.json()["code"]) == (409, "ticket-already-taken")
    assert "周建平" in again.json()["detail"]


def test_a_double_press_on_a_button_does_it_once(zhous):
    ticket = opened()
    tag = zhous.get(f"/api/tickets/{ticket.number}")["ETag"]
    path = f"/api/tickets/{ticket.number}/take"
    first, second = (zhous.post(path, key="press-0002", If_Match=tag) for _ in range(2))
    assert first.json() == second.json()
    assert AuditRow.objects.filter(verb="tickets.take").count() == 1


VERBS: list[tuple[str, Any]] = [
    ("take", None),
    ("notes", {"body": "x"}),
    ("assign", {"to_id": 1}),
    ("hand-over", {"to_id": 1}),
    ("accept-hand-over", None),
    ("decline-hand-over", None),
    ("wait", {"question": "x"}),
    ("hold", {"reason": "x", "next_contact_at": "2026-12-01T00:00:00Z"}),
    ("resume", None),
    ("resolve", {"answer": "x"}),
    ("contact-attempts", {"channel": "phone", "outcome": "reached"}),
    ("close", None),
    ("reopen", {"reason": "x"}),
    ("cancel", {"reason": "x"}),
]


@pytest.mark.parametrize(("verb", "json"), VERBS)
def test_every_verb_needs_a_session_the_permission_the_version_and_an_eye_on_the_ticket(verb, json):
    ticket = opened()
    path = f"/api/tickets/{ticket.number}/{verb}"
    nobody = ApiClient().post(path, json, If_Match="*")
    assert nobody.status_code == 401
    reader = staff_client(staff("8500", "quality", name="质检", organisation=fang().organisation))
    assert reader.post(path, json, If_Match="*").json()["code"] == "permission-refused"
    agent = staff_client(zhou())
    assert agent.post(path, json).status_code == 428
    assert agent.post(path, json, If_Match='"99"').status_code == 412
    stranger = staff_client(staff("8700", organisation=organisation("无锡"), name="外地"))
    assert stranger.post(path, json, If_Match="*").json()["code"] == "ticket-not-found"
    assert (fresh(ticket).version, fresh(ticket).state) == (1, "acknowledged")


@pytest.mark.parametrize(
    "path", ["/api/tickets", "/api/ticket-counts", "/api/ticket-categories", "/api/ticket-policies"]
)
def test_lists_need_a_session_and_the_permission(path):
    assert ApiClient().get(path).status_code == 401
    without = staff("8900", "quality", name="质检")
    without.roles.clear()
    assert staff_client(without).get(path).json()["code"] == "permission-refused"


def test_a_ticket_out_of_sight_is_not_found_in_any_way():
    ticket = opened()
    stranger = staff_client(staff("8700", organisation=organisation("无锡"), name="外地"))
    for path in (f"/api/tickets/{ticket.number}", f"/api/tickets/{ticket.number}/timeline"):
        assert stranger.get(path).json()["code"] == "ticket-not-found"
    for box in ("all", "mine", "owned", "queue"):
        assert stranger.get("/api/tickets", box=box).json()["items"] == []


def test_lists_are_filtered_and_paged_without_gap_or_repeat(fangs, clock_at):
    made = []
    for kind in ("fault", "complaint", "fault", "complaint", "fault"):
        made.append(opened(kind=kind, category="").number)
        clock_at.advance(minutes=1)
    seen, cursor = [], ""
    while True:
        page = fangs.get("/api/tickets", limit=2, cursor=cursor).json()
        seen += [item["number"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert seen == made[::-1]
    faults = fangs.get("/api/tickets", kind="fault").json()["items"]
    assert [item["number"] for item in faults] == [made[4], made[2], made[0]]
    assert fangs.get("/api/tickets", state="resolved,closed").json()["items"] == []
    assert len(fangs.get("/api/tickets", state="acknowledged", box="owned").json()["items"]) == 5
    assert fangs.get("/api/tickets", cursor="nonsense").json()["code"] == "cursor-invalid"


def test_a_list_stands_in_the_order_asked_for_across_its_pages(fangs, clock_at):
    """By deadline, or the most urgent first and then by deadline; who waits on nobody's clock comes last."""
    given = [("normal", "fault"), ("critical", "complaint"), ("urgent", "fault"), ("normal", "complaint")]
    made = []
    for urgency, kind in given:
        made.append(opened(urgency=urgency, kind=kind, category="").number)
        clock_at.advance(minutes=1)
    over = opened(title="好了").number
    actions.cancel(by=as_customer(), number=over, reason="好了")

    def pages(sort: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            page = fangs.get("/api/tickets", sort=sort, limit=2, cursor=cursor).json()
            found += page["items"]
            cursor = page["next"]
        return found

    assert [one["number"] for one in pages("oldest")] == [*made, over]
    for sort in ("due", "urgency"):
        *live, last = pages(sort)
        assert last["number"] == over
        ranks = [("critical", "urgent", "normal").index(one["urgency"]) if sort == "urgency" else 0 for one in live]
        dues = [one["clock"]["due_at"] for one in live]
        assert list(zip(ranks, dues, strict=True)) == sorted(zip(ranks, dues, strict=True))
        assert sorted(one["number"] for one in live) == made
    assert fangs.get("/api/tickets", sort="luck").json()["errors"][0]["field"] == "sort"


def test_tickets_are_found_by_number_title_and_the_customers_telephone(fangs):
    mine = opened(title="流量争议")
    other = opened(title="掉线", customer_id=customer("李雯雯", "15400000001", organisation=fang().organisation).pk)

    def found(q: str) -> list[str]:
        return [item["number"] for item in fangs.get("/api/tickets", q=q).json()["items"]]

    assert found(mine.number) == [mine.number]
    assert found(mine.number[-6:]) == [mine.number]
    assert found("流量") == [mine.number]
    assert found("15400000001") == [other.number]
    assert found("154 0000 0001") == [other.number]
    assert found("没有的") == []


@pytest.mark.req("R-ACC-013")
def test_a_request_from_the_web_is_the_same_ticket_in_the_same_boxes_as_an_agents(fangs):
    """What a customer sends himself and what an agent takes down have one shape, one tree and the same clocks."""
    own, taken_down = opened(as_customer()), opened()
    shapes = [fangs.get(f"/api/tickets/{t.number}").json() for t in (own, taken_down)]
    for name in ("kind", "state", "category", "queue", "can", "customer"):
        assert shapes[0][name] == shapes[1][name]
    assert [c["due_at"] for c in shapes[0]["clocks"]] == [c["due_at"] for c in shapes[1]["clocks"]]
    assert len(fangs.get("/api/tickets", box="queue").json()["items"]) == 2


def test_a_customers_tickets_are_listed_for_those_who_may_see_them(fangs):
    mine = opened()
    opened(customer_id=customer("李雯雯", "15400000001", organisation=fang().organisation).pk)
    path = f"/api/customers/{mine.customer_id}/tickets"
    assert [item["number"] for item in fangs.get(path).json()["items"]] == [mine.number]
    stranger = staff_client(staff("8700", organisation=organisation("无锡"), name="外地"))
    assert stranger.get(path).json()["items"] == []
    assert fangs.get("/api/customers/999999/tickets").json()["code"] == "customer-not-found"
    assert ApiClient().get(path).status_code == 401


def test_a_list_costs_the_same_number_of_questions_however_long_it_is(fangs, django_assert_max_num_queries):
    for _ in range(8):
        opened()
    with django_assert_max_num_queries(16):
        assert len(fangs.get("/api/tickets").json()["items"]) == 8


def test_the_counts_of_ones_boxes_are_of_all_that_is_open_and_equal_the_lists(fangs, zhous):
    taken()
    opened()
    over = opened()
    actions.cancel(by=as_customer(), number=over.number, reason="好了")
    for client in (fangs, zhous):
        lists = {box: client.get("/api/tickets", box=box, state=OPEN_NOW).json()["items"] for box in OWN_BOXES}
        assert client.get("/api/ticket-counts").json() == {box: len(rows) for box, rows in lists.items()}
    assert fangs.get("/api/ticket-counts").json()["owned"] == 2


def test_a_figure_and_its_list_agree():
    opened()
    taken()
    resolved()
    who = by(leader())
    counted = vars(queries.figures(by=who, at=clock.now()))
    listed = {key: len(queries.figure_rows(key, by=who, at=clock.now()).items) for key in counted}  # type: ignore[arg-type]
    assert counted == listed
    assert counted == {
        "open": 3,
        "unhandled": 1,
        "overdue": 0,
        "waiting_customer": 0,
        "to_confirm": 1,
        "escalated": 0,
    }
