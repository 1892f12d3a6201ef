"""Qualifications over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router

from shouwen.kit.api import Page, command, principal

from .. import actions, queries
from ..queries import QualificationView
from .schemas import QualificationIn, QualificationKindIn, QualificationKindOut, QualificationOut

qualifications_router = Router(tags=["staff"])
State = Literal["", "valid", "expiring", "expired"]


@qualifications_router.get(
    "/qualification-kinds", operation_id="listQualificationKinds", response=list[QualificationKindOut]
)
def list_kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """List what one may be qualified for."""
    return queries.qualification_kinds(principal(request))


@qualifications_router.post(
    "/qualification-kinds", operation_id="openQualificationKind", response={201: QualificationKindOut}
)
@command(status=201)
def open_kind(request: HttpRequest, body: QualificationKindIn) -> QualificationKindOut:
    """Name something that one may be qualified for."""
    actions.open_kind(**body.model_dump(), by=principal(request))
    return QualificationKindOut(**body.model_dump())


@qualifications_router.get("/qualifications", operation_id="listQualifications", response=Page[QualificationOut])
def list_qualifications(
    request: HttpRequest, *, q: str = "", kind: str = "", state: State = "", cursor: str = "", limit: int = 50
) -> Page[QualificationView]:
    """List who is qualified for what, by staff number."""
    return queries.qualification_page(principal(request), q=q, kind=kind, state=state, cursor=cursor, limit=limit)


@qualifications_router.get(
    "/staff/{staff_id}/qualifications", operation_id="listStaffQualifications", response=list[QualificationOut]
)
def list_staff_qualifications(request: HttpRequest, staff_id: int) -> list[QualificationView]:
    """List what somebody is qualified for."""
    return queries.qualifications_of(staff_id, principal(request))


@qualifications_router.put("/staff/{staff_id}/qualifications/{kind}", operation_id="qualify", response={204: None})
@command(status=204)
def qualify(request: HttpRequest, staff_id: int, kind: str, body: QualificationIn) -> None:
    """Note what somebody is qualified for, or change level and date."""
    actions.qualify(staff_id=staff_id, kind=kind, **body.model_dump(), by=principal(request))


@qualifications_router.delete(
    "/staff/{staff_id}/qualifications/{kind}", operation_id="disqualify", response={204: None}
)
@command(status=204)
def disqualify(request: HttpRequest, staff_id: int, kind: str) -> None:
    """Take a qualification away."""
    actions.disqualify(staff_id=staff_id, kind=kind, by=principal(request))
