"""What waits for a decision, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from shouwen.kit.models import Approval
from shouwen.kit.principals import Principal

from .kinds import KINDS


@dataclass(frozen=True)
class ApprovalCard:
    """A request and how it stands."""

    id: int
    kind: str
    subject: str
    subject_id: int
    reference: str
    title: str
    amount_fen: int
    reason: str
    state: str
    requested_by: str
    requested_by_name: str
    requested_at: datetime
    expires_at: datetime
    decided_by: str
    decided_by_name: str
    in_place_of: str
    in_place_of_name: str
    decided_at: datetime | None
    remark: str


FIELDS = tuple(ApprovalCard.__dataclass_fields__)


def visible(by: Principal) -> QuerySet[Approval]:
    """Return the requests somebody may see: his own, and in his data scope those of kinds he may decide."""
    kinds = [kind.code for kind in KINDS.values() if by.may(kind.permission)]
    scope = Q(kind__in=kinds)
    if by.organisations is not None:
        scope &= Q(organisation_id=None) | Q(organisation_id__in=by.organisations)
    return Approval.objects.filter(scope | Q(requested_by=by.key))


def waiting_for(by: Principal, at: datetime) -> int:
    """Count what waits for somebody other than its requester, as far as this one may look."""
    return visible(by).filter(state="waiting", expires_at__gt=at).exclude(requested_by=by.key).count()


def latest_of(subject: str, ids: Iterable[int], *, kind: str) -> dict[int, ApprovalCard]:
    """Return the latest request of a kind about each of some subjects."""
    rows = Approval.objects.filter(subject=subject, subject_id__in=set(ids), kind=kind)
    found = rows.order_by("subject_id", "-id").distinct("subject_id")
    return {row["subject_id"]: ApprovalCard(**row) for row in found.values(*FIELDS)}


def card(approval_id: int) -> ApprovalCard:
    """Return one request."""
    return ApprovalCard(**Approval.objects.values(*FIELDS).get(id=approval_id))
