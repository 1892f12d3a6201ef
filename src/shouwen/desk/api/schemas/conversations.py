"""Shapes of one conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from shouwen.forms.actions import Filled

from .parts import ClockOut, CustomerOut, PersonOut, QueueRefOut

Body = Annotated[str, Field(max_length=100_000)]
Code = Annotated[str, Field(max_length=40)]
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


class RingOut(Schema):
    begun_at: datetime
    answered: bool
    cause: str


class RecordingOut(Schema):
    seconds: float
    url: str | None
    erased: bool
    """Its time was over: nothing is left to hear."""


class PauseOut(Schema):
    begun_at: datetime
    until: datetime
    ended_at: datetime | None


class ContactHoldOut(Schema):
    reason: str
    placed_at: datetime
    until: datetime | None


class ContactHoldIn(Schema):
    reason: str = Field(min_length=1, max_length=500)
    until: AwareDatetime | None = None


class ContactReleaseIn(Schema):
    reason: str = Field(min_length=1, max_length=500)


class ConsultOut(Schema):
    queue: str
    answered: bool
    number: str
    mine: bool


class CallOut(Schema):
    dialled: str
    calling: str
    outbound: bool
    step: str
    dialling: str
    outcome: str
    held: bool
    lost: bool
    consult: ConsultOut | None
    rings: list[RingOut]
    recording: RecordingOut | None
    pause: Literal["none", "pausing", "paused", "resuming", "failed"]
    """Whether the recording stands still: while `pausing`, or where that `failed`, all that is said is recorded."""
    paused_until: datetime | None
    """The recording stands still, until then at the latest."""
    pauses: list[PauseOut]
    hold: ContactHoldOut | None
    """A legal hold on the contact, for who may place one."""
    may_hold: bool


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
    call: CallOut | None
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
    area: Literal["", "urban", "rural"] = ""
    files: Annotated[list[UUID], Field(max_length=10)] = []
    form: Filled | None = None


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


class StartedOut(Schema):
    id: UUID


class AssignmentOut(Schema):
    number: str
    name: str
    at: datetime
    outcome: str
    reasons_zh: list[str]
    reasons_en: list[str]
