"""What goes in and out of the ticket endpoints. JSON names are those of the domain."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from shouwen.forms.actions import Filled
from shouwen.kit.api import Shape
from shouwen.kit.files import FileOut

from ..queries import Sort

Kind = Literal["enquiry", "fault", "complaint", "suggestion"]
Urgency = Literal["normal", "urgent", "critical"]
Area = Literal["", "urban", "rural"]
Files = Annotated[list[UUID], Field(max_length=10)]
Channel = Literal["phone", "sms", "email", "chat", "visit", "message"]


class TicketPersonOut(Shape):
    """A member of staff as a ticket shows him."""

    id: int
    number: str
    name: str
    organisation_name: str
    active: bool


class TicketCustomerOut(Shape):
    """A customer, masked."""

    id: int
    name: str
    phone: str
    kind: str
    star: int | None
    key: bool
    elderly: bool


class TicketClockOut(Shape):
    """A promise of time and how it stands."""

    metric: str
    state: str
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached_at: datetime | None
    paused_at: datetime | None
    pause_ends_at: datetime | None
    allowance_seconds: int


class TicketDeadlineLineOut(Shape):
    """One step of a deadline's story."""

    sort: str
    zh: str
    en: str


class TicketDeadlineOut(Shape):
    """A promise of time and how it came about, step by step."""

    metric: str
    name_zh: str
    name_en: str
    policy: str
    policy_number: int
    started_at: datetime
    due_at: datetime
    lines: list[TicketDeadlineLineOut]


class TicketDeadlinesOut(Shape):
    """Every promise of time of a ticket with its story, oldest first."""

    items: list[TicketDeadlineOut]


class CategoryRefOut(Shape):
    """The category of a ticket in both languages."""

    code: str
    name_zh: str
    name_en: str


class TicketItemOut(Shape):
    """A ticket in a list."""

    number: str
    kind: str
    title: str
    state: str
    urgency: str
    version: int
    category: CategoryRefOut
    queue_code: str
    customer: TicketCustomerOut | None
    owner: TicketPersonOut | None
    handler: TicketPersonOut | None
    offered_to: TicketPersonOut | None
    waits_on: str
    next_contact_at: datetime | None
    clock: TicketClockOut | None
    opened_at: datetime
    reopened_count: int
    escalated_at: datetime | None
    closed_reason: str


class StepOut(Shape):
    """A node of the journey."""

    key: str
    at: datetime | None
    done: bool
    current: bool


class AttemptOut(Shape):
    """A documented attempt to reach the customer."""

    at: datetime
    channel: str
    outcome: str
    agreed: bool | None
    note: str


class TicketQueueOut(Shape):
    """The queue that serves a ticket."""

    code: str
    name: str


class CompensationOut(Shape):
    """The latest compensation asked for on a ticket, and how it stands."""

    id: int
    amount_fen: int
    state: str
    reason: str
    requested_by_name: str
    requested_at: datetime
    expires_at: datetime
    decided_by_name: str
    remark: str


class TicketAnswerOut(Shape):
    """One answered question in both languages."""

    name: str
    kind: str
    label_zh: str
    label_en: str
    zh: str
    en: str
    files: list[FileOut]


class TicketAnswersOut(Shape):
    """What was answered when the ticket was opened, by the version of the form that asked."""

    form: str
    number: int
    title_zh: str
    title_en: str
    filled_at: datetime
    lines: list[TicketAnswerOut]


class TicketOut(TicketItemOut):
    """A ticket with everything its page shows but the history."""

    description: str
    category_path_zh: list[str]
    category_path_en: list[str]
    area: str
    channel: str
    queue: TicketQueueOut
    conversation: str | None
    journey: list[StepOut]
    clocks: list[TicketClockOut]
    question: str
    answer: str
    waiting_since: datetime | None
    urged_at: datetime | None
    closed_at: datetime | None
    linked_to: str | None
    links: list[str]
    attempts: list[AttemptOut]
    compensation: CompensationOut | None
    answers: TicketAnswersOut | None
    can: list[str]


class OpenedTicketOut(Shape):
    """The number customers are told, by which the ticket is read."""

    number: str


class EntryOut(Shape):
    """One line of a ticket's history."""

    id: int
    at: datetime
    kind: str
    actor: str
    actor_name: str
    text_zh: str
    text_en: str
    body: str
    visible_to_customer: bool


class TimelineOut(Shape):
    """The history of a ticket, newest first."""

    items: list[EntryOut]


class CategoryOut(Shape):
    """A node of the category tree."""

    code: str
    parent: str | None
    level: int
    name_zh: str
    name_en: str
    super_class: str
    business: str
    leaf: bool


class CategoriesOut(Shape):
    """The category tree, each node before those below it."""

    items: list[CategoryOut]


class RouteIn(Schema):
    """The queue that serves a category; "" leaves it to the category above."""

    queue_code: str


class UsualLimitOut(Shape):
    """How long a kind of ticket usually has for one thing, in words."""

    metric: str
    zh: str
    en: str


class KindPolicyOut(Shape):
    """The three policies of a kind: first asked, limited time, revisit."""

    kind: str
    owner_rule: str
    limits: list[UsualLimitOut]
    attempts_required: int
    attempt_gap_hours: int
    reopenings_before_escalation: int
    default_category: str


class KindPoliciesOut(Shape):
    """The rules of every kind."""

    items: list[KindPolicyOut]


class KindPolicyIn(Schema):
    """New rules of a kind."""

    owner_rule: Literal["first_asked", "handler"]
    attempts_required: int = Field(ge=1, le=9)
    attempt_gap_hours: int = Field(ge=1, le=240)
    reopenings_before_escalation: int = Field(ge=1, le=9)


class TicketsWanted(Schema):
    """Which tickets to list; `state` is one or more states, separated by commas."""

    box: Literal["mine", "owned", "queue", "all"] = "all"
    state: str = Field("", max_length=120)
    kind: Kind | Literal[""] = ""
    overdue: bool | None = None
    q: str = Field("", max_length=60)
    sort: Sort = "newest"
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class TicketCountsOut(Shape):
    """How many open tickets are in one's hands, in one's charge, and in the queues that one serves."""

    mine: int
    owned: int
    queue: int


class TicketFormOut(Shape):
    """A form in force: its key and version, and the definition that screens draw."""

    key: str
    number: int
    definition: dict[str, Any]


class TicketFormFoundOut(Shape):
    """The form asked for a kind and category, if there is one."""

    form: TicketFormOut | None


class OpenTicketIn(Schema):
    """A request to be accepted as a ticket."""

    kind: Kind
    title: str = Field(min_length=1, max_length=120)
    description: str = Field(default="", max_length=8000)
    customer_id: int
    category: str = ""
    urgency: Urgency = "normal"
    area: Area = ""
    queue_code: str | None = None
    linked_to: str | None = None
    form: Filled | None = None
    files: Files = []


class TicketFileOut(FileOut):
    """A file of a ticket."""

    actor_name: str
    by_customer: bool
    visible_to_customer: bool


class TicketFilesOut(Shape):
    """The files of a ticket, oldest first."""

    items: list[TicketFileOut]


class TicketFilesIn(Schema):
    """Uploaded files that are to belong to the ticket."""

    files: Files = Field(min_length=1)
    visible_to_customer: bool = False


class NoteIn(Schema):
    """A note."""

    body: str = Field(min_length=1, max_length=8000)
    visible_to_customer: bool = False


class ToIn(Schema):
    """The member of staff it goes to."""

    to_id: int


class WaitIn(Schema):
    """A question to the customer, and when we look again if he says nothing."""

    question: str = Field(min_length=1, max_length=2000)
    next_contact_at: AwareDatetime | None = None


class HoldIn(Schema):
    """Why a ticket is on hold, and until when."""

    reason: str = Field(min_length=1, max_length=2000)
    next_contact_at: AwareDatetime
    because: Literal["third_party", "force_majeure"] = "third_party"


class ResolveIn(Schema):
    """The answer to the customer."""

    answer: str = Field(max_length=8000)


class AttemptIn(Schema):
    """An attempt to reach the customer; `agreed` is what he said of the answer, if he was reached."""

    channel: Channel
    outcome: Literal["reached", "no_answer", "failed"]
    note: str = Field(default="", max_length=500)
    agreed: bool | None = None


class TicketReasonIn(Schema):
    """Why."""

    reason: str = Field(min_length=1, max_length=2000)


class CompensationIn(Schema):
    """A compensation to be approved by another person."""

    amount_fen: int = Field(ge=1, le=10**10)
    reason: str = Field(min_length=1, max_length=1000)
