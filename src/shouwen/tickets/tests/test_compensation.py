"""A compensation is asked for by one and approved by another; the ticket tells both."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import by, staff, staff_client
from shouwen.kit import approvals
from shouwen.kit.activities import start
from shouwen.kit.models import Approval
from shouwen.kit.testing import deliver
from shouwen.responsibility import queries as responsible
from shouwen.tickets import actions, queries
from shouwen.tickets.errors import NotInYourHands
from shouwen.tickets.models import Ticket, TicketEntry

from .factories import as_customer, chen, fresh, kinds, leader, opened, queue, taken, zhou

pytestmark = pytest.mark.django_db(transaction=True)


def asked(ticket: Ticket, fen: int = 5_000) -> int:
    return actions.ask_compensation(by=by(zhou()), number=ticket.number, amount_fen=fen, reason="断网两天")


def test_the_customer_reads_of_an_approved_compensation_and_of_nothing_before() -> None:
    ticket = taken()
    decided = asked(ticket)
    assert "ask_compensation" in kinds(ticket)
    assert queries.matter(ticket.number, by=as_customer()).timeline[0].kind == "take"
    approvals.decide(by=by(leader()), approval_id=decided, approved=True)
    deliver()
    top = queries.matter(ticket.number, by=as_customer()).timeline[0]
    assert (top.kind, top.text_zh, top.text_en) == (
        "compensate",
        "补偿 50.00 元已获批准",
        "A compensation of 50.00 yuan was approved",
    )


def test_a_refused_one_is_the_staffs_to_read_with_the_reason() -> None:
    ticket = taken()
    approvals.decide(by=by(leader()), approval_id=asked(ticket), approved=False, remark="不满两天")
    deliver()
    entry = TicketEntry.objects.get(ticket=ticket, kind="compensate")
    assert (entry.text_zh, entry.body, entry.visible_to_customer) == ("补偿申请 50.00 元：未获批准", "不满两天", False)


def test_news_told_twice_is_written_once() -> None:
    ticket = taken()
    decided = asked(ticket)
    approvals.decide(by=by(leader()), approval_id=decided, approved=True)
    deliver()
    actions.compensation_decided(ticket_id=ticket.pk, approval_id=decided)
    assert kinds(ticket).count("compensate") == 1


def test_only_who_works_on_a_ticket_asks() -> None:
    ticket = opened()
    with pytest.raises(NotInYourHands):
        asked(ticket)


def test_over_http_from_the_ticket_to_the_inbox_and_back() -> None:
    ticket = taken()
    agent, duty = staff_client(zhou()), staff_client(leader())
    path = f"/api/tickets/{ticket.number}"
    body = {"amount_fen": 8_800, "reason": "断网两天"}
    shown = agent.post(f"{path}/compensation", body, If_Match=f'"{ticket.version}"').json()
    assert (shown["compensation"]["state"], shown["compensation"]["amount_fen"]) == ("waiting", 8_800)
    assert duty.get("/api/approvals/count").json() == {"waiting": 1}
    (row,) = duty.get("/api/approvals").json()["items"]
    assert (row["reference"], row["kind_zh"], row["can"]) == (ticket.number, "工单补偿", ["decide"])
    assert agent.get("/api/approvals", box="mine").json()["items"][0]["can"] == ["withdraw"]
    done = duty.post(f"/api/approvals/{row['id']}/decide", {"approved": True})
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    again = duty.post(f"/api/approvals/{row['id']}/decide", {"approved": False, "remark": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "approval-already-decided")
    assert agent.get(path).json()["compensation"]["decided_by_name"] == "沈立"


def test_above_ones_own_limit_the_inbox_names_the_seats_that_decide() -> None:
    asked(taken(), 30_000)
    shift = staff_client(staff("7001", "shift_leader"))
    (row,) = shift.get("/api/approvals").json()["items"]
    assert (row["can"], row["deciders_zh"], row["deciders_en"]) == ([], "值班长台", "Duty leader desk")
    refused = shift.post(f"/api/approvals/{row['id']}/decide", {"approved": True}).json()
    assert refused["detail"] == "金额 300.00 元超过您的审批限额。请由限额更高的台席审批：值班长台。"


def test_a_flow_opens_one_ticket_per_key_for_the_duty_leader() -> None:
    queue()
    given = {"kind": "fault", "title": "断网", "customer_id": chen().pk}
    runs = [start(code="tickets.open", key="dialog-1", given=given, caller="dialog:1") for _ in range(2)]
    (ticket,) = Ticket.objects.all()
    assert runs[0].output == runs[1].output == {"id": ticket.pk, "number": ticket.number}
    assert responsible.of("ticket", [ticket.pk])[ticket.pk].owner_id == leader().pk
    assert Approval.objects.count() == 0
    assert fresh(ticket).description == "断网"
