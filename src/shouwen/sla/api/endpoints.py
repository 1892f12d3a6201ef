"""The rules of time, what a matter would be promised under them, and the words to write them with."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from shouwen.kernel import holidays
from shouwen.kit import clock
from shouwen.kit.api import Shape, principal
from shouwen.kit.permissions import require

from .. import queries
from ..permissions import VIEW_RULES
from ..rules import words

router = Router(tags=["time limits"])
OF_TICKETS = ("response", "handling", "feedback")
METRICS = {"complaint": (*OF_TICKETS, "statutory"), "conversation": ("answer", "handling", "wrap_up")}
METRICS["letter"] = METRICS["conversation"]


class RuleVersionOut(Shape):
    """A version of a rule, with what it says."""

    id: int
    number: int
    state: str
    valid_from: datetime | None
    author_name: str
    content: dict[str, Any]


class RuleOut(Shape):
    """A calendar, a policy or a ladder."""

    key: str
    name_zh: str
    name_en: str
    summary_zh: str
    summary_en: str
    organisation_id: int | None
    in_force: RuleVersionOut | None
    coming: RuleVersionOut | None
    under_way: RuleVersionOut | None


class RulesOut(Shape):
    """Every rule of a kind, by key."""

    items: list[RuleOut]


class DeadlineLineOut(Shape):
    """One step of a deadline's story."""

    sort: str
    zh: str
    en: str


class DeadlineExplainedOut(Shape):
    """A promise of time and how it comes about, step by step."""

    metric: str
    name_zh: str
    name_en: str
    policy: str
    policy_number: int
    started_at: datetime
    due_at: datetime
    lines: list[DeadlineLineOut]


class DeadlinesOut(Shape):
    """Every promise of a matter with its story."""

    items: list[DeadlineExplainedOut]


class WordOut(Shape):
    """A code with its words."""

    code: str
    zh: str
    en: str


class DimensionOut(WordOut):
    """What a policy may ask about, and the values it may ask for."""

    values: list[WordOut]


class TimeWordsOut(Shape):
    """The words that calendars, policies and ladders are written with."""

    metrics: list[WordOut]
    dimensions: list[DimensionOut]
    reasons: list[WordOut]
    people: list[WordOut]
    seats: list[WordOut]
    holidays_through: int


class Wanted(Schema):
    """A matter to be previewed; what is not known is left out."""

    kind: Literal["enquiry", "fault", "complaint", "suggestion", "conversation", "letter"]
    urgency: str = Field("", max_length=20)
    tier: str = Field("", max_length=2)
    customer: str = Field("", max_length=20)
    channel: str = Field("", max_length=20)
    area: str = Field("", max_length=10)
    at: AwareDatetime | None = None


@router.get("/time-rules/{kind}", response=RulesOut, operation_id="listTimeRules")
def list_rules(request: HttpRequest, kind: Literal["calendar", "policy", "ladder"]) -> RulesOut:
    """List the calendars, policies or ladders with what holds, what comes and what is being written."""
    cards = queries.rules(f"sla.{kind}", by=principal(request), at=clock.now())
    return RulesOut(items=[_rule(card) for card in cards])


@router.get("/time-words", response=TimeWordsOut, operation_id="getTimeWords")
def get_words(request: HttpRequest) -> TimeWordsOut:
    """Return the words to write rules with."""
    require(principal(request), VIEW_RULES)
    dimensions = [
        DimensionOut(code=code, zh=zh, en=en, values=_words(words.VALUES[code]))
        for code, (zh, en) in words.DIMENSIONS.items()
    ]
    return TimeWordsOut(
        metrics=_words(words.METRICS),
        dimensions=dimensions,
        reasons=_words(words.REASONS),
        people=_words(words.PEOPLE),
        seats=_words(words.SEATS),
        holidays_through=holidays.announced_through(),
    )


@router.get("/deadline-preview", response=DeadlinesOut, operation_id="previewDeadlines")
def preview(request: HttpRequest, wanted: Query[Wanted]) -> DeadlinesOut:
    """Say what a matter of the reader's unit would be promised, and why, if it began now or at an instant."""
    by = principal(request)
    require(by, VIEW_RULES)
    facets = wanted.dict(exclude={"at"})
    metrics = METRICS.get(wanted.kind, OF_TICKETS)
    at = wanted.at or clock.now()
    return deadlines_out(queries.preview(metrics, facets, at=at, organisation_id=by.unit))


def deadlines_out(found: list[queries.Explained]) -> DeadlinesOut:
    """Return promises with their stories as they go over the wire."""
    return DeadlinesOut(items=[_explained(one) for one in found])


def _explained(one: queries.Explained) -> DeadlineExplainedOut:
    lines = [DeadlineLineOut(sort=line.sort, zh=line.zh, en=line.en) for line in one.lines]
    values = {**vars(one), "name_zh": one.name[0], "name_en": one.name[1], "lines": lines}
    return DeadlineExplainedOut(**{name: values[name] for name in DeadlineExplainedOut.model_fields})


def _rule(card: queries.RuleCard) -> RuleOut:
    return RuleOut(
        key=card.key,
        name_zh=card.name[0],
        name_en=card.name[1],
        summary_zh=card.summary[0],
        summary_en=card.summary[1],
        organisation_id=card.organisation_id,
        in_force=_version(card.in_force),
        coming=_version(card.coming),
        under_way=_version(card.under_way),
    )


def _version(card: queries.VersionCard | None) -> RuleVersionOut | None:
    return RuleVersionOut(**vars(card)) if card else None


def _words(found: dict[str, words.Words]) -> list[WordOut]:
    return [WordOut(code=code, zh=zh, en=en) for code, (zh, en) in found.items()]
