"""Asking and deciding. Whoever presses first decides; a second decision finds it decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.models import Approval
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from .errors import (
    AlreadyAsked,
    AlreadyDecided,
    AmountInvalid,
    ApprovalNotFound,
    ApprovalReasonNeeded,
    LimitTooLow,
    NobodyMayDecide,
    OwnRequest,
)
from .events import ApprovalAsked, ApprovalDecided
from .kinds import ApprovalKind, kind_of, limits_of
from .queries import visible
from .rules import Absent, Authority, Limits, able, authority

STATES_ZH = {"approved": "通过", "refused": "拒绝", "withdrawn": "撤回", "expired": "过期", "waiting": "等待"}
MOST_FEN = 10**10
SeatNames = Mapping[str, tuple[str, str]]
NO_NAMES: SeatNames = {}


@action
def ask(
    *,
    by: Principal,
    kind: str,
    subject: str,
    subject_id: int,
    title: str,
    amount_fen: int,
    reason: str,
    organisation_id: int | None,
    reference: str = "",
) -> int:
    """Ask for another person's decision about an amount, and return the request's id.

    The calling room has checked that `by` may ask. One request of a kind about a thing waits at a time.
    """
    known, at = kind_of(kind), clock.now()
    if not 0 <= amount_fen <= MOST_FEN:
        raise AmountInvalid
    if not reason.strip():
        raise ApprovalReasonNeeded
    if not able(amount_fen, limits_of(known, at)):
        raise NobodyMayDecide(amount=_yuan(amount_fen))
    _expire(subject=subject, subject_id=subject_id, at=at)
    if Approval.objects.filter(kind=kind, subject=subject, subject_id=subject_id, state="waiting").exists():
        raise AlreadyAsked(zh=known.zh, en=known.en)
    row = Approval(
        kind=kind,
        subject=subject,
        subject_id=subject_id,
        reference=reference,
        title=title[:120],
        amount_fen=amount_fen,
        reason=reason.strip(),
        organisation_id=organisation_id,
        requested_by=by.key,
        requested_by_name=by.name,
        requested_at=at,
        expires_at=at + known.lasts,
    )
    _insert(row, known)
    _note(row, "ask", by, amount_fen=amount_fen, reason=row.reason)
    fact = ApprovalAsked(row.pk, kind, subject, subject_id)
    events.publish(fact, audience=_audience(row), at=at)
    return row.pk


@action
def decide(
    *,
    by: Principal,
    approval_id: int,
    approved: bool,
    remark: str = "",
    stands_in_for: Sequence[Absent] = (),
    seats: SeatNames = NO_NAMES,
) -> None:
    """Approve or refuse what somebody else asked for, within one's own limit or that of an absent colleague.

    `seats` names the roles for a refusal.
    """
    at = clock.now()
    row = _locked(approval_id, by, at)
    known = kind_of(row.kind)
    require(by, known.permission)
    if by.key == row.requested_by:
        raise OwnRequest
    if not approved and not remark.strip():
        raise ApprovalReasonNeeded
    limits = limits_of(known, at)
    right = _right(row, by, stands_in_for, limits)
    if right is None:
        zh, en = seat_names(able(row.amount_fen, limits), seats)
        raise LimitTooLow(amount=_yuan(row.amount_fen), who=zh or "暂无", who_en=en or "none yet")
    row.decided_by, row.decided_by_name = by.key, by.name
    row.in_place_of, row.in_place_of_name = right.in_place_of, right.name
    row.remark = remark.strip()
    _end(row, "approved" if approved else "refused", by, at)


@action
def withdraw(*, by: Principal, approval_id: int) -> None:
    """Take one's own request back."""
    at = clock.now()
    row = _locked(approval_id, by, at)
    if by.key != row.requested_by:
        raise ApprovalNotFound
    _end(row, "withdrawn", by, at)


@action
def expire_due(*, at: datetime, limit: int = 200) -> int:
    """End what waited too long; return how many."""
    due = Approval.objects.filter(state="waiting", expires_at__lte=at).order_by("expires_at")
    rows = list(due.select_for_update(skip_locked=True)[:limit])
    for row in rows:
        _end(row, "expired", SYSTEM, at)
    return len(rows)


def _expire(*, subject: str, subject_id: int, at: datetime) -> None:
    """End what waits about a thing and is over its time, should the chore be late."""
    rows = Approval.objects.filter(subject=subject, subject_id=subject_id, state="waiting", expires_at__lte=at)
    for row in rows.select_for_update():
        _end(row, "expired", SYSTEM, at)


def _insert(row: Approval, known: ApprovalKind) -> None:
    """Write the row; a twin that was quicker by a moment wins by the unique index."""
    try:
        with transaction.atomic(using=connection.alias):
            row.save(force_insert=True)
    except IntegrityError as error:
        if "kit_approval_one_waiting" not in str(error):
            raise
        raise AlreadyAsked(zh=known.zh, en=known.en) from None


def _locked(approval_id: int, by: Principal, at: datetime) -> Approval:
    """Return a request that still waits; the lock lets one decision through and shows it to the next."""
    row = visible(by).select_for_update().filter(id=approval_id).first()
    if row is None:
        raise ApprovalNotFound
    state = "expired" if row.state == "waiting" and row.expires_at <= at else row.state
    if state != "waiting":
        raise AlreadyDecided(state=state, state_zh=STATES_ZH[state])
    return row


def _right(row: Approval, by: Principal, stands_in_for: Sequence[Absent], limits: Limits) -> Authority | None:
    return authority(
        row.amount_fen, requester=row.requested_by, roles=by.roles, stands_in_for=stands_in_for, limits=limits
    )


def seat_names(codes: Sequence[str], seats: SeatNames) -> tuple[str, str]:
    """Return roles in a row by their names; one without a name stands for itself."""
    names = [seats.get(code, (code, code)) for code in codes]
    return "、".join(zh for zh, _ in names), ", ".join(en for _, en in names)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def _end(row: Approval, state: str, by: Principal, at: datetime) -> None:
    row.state, row.decided_at = state, at
    row.save()
    _note(row, state, by, remark=row.remark, in_place_of=row.in_place_of)
    fact = ApprovalDecided(row.pk, row.kind, row.subject, row.subject_id, state)
    events.publish(fact, audience=_audience(row), at=at)


def _note(row: Approval, verb: str, by: Principal, **details: object) -> None:
    audit.record(by, f"approvals.{verb}", subject=row.subject, subject_id=row.subject_id, approval=row.pk, **details)


def _audience(row: Approval) -> list[str]:
    return [row.requested_by, *([f"review:{row.organisation_id}"] if row.organisation_id else [])]
