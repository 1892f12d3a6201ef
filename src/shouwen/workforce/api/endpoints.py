"""What is planned for whom."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from shouwen.kit.api import command, principal

from .. import actions, queries

router = Router(tags=["workforce"])


class ShiftOut(Schema):
    id: int
    staff_id: int
    number: str
    name: str
    activity: str
    paid: bool
    starts_at: datetime
    ends_at: datetime


class RosterOut(Schema):
    items: list[ShiftOut]


class ShiftIn(Schema):
    staff_id: int
    activity: str = "work"
    paid: bool = True
    starts_at: datetime
    ends_at: datetime


class ShiftMadeOut(Schema):
    id: int


@router.get("/roster", operation_id="getRoster", response=RosterOut)
def get_roster(request: HttpRequest, since: datetime, until: datetime) -> RosterOut:
    """Return the roster of one's area between two instants; without the permission one's own."""
    found = queries.roster(by=principal(request), since=since, until=until)
    return RosterOut(items=[ShiftOut(**asdict(one)) for one in found])


@router.post("/roster", operation_id="planShift", response={201: ShiftMadeOut})
@command(status=201)
def plan_shift(request: HttpRequest, body: ShiftIn) -> ShiftMadeOut:
    """Plan a stretch of somebody's time."""
    return ShiftMadeOut(id=actions.plan(**body.model_dump(), by=principal(request)))


@router.delete("/roster/{shift_id}", operation_id="removeShift", response={204: None})
@command()
def remove_shift(request: HttpRequest, shift_id: int) -> None:
    """Take a plan back."""
    actions.remove(shift_id=shift_id, by=principal(request))
