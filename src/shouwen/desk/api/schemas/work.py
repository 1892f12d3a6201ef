"""Shapes of being at the desk: presence, inbox, offers, queues, lists to choose from."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from .parts import ClockOut, CustomerOut, ExcerptOut, QueueRefOut, SlotOut

Code = Annotated[str, Field(max_length=40)]
State = Literal["ready", "not_ready", "acw", "break", "training", "meeting", "offline"]


class PresenceIn(Schema):
    state: State
    reason: Code = ""


class PresenceOut(Schema):
    state: str
    reason: str
    since: datetime | None
    engaged: str
    engaged_since: datetime | None
    slots: list[SlotOut]


class BreakOut(Schema):
    code: str
    zh: str
    en: str
    state: str
    minutes_a_day: int | None
    times_a_day: int | None
    minutes_used: int
    times_used: int
    used_up: bool


class InboxItemOut(Schema):
    id: str
    medium: str
    topic: str
    state: str
    queue_code: str
    customer: CustomerOut | None
    last_message: ExcerptOut | None
    awaits_reply: bool
    has_draft: bool
    calling: str
    opened_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    clock: ClockOut | None


class InboxOut(Schema):
    active: int
    follow_up: int
    ended: int
    items: list[InboxItemOut]


class OfferOut(Schema):
    work_item_id: int
    subject: str
    conversation: str | None
    medium: str
    queue: QueueRefOut
    klass: str
    topic: str
    customer: CustomerOut | None
    last_message: ExcerptOut | None
    calling: str
    requested_at: datetime
    waited_seconds: float
    expires_at: datetime


class AcceptedOut(Schema):
    subject: str
    conversation: str | None
    put_off: bool = False


class CallbackOut(Schema):
    id: int
    number: str
    customer: CustomerOut | None
    queue: QueueRefOut
    asked_at: datetime
    attempts: int
    note: str


class CallbackResultIn(Schema):
    reached: bool
    note: Annotated[str, Field(max_length=500)] = ""


class CallbackStateOut(Schema):
    state: str


class OwnQueueOut(Schema):
    code: str
    name: str
    paused: bool
    waiting: int
    longest_wait_seconds: float | None
    agents: int
    service_level: float | None


class ReasonOut(Schema):
    code: str
    parent: str | None
    zh: str
    en: str


class HandlingOut(Schema):
    code: str
    zh: str
    en: str


class ReasonsOut(Schema):
    reasons: list[ReasonOut]
    handlings: list[HandlingOut]


class TopicOut(Schema):
    code: str
    zh: str
    en: str
    queue_code: str


class TopicIn(Schema):
    zh: Annotated[str, Field(min_length=1, max_length=40)]
    en: Annotated[str, Field(min_length=1, max_length=60)]
    queue_code: Annotated[str, Field(min_length=1, max_length=40)]
    active: bool = True
