"""Shapes of what the portal takes and gives."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from shouwen.forms.actions import Filled
from shouwen.kit.files import FileOut

Text = Annotated[str, Field(min_length=1, max_length=4000)]
Files = Annotated[list[UUID], Field(max_length=10)]
Kind = Literal["enquiry", "fault", "complaint", "suggestion"]


class PortalCodeIn(Schema):
    phone: Annotated[str, Field(min_length=1, max_length=30)]


class PortalCodeOut(Schema):
    """The same for every number: to whom (masked), and until when a code would be good."""

    phone: str
    expires_at: datetime


class PortalSignInIn(Schema):
    phone: Annotated[str, Field(min_length=1, max_length=30)]
    code: Annotated[str, Field(min_length=1, max_length=12)]


class PortalOperatorOut(Schema):
    name: str
    access_code: str
    demo: bool
    opens: time | None
    closes: time | None
    weekdays: list[int]
    logo: str


class PortalMeOut(Schema):
    kind: Literal["customer", "visitor"]
    name: str
    phone: str
    language: str
    operator: PortalOperatorOut


class PortalConsentsOut(Schema):
    marketing: bool
    profiling: bool
    survey: bool


class PortalConsentIn(Schema):
    purpose: Literal["marketing", "profiling", "survey"]
    given: bool


class PortalPinIn(Schema):
    pin: Annotated[str, Field(min_length=1, max_length=12)]


class PortalPersonOut(Schema):
    name: str
    number: str


class PortalStepOut(Schema):
    key: str
    at: datetime | None
    done: bool
    current: bool


class PortalNextOut(Schema):
    what: str
    by: datetime | None


class PortalLineOut(Schema):
    at: datetime
    text: str


class PortalMatterCardOut(Schema):
    number: str
    kind: str
    title: str
    state: str
    opened_at: datetime
    steps: list[PortalStepOut]
    owner: PortalPersonOut | None
    next: PortalNextOut | None


class PortalAnswerOut(Schema):
    label: str
    text: str
    files: int
    """How many files answer it; they are among the files of the matter."""


class PortalAnswersOut(Schema):
    """What the customer filled in, as he was asked."""

    title: str
    lines: list[PortalAnswerOut]


class PortalMatterOut(PortalMatterCardOut):
    closed_at: datetime | None
    closed_reason: str
    question: str
    answer: str
    timeline: list[PortalLineOut]
    answers: PortalAnswersOut | None
    can: list[str]


class PortalMatterIn(Schema):
    kind: Kind
    category: Annotated[str, Field(max_length=60)] = ""
    title: Annotated[str, Field(min_length=1, max_length=120)]
    description: Text
    files: Files = []
    form: Filled | None = None


class PortalFilesOut(Schema):
    items: list[FileOut]


class PortalFormOut(Schema):
    key: str
    number: int
    definition: dict[str, Any]


class PortalFormFoundOut(Schema):
    """The form asked for a kind of matter, if there is one."""

    form: PortalFormOut | None


class PortalReopenIn(Schema):
    reason: Annotated[str, Field(max_length=2000)] = ""


class PortalSupplementIn(Schema):
    body: Annotated[str, Field(min_length=1, max_length=2000)]
    files: Files = []


class PortalCountsOut(Schema):
    open: int
    to_confirm: int
    closed: int


class PortalCurrentChatOut(Schema):
    id: str
    topic: str
    state: str
    agent: PortalPersonOut | None


class PortalHomeOut(Schema):
    name: str
    phone: str
    matters: list[PortalMatterCardOut]
    counts: PortalCountsOut
    chat: PortalCurrentChatOut | None


class PortalTopicOut(Schema):
    code: str
    text: str


class PortalChatIn(Schema):
    topic: Annotated[str, Field(max_length=60)] = ""
    body: Text


class PortalPositionOut(Schema):
    ahead: int
    expected_seconds: int | None


class PortalCallbackIn(Schema):
    number: Annotated[str, Field(min_length=5, max_length=20)]


class PortalRestrictionOut(Schema):
    level: str
    until: datetime
    lifted: bool
    appealed: bool
    decision: str
    decided_at: datetime | None


class PortalAppealIn(Schema):
    text: Text


class PortalRatingOut(Schema):
    score: int


class PortalChatOut(PortalCurrentChatOut):
    position: PortalPositionOut | None
    notices: list[str]
    opened_at: datetime
    ended_at: datetime | None
    rating: PortalRatingOut | None


class PortalMessageIn(Schema):
    body: Text


class PortalMessageOut(Schema):
    seq: int
    author_kind: str
    author_name: str
    body: str
    sent_at: datetime


class PortalMessagesOut(Schema):
    items: list[PortalMessageOut]


class PortalRatingIn(Schema):
    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, Field(max_length=500)] = ""


class PortalNoticeOut(Schema):
    id: int
    title: str
    body: str
    subject: str
    number: str
    at: datetime
    read: bool


class PortalUnreadOut(Schema):
    unread: int
