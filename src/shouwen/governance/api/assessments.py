"""Impact assessments over HTTP. What may be done to a version of one has its address under /versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.api import Page, Shape, page_of, principal
from shouwen.kit.permissions import require
from shouwen.kit.privacy.permissions import VIEW as READ_REGISTER

from .. import queries
from ..rules import GROUNDS, kept_until

assessments_router = Router(tags=["governance"])


class AssessmentLineOut(Shape):
    """One assessment: its newest version, what was published last, and until when that is kept."""

    id: int
    key: str
    number: int
    title: str
    state: str
    risk: str
    activities: list[str]
    author_name: str
    changed_at: datetime
    published_number: int | None
    published_at: datetime | None
    kept_until: date | None


class AssessmentDueOut(Shape):
    """Personal data that the law wants assessed and no assessment in force covers."""

    code: str
    zh: str
    en: str
    ground: str
    ground_zh: str
    ground_en: str


class AssessmentsDueOut(Shape):
    items: list[AssessmentDueOut]


def _line(row: dict[str, Any]) -> AssessmentLineOut:
    content, at = row.pop("content"), row.pop("last_published")
    return AssessmentLineOut(
        **{name: row[name] for name in ("id", "key", "number", "title", "state", "author_name", "changed_at")},
        risk=content["risk"],
        activities=content["activities"],
        published_number=row["last_number"],
        published_at=at,
        kept_until=kept_until(at.astimezone(BEIJING).date()) if at else None,
    )


@assessments_router.get("/assessments", operation_id="listAssessments", response=Page[AssessmentLineOut])
def list_assessments(
    request: HttpRequest, q: Annotated[str, Field(max_length=60)] = "", cursor: str = "", limit: int = 50
) -> Page[AssessmentLineOut]:
    """List impact assessments, what changed last first."""
    found = queries.assessments(principal(request), q=q)
    return page_of(found, order=["-changed_at", "-id"], cursor=cursor, limit=limit, shape=_line)


@assessments_router.get("/assessments/due", operation_id="listAssessmentsDue", response=AssessmentsDueOut)
def list_due(request: HttpRequest) -> AssessmentsDueOut:
    """Say which personal data still has to be assessed, and why."""
    require(principal(request), READ_REGISTER)
    items = [
        AssessmentDueOut(
            code=code, zh=what[0], en=what[1], ground=why, ground_zh=GROUNDS[why][0], ground_en=GROUNDS[why][1]
        )
        for code, what, why in queries.unassessed(clock.now())
    ]
    return AssessmentsDueOut(items=items)
