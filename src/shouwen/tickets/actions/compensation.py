"""A compensation for what went wrong: asked for by who works on the ticket, approved by a seat with the limit."""

from __future__ import annotations

from datetime import timedelta

from shouwen.kit import approvals, clock
from shouwen.kit.actions import action
from shouwen.kit.approvals.queries import card
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from .. import permissions
from ..models import Ticket, TicketEntry
from ..rules import lines
from .change import SUBJECT, apply, leave_traces, lock, refuse_if_over, require_hands

COMPENSATION = "tickets.compensation"
YUAN = 100
STATES = {"refused": ("未获批准", "refused"), "expired": ("过期未批", "expired"), "withdrawn": ("已撤回", "withdrawn")}

approvals.register(
    approvals.ApprovalKind(
        COMPENSATION,
        "工单补偿",
        "Compensation on a ticket",
        permission=permissions.APPROVE_COMPENSATION,
        limits={"shift_leader": 200 * YUAN, "duty_leader": 5000 * YUAN},
        lasts=timedelta(days=3),
    )
)


@action
def ask_compensation(*, by: Principal, number: str, amount_fen: int, reason: str, version: int | None = None) -> int:
    """Ask for another person's yes to a compensation, and return the request's id."""
    require(by, permissions.ASK_COMPENSATION)
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_hands(ticket, by)
    refuse_if_over(ticket)
    asked = approvals.ask(
        by=by,
        kind=COMPENSATION,
        subject=SUBJECT,
        subject_id=ticket.pk,
        reference=ticket.number,
        title=ticket.title,
        amount_fen=amount_fen,
        reason=reason,
        organisation_id=ticket.organisation_id,
    )
    words: dict[str, object] = {"name": by.name, "amount": yuan(amount_fen)}
    apply(ticket, lines.COMPENSATION_ASKED, by=by, at=at, body=reason.strip(), words=words)
    return asked


@action
def compensation_decided(*, ticket_id: int, approval_id: int) -> None:
    """Write what became of a request into the history, once. A ticket that is over by now still tells it."""
    found = card(approval_id)
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("category").get(id=ticket_id)
    at = found.decided_at or clock.now()
    if TicketEntry.objects.filter(ticket=ticket, kind="compensate", at=at).exists():
        return
    deed = lines.COMPENSATION_APPROVED if found.state == "approved" else lines.COMPENSATION_ENDED
    state_zh, state = STATES.get(found.state, ("", ""))
    words: dict[str, object] = {"amount": yuan(found.amount_fen), "state_zh": state_zh, "state": state}
    leave_traces(ticket, deed, by=SYSTEM, at=at, words=words, body="" if deed.shown else found.remark)


def yuan(fen: int) -> str:
    """Return an amount in fen as yuan with two decimals."""
    return f"{fen // YUAN}.{fen % YUAN:02}"
