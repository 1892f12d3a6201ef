"""Shapes of what the desk takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

Body = Annotated[str, Field(max_length=100_000)]
Code = Annotated[str, Field(max_length=40)]
State = Literal["ready", "not_ready", "acw", "break", "training", "meeting", "offline"]
Medium = Literal[
    "web_chat",
    "sms",
    "email",
    "fax",
    "wechat",
    "letter",
    "voice_mailbox",
    "e_form",
    "mini_program",
    "official_account",
    "social",
    "voice",
]


class SlotOut(Schema):
    medium: str
    total: int
    offered: int
    busy: int
    wrap_up: int


class PresenceIn(Schema):
    state: State
    reason: Code = ""


class PresenceOut(Schema):
    state: str
    reason: str
    since: datetime | None
    slots: list[SlotOut]


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
    requested_at: datetime
    waited_seconds: float
    expires_at: datetime


class AcceptedOut(Schema):
    subject: str
    conversation: str | None


class MessageIn(Schema):
    body: Body


class MessageOut(Schema):
    seq: int
    author_kind: str
    author_name: str
    body: str
    sent_at: datetime


class MessagesOut(Schema):
    items: list[MessageOut]


class RecordIn(Schema):
    reason: Code = ""
    handling: Code = ""
    note: Body = ""
    version: int


class RecordOut(Schema):
    reason: str
    handling: str
    note: str
    version: int
    saved_at: datetime | None


class TicketRefOut(Schema):
    id: int
    number: str
    kind: str
    title: str
    state: str
    urgency: str
    opened_at: datetime
    due_at: datetime | None
    late: bool
    owner: PersonOut | None


class RecentOut(Schema):
    at: datetime
    kind: str
    channel: str
    line_zh: str
    line_en: str


class ConversationOut(Schema):
    id: str
    medium: str
    contact_mode: str
    direction: str
    topic: str
    state: str
    queue: QueueRefOut
    customer: CustomerOut | None
    recent: list[RecentOut]
    opened_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    waited_seconds: float
    owner: PersonOut | None
    handler: PersonOut | None
    mine: bool
    messages: list[MessageOut]
    service_record: RecordOut
    draft: str
    clocks: list[ClockOut]
    tickets: list[TicketRefOut]


class ConversationStateOut(Schema):
    id: str
    state: str


class TransferIn(Schema):
    queue_code: Annotated[str, Field(min_length=1, max_length=40)]


class LinkCustomerIn(Schema):
    customer_id: int


class TicketIn(Schema):
    kind: Literal["enquiry", "fault", "complaint", "suggestion"]
    category: Code = ""
    title: Annotated[str, Field(min_length=1, max_length=120)]
    description: Body = ""
    urgency: Literal["normal", "urgent", "critical"] = "normal"


class TicketOpenedOut(Schema):
    id: int
    number: str


class ContactIn(Schema):
    medium: Medium
    direction: Literal["inbound", "outbound_proactive"] = "inbound"
    customer_id: int
    topic: Annotated[str, Field(max_length=80)] = ""
    body: Body
    queue_code: Code = ""


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


class ReasonIn(Schema):
    code: Annotated[str, Field(min_length=1, max_length=40)]
    parent: Code | None = None
    zh: Annotated[str, Field(min_length=1, max_length=40)]
    en: Annotated[str, Field(min_length=1, max_length=60)]


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


class FigureOut(Schema):
    key: str
    value: float | None
    unit: str
    count: int
    target: float | None
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


class StartedOut(Schema):
    id: UUID
