"""Endpoints of data-rights requests: parse, one verb, shape the answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shouwen.customers import actions as customers
from shouwen.kit.api import Page, Shape, command, page_of, principal
from shouwen.kit.permissions import require

from .. import actions, permissions, queries
from ..rules import REASONS

router = Router(tags=["governance"])
Kind = Literal["access", "correct", "restrict", "erase"]


class DataRequestIn(Schema):
    customer_id: int
    kind: Kind
    detail: Annotated[str, Field(max_length=2000)] = ""
    identity: Annotated[str, Field(min_length=1, max_length=200)]


class CorrectionIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    birth_date: date | None = None
    language: Literal["zh-CN", "en"] | None = None


class RefusalIn(Schema):
    reason: Literal["identity", "law", "hold", "others", "unfounded", "repeated"]
    explanation: Annotated[str, Field(max_length=500)] = ""


class LiftIn(Schema):
    reason: Annotated[str, Field(min_length=4, max_length=200)]


class DataRequestOut(Shape):
    id: int
    kind: str
    state: str
    number: str
    ticket_state: str
    customer_id: int
    identity: str
    detail: str
    reason: str
    asked_at: datetime
    decided_at: datetime | None
    done_at: datetime | None
    file_until: datetime | None


class KeptPartOut(Shape):
    code: str
    rows: int
    zh: str
    en: str
    until: str | None


class ErasureForecastOut(Shape):
    """What an erasure would take and what the law has us keep."""

    erased: dict[str, int]
    kept: list[KeptPartOut]


class RefusalReasonOut(Shape):
    code: str
    zh: str
    en: str


class RefusalReasonsOut(Shape):
    items: list[RefusalReasonOut]


def _shape(row: dict[str, Any]) -> DataRequestOut:
    return DataRequestOut(**row, number=row["ticket__number"], ticket_state=row["ticket__state"])


@router.get("/data-requests", operation_id="listDataRequests", response=Page[DataRequestOut])
def list_requests(request: HttpRequest, state: str = "", cursor: str = "", limit: int = 50) -> Page[DataRequestOut]:
    """List requests of customers in the data scope, newest first."""
    found = queries.requests(principal(request), state=state)
    return page_of(found, order=["-id"], cursor=cursor, limit=limit, shape=_shape)


@router.get("/data-requests/reasons", operation_id="listRefusalReasons", response=RefusalReasonsOut)
def list_reasons(request: HttpRequest) -> RefusalReasonsOut:
    """Return the reasons for which a request may be refused."""
    require(principal(request), permissions.VIEW)
    return RefusalReasonsOut(items=[RefusalReasonOut(code=c, zh=zh, en=en) for c, (zh, en) in REASONS.items()])


@router.post("/data-requests", operation_id="registerDataRequest", response={201: DataRequestOut})
@command(status=201)
def register(request: HttpRequest, body: DataRequestIn) -> DataRequestOut:
    """Take a request in for a customer whose identity was checked."""
    by = principal(request)
    require(by, permissions.VIEW)
    return _shape(queries.request(actions.ask(by=by, **body.model_dump()), by=by))


@router.get("/data-requests/{request_id}/forecast", operation_id="forecastErasure", response=ErasureForecastOut)
def forecast(request: HttpRequest, request_id: int) -> ErasureForecastOut:
    """Say what an erasure would take and what would stay."""
    found = queries.forecast(queries.request(request_id, by=principal(request))["customer_id"])
    kept = [KeptPartOut(**{**part, "until": str(part["until"]) if part["until"] else None}) for part in found["kept"]]
    return ErasureForecastOut(erased=found["erased"], kept=kept)


@router.post("/data-requests/{request_id}/grant", operation_id="grantDataRequest", response=DataRequestOut)
@command()
def grant(request: HttpRequest, request_id: int) -> DataRequestOut:
    """Make the copy, restrict, or erase when the matter closes. Corrections have their own address."""
    by = principal(request)
    _GRANT.get(queries.request(request_id, by=by)["kind"], actions.grant_access)(by=by, request_id=request_id)
    return _shape(queries.request(request_id, by=by))


_GRANT = {
    "access": actions.grant_access,
    "restrict": actions.restrict,
    "erase": actions.schedule_erasure,
}


@router.post("/data-requests/{request_id}/correct", operation_id="correctByDataRequest", response=DataRequestOut)
@command()
def correct(request: HttpRequest, request_id: int, body: CorrectionIn) -> DataRequestOut:
    """Correct the customer's record as he asked."""
    by = principal(request)
    changes: dict[str, Any] = body.model_dump(exclude_none=True)
    actions.correct(by=by, request_id=request_id, changes=changes)
    return _shape(queries.request(request_id, by=by))


@router.post("/data-requests/{request_id}/refuse", operation_id="refuseDataRequest", response=DataRequestOut)
@command()
def refuse(request: HttpRequest, request_id: int, body: RefusalIn) -> DataRequestOut:
    """Refuse for one of the law's reasons."""
    by = principal(request)
    actions.refuse(by=by, request_id=request_id, reason=body.reason, explanation=body.explanation)
    return _shape(queries.request(request_id, by=by))


@router.post("/customers/{customer_id}/lift-restriction", operation_id="liftRestriction", response={204: None})
@command(status=204)
def lift_restriction(request: HttpRequest, customer_id: int, body: LiftIn) -> None:
    """Let a customer's data be used again, because he asked for it."""
    customers.lift_restriction(by=principal(request), customer_id=customer_id, reason=body.reason)
