"""The inbox of approvals: what waits for a second person, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
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
    deciders_zh: str
    deciders_en: str
    """Which seats decide it, where it is above the reader's own limit."""


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
    reader = _reader(principal(request))
    by, rows = reader.by, visible(reader.by)
    if wanted.box == "mine":
        rows = rows.filter(requested_by=by.key)
    elif wanted.box == "to_decide":
        rows = rows.filter(state="waiting").exclude(requested_by=by.key)
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    order = ("-requested_at", "-id")
    return page_of(
        rows.values(*FIELDS), order=order, cursor=wanted.cursor, limit=wanted.limit, shape=lambda r: _shape(r, reader)
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
    reader = _reader(by)
    approvals.decide(
        by=by,
        approval_id=approval_id,
        approved=body.approved,
        remark=body.remark,
        stands_in_for=reader.absent,
        seats=reader.seats,
    )
    return _one(approval_id, reader)


@approvals_router.post("/approvals/{approval_id}/withdraw", operation_id="withdrawApproval", response=ApprovalOut)
@command()
def withdraw(request: HttpRequest, approval_id: int) -> ApprovalOut:
    """Take one's own request back."""
    by = principal(request)
    approvals.withdraw(by=by, approval_id=approval_id)
    return _one(approval_id, _reader(by))


@dataclass(frozen=True)
class _Reader:
    """Who reads the inbox, whom he covers, the limits in force by kind, and what seats are called."""

    by: Principal
    absent: list[approvals.Absent]
    limits: dict[str, approvals.Limits]
    seats: dict[str, tuple[str, str]]

    def may_decide(self, row: dict[str, Any]) -> bool:
        """Tell whether his limit, or that of somebody he covers, is high enough."""
        right = approvals.authority(
            row["amount_fen"],
            requester=row["requested_by"],
            roles=self.by.roles,
            stands_in_for=self.absent,
            limits=self.limits[row["kind"]],
        )
        return right is not None


def _reader(by: Principal) -> _Reader:
    at = clock.now()
    limits = {kind.code: approvals.limits_of(kind, at) for kind in approvals.KINDS.values()}
    return _Reader(by, accounts.stands_in_for(by.id, at), limits, accounts.role_names())


def _one(approval_id: int, reader: _Reader) -> ApprovalOut:
    row = visible(reader.by).filter(id=approval_id).values(*FIELDS).first()
    if row is None:
        raise ApprovalNotFound
    return _shape(row, reader)


def _shape(row: dict[str, Any], reader: _Reader) -> ApprovalOut:
    kind, by = approvals.KINDS[row["kind"]], reader.by
    own, waits = row["requested_by"] == by.key, row["state"] == "waiting"
    asked = waits and not own and by.may(kind.permission)
    decides = asked and reader.may_decide(row)
    can = [verb for verb, may in (("withdraw", own and waits), ("decide", decides)) if may]
    others = approvals.able(row["amount_fen"], reader.limits[kind.code]) if asked and not decides else []
    zh, en = approvals.seat_names(others, reader.seats)
    values = {name: row[name] for name in ApprovalOut.model_fields if name in row}
    return ApprovalOut(**values, kind_zh=kind.zh, kind_en=kind.en, can=can, deciders_zh=zh, deciders_en=en)
