"""Shapes of what routing takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

Level = Annotated[int, Field(ge=1, le=10)]
Code = Annotated[str, Field(min_length=1, max_length=40)]


class QueueOut(Schema):
    code: str
    name: str
    organisation_id: int
    paused: bool
    waiting: int
    offered: int
    in_service: int
    wrap_up: int
    longest_wait_seconds: int | None
    agents_ready: int
    agents_free: int


class SlotUseOut(Schema):
    medium: str
    total: int
    offered: int
    busy: int
    wrap_up: int


class SeatOut(Schema):
    staff_id: int
    number: str
    name: str
    organisation_id: int
    organisation_name: str
    state: str
    reason: str
    since: datetime
    slots: list[SlotUseOut]
    skills: dict[str, int]
    barred: list[str]


class SkillOut(Schema):
    code: str
    name: str


class SkillsIn(Schema):
    skills: dict[Code, Level]


class ForcedPresenceIn(Schema):
    state: Annotated[str, Field(min_length=1, max_length=10)]
    reason: Annotated[str, Field(max_length=40)] = ""


class PauseIn(Schema):
    paused: bool


class MoveIn(Schema):
    queue_code: Code


class WorkOut(Schema):
    id: int
    subject: str
    subject_id: int
    customer_id: int | None
    medium: str
    state: str
    klass: str
    queue_code: str
    queue_name: str
    staff_id: int | None
    offered_to_id: int | None
    offer_expires_at: datetime | None
    requested_at: datetime
    answered_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
