"""What several pages of the desk show."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class SlotOut(Schema):
    medium: str
    total: int
    offered: int
    busy: int
    wrap_up: int


class PersonOut(Schema):
    id: int
    number: str
    name: str


class QueueRefOut(Schema):
    code: str
    name: str


class CustomerOut(Schema):
    id: int
    name: str
    phone: str
    kind: str
    star: int | None
    key: bool
    elderly: bool
    language: str
    account_number: str


class ClockOut(Schema):
    metric: str
    started_at: datetime
    due_at: datetime
    allowance_seconds: float
    state: str


class ExcerptOut(Schema):
    seq: int
    author_kind: str
    body: str
    sent_at: datetime
