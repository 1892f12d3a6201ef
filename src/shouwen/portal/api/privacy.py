"""A customer's rights about his own data: asking, following, fetching the copy."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shouwen.governance import actions, queries
from shouwen.kit import clock, files
from shouwen.kit.api import Shape, command, principal
from shouwen.kit.api.limits import limit
from shouwen.kit.principals import Principal

from .doors import CUSTOMER

privacy_router = Router(auth=CUSTOMER)


class MyDataRequestIn(Schema):
    kind: Literal["access", "correct", "restrict", "erase"]
    detail: Annotated[str, Field(max_length=2000)] = ""


class MyDataRequestOut(Shape):
    """One request, and while the copy is there its address, good for ten minutes in this session."""

    id: int
    kind: str
    state: str
    number: str
    ticket_state: str
    asked_at: datetime
    done_at: datetime | None
    file_until: datetime | None
    url: str | None


class MyDataRequestsOut(Shape):
    items: list[MyDataRequestOut]


@privacy_router.get("/data-requests", operation_id="listMyDataRequests", response=MyDataRequestsOut)
def list_requests(request: HttpRequest) -> MyDataRequestsOut:
    """Return what the customer asked about his data, newest first."""
    by = principal(request)
    return MyDataRequestsOut(items=[_shape(row, by) for row in queries.own(by)])


@privacy_router.post("/data-requests", operation_id="askAboutMyData", response={201: MyDataRequestsOut})
@limit("portal.data-requests", per_minute=5, by="principal")
@command(status=201)
def ask(request: HttpRequest, body: MyDataRequestIn) -> MyDataRequestsOut:
    """Ask for a copy, a correction, a restriction or the erasure of one's own data."""
    by = principal(request)
    actions.ask(by=by, customer_id=by.id, kind=body.kind, detail=body.detail)
    return list_requests(request)


def _shape(row: dict[str, Any], by: Principal) -> MyDataRequestOut:
    return MyDataRequestOut(
        **row, number=row["ticket__number"], ticket_state=row["ticket__state"], url=_address(row, by)
    )


def _address(row: dict[str, Any], by: Principal) -> str | None:
    """Return where the copy may be fetched, made for this customer alone; none when its time is over."""
    if row["file_id"] is None or row["file_until"] < clock.now():
        return None
    card = files.cards([row["file_id"]]).get(row["file_id"])
    return files.link_to(card, by=by) if card else None
