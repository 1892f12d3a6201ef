"""Shapes of the live board."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema

from .parts import PersonOut, SlotOut


class FigureOut(Schema):
    key: str
    value: float | None
    unit: str
    count: int
    target: float | None
    of: int | None
    list: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str


class QueueLineOut(Schema):
    code: str
    name: str
    paused: bool
    waiting: int
    offered: int
    in_service: int
    wrap_up: int
    longest_wait_seconds: float | None
    agents_ready: int
    agents_free: int
    service_level: float | None
    abandon_rate: float | None
    handling_seconds: float | None


class AgentOut(Schema):
    id: int
    number: str
    name: str
    organisation_name: str
    state: str
    reason: str
    since: datetime
    slots: list[SlotOut]
    skills: dict[str, int]
    barred: list[str]


class PromiseCountsOut(Schema):
    lost: int
    doubled: int
    ownerless: int
    holds: bool


class BoardOut(Schema):
    as_of: datetime
    figures: list[FigureOut]
    queues: list[QueueLineOut]
    agents: list[AgentOut]
    promise: PromiseCountsOut


class RowOut(Schema):
    id: int
    kind: str
    reference: str
    queue_code: str
    staff: PersonOut | None
    state: str
    at: datetime
    seconds: float | None
    in_time: bool | None


class FaultOut(Schema):
    subject: str
    subject_id: int
    why: str


class PromiseOut(Schema):
    as_of: datetime
    holds: bool
    lost: list[FaultOut]
    doubled: list[FaultOut]
    ownerless: list[FaultOut]
