"""The inbox of approvals: what waits for a second person, what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from shouwen.accounts import queries as accounts
from shouwen.kit import approvals, clock
from shouwen.kit.api import Page, Shape, command, page_of, principal
from shouwen.kit.approvals.errors import ApprovalNotFound
from shouwen.kit.approvals.queries import FIELDS, visible
from shouwen.kit.principals import Principal

approvals_router = Router(tags=["approvals"])
State = Literal["waiting", "approved", "refused", "withdrawn", "expired"]


class ApprovalOut(Shape):
    """A request, and what the reader may do about it."""

    id: int
    kind: str
    kind_zh: str
    kind_en: str
    subject: str
    reference: str
    title: str
    amount_fen: int
    reason: str
    state: State
    requested_by_name: str
    requested_at: datetime
    expires_at: datetime
    decided_by_name: str
    in_place_of_name: str
    decided_at: datetime | None
    remark: str
    can: list[str]


class ApprovalsWanted(Schema):
    """Which requests to list: to decide, or one's own."""

    box: Literal["to_decide", "mine", "all"] = "to_decide"
    state: State | Literal[""] = ""
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class ApprovalCountOut(Shape):
    """How many requests wait for the reader or somebody like him."""

    waiting: int


class DecideIn(Schema):
    """Yes or no; a no says why."""

    approved: bool
    remark: str = Field("", max_length=1000)


@approvals_router.get("/approvals", operation_id="listApprovals", response=Page[ApprovalOut])
def list_approvals(request: HttpRequest, wanted: Query[ApprovalsWanted]) -> Page[ApprovalOut]:
    """List requests, newest first."""
    by = principal(request)
    rows = visible(by)
    if wanted.box == "mine":
        rows = rows.filter(requested_by=by.key)
    elif wanted.box == "to_decide":
        rows = rows.filter(state="waiting").exclude(requested_by=by.key)
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    order = ("-requested_at", "-id")
    return page_of(
        rows.values(*FIELDS), order=order, cursor=wanted.cursor, limit=wanted.limit, shape=lambda r: _shape(r, by)
    )


@approvals_router.get("/approvals/count", operation_id="countApprovals", response=ApprovalCountOut)
def count(request: HttpRequest) -> ApprovalCountOut:
    """Count what waits."""
    return ApprovalCountOut(waiting=approvals.waiting_for(principal(request), clock.now()))


@approvals_router.post("/approvals/{approval_id}/decide", operation_id="decideApproval", response=ApprovalOut)
@command()
def decide(request: HttpRequest, approval_id: int, body: DecideIn) -> ApprovalOut:
    """Approve or refuse, within one's own limit or that of an absent colleague one stands in for."""
    by = principal(request)
    absent = accounts.stands_in_for(by.id)
    approvals.decide(by=by, approval_id=approval_id, approved=body.approved, remark=body.remark, stands_in_for=absent)
    return _one(approval_id, by)


@approvals_router.post("/approvals/{approval_id}/withdraw", operation_id="withdrawApproval", response=ApprovalOut)
@command()
def withdraw(request: HttpRequest, approval_id: int) -> ApprovalOut:
    """Take one's own request back."""
    by = principal(request)
    approvals.withdraw(by=by, approval_id=approval_id)
    return _one(approval_id, by)


def _one(approval_id: int, by: Principal) -> ApprovalOut:
    row = visible(by).filter(id=approval_id).values(*FIELDS).first()
    if row is None:
        raise ApprovalNotFound
    return _shape(row, by)


def _shape(row: dict[str, Any], by: Principal) -> ApprovalOut:
    kind = approvals.KINDS[row["kind"]]
    own = row["requested_by"] == by.key
    found = {"withdraw": own, "decide": not own and by.may(kind.permission)}
    can = [verb for verb, may in found.items() if may and row["state"] == "waiting"]
    values = {name: row[name] for name in ApprovalOut.model_fields if name in row}
    return ApprovalOut(**values, kind_zh=kind.zh, kind_en=kind.en, can=can)
