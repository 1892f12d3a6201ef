"""Shapes of what leaders do for a while and ask about the past."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from .schemas import Code, Level

Line = Annotated[str, Field(min_length=1, max_length=300)]


class PullIn(Schema):
    staff_id: int


class WhyOut(Schema):
    zh: str
    en: str


class ExplainedOut(Schema):
    number: str
    name: str
    at: datetime
    outcome: str
    reasons: list[WhyOut]


class AnnouncementIn(Schema):
    queue_code: Annotated[str, Field(max_length=40)] = ""
    zh: Line
    en: Line
    until: datetime


class AnnouncementOut(Schema):
    id: int
    queue_code: str
    zh: str
    en: str
    at: datetime
    until: datetime


class MadeOut(Schema):
    id: int


class BorrowIn(Schema):
    skills: dict[Code, Level]
    until: datetime


class SpentOut(Schema):
    doing: str
    reason: str
    started_at: datetime
    ended_at: datetime


class LedgerOut(Schema):
    number: str
    name: str
    seconds: dict[str, float]
    signed_in: float
    spans: list[SpentOut]


class NuisanceIn(Schema):
    contact: Annotated[str, Field(min_length=1, max_length=40)]
    level: Literal["slow", "block"]
    reason: Annotated[str, Field(min_length=1, max_length=200)]
    until: datetime


class NuisanceOut(Schema):
    id: int
    contact: str
    level: str
    reason: str
    at: datetime
    until: datetime
    appeal: str
    appealed_at: datetime | None
    decision: str
    decided_at: datetime | None


class AppealDecisionIn(Schema):
    lift: bool
    note: Annotated[str, Field(min_length=1, max_length=300)]


class QueueRulesOut(Schema):
    code: str
    name: str
    number: int
    content: dict[str, Any]


class AccuracyOut(Schema):
    queue_code: str
    answers: int
    median_error: float
    bias: float


class WhatIfIn(Schema):
    day: date
    content: dict[str, Any]
    skills: dict[int, dict[str, int]] = {}


class OutcomeOut(Schema):
    offered: int
    answered: int
    abandoned: int
    mean_wait: float
    p95_wait: float
    within_15: float
    moved_on: int
    turned_away: int


class WhatIfOut(Schema):
    queue_code: str
    queue_name: str
    real: OutcomeOut
    now: OutcomeOut
    changed: OutcomeOut


class MovedOut(Schema):
    subject: str
    reference: str
    from_name: str
    to_name: str
    wait_now: float | None
    wait_changed: float | None


class TrialOut(Schema):
    lines: list[WhatIfOut]
    moved_count: int
    moved: list[MovedOut]
