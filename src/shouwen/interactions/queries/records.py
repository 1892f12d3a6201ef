"""What was noted of a contact, and how it was rated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .. import rules
from ..models import Rating, Reason, ServiceRecord


@dataclass(frozen=True)
class ServiceRecordView:
    """Why the customer came, what was done, in words; version 0 is an unwritten one."""

    reason: str
    handling: str
    note: str
    version: int
    saved_at: datetime | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is needed before the contact can be closed."""
        return rules.missing(reason=self.reason, handling=self.handling)


@dataclass(frozen=True)
class ReasonView:
    """A reason for contact; those with a parent can be chosen."""

    code: str
    parent: str | None
    zh: str
    en: str


EMPTY = ServiceRecordView(reason="", handling="", note="", version=0, saved_at=None)


def service_record(interaction_id: int) -> ServiceRecordView:
    """Return the record of one contact, empty when nothing was written yet."""
    rows = ServiceRecord.objects.filter(interaction_id=interaction_id)
    row = rows.values("reason", "handling", "note", "version", "saved_at").first()
    return ServiceRecordView(**row) if row else EMPTY


def handlings() -> tuple[rules.Handling, ...]:
    """Return the ways a contact can have been dealt with."""
    return rules.HANDLINGS


def reasons(*, everything: bool = False) -> list[ReasonView]:
    """Return the reasons in use, or all that ever were, parents before children."""
    rows = Reason.objects.order_by("parent_id", "id")
    rows = rows if everything else rows.filter(active=True)
    found = [ReasonView(*row) for row in rows.values_list("code", "parent__code", "zh", "en")]
    return sorted(found, key=lambda reason: reason.parent is not None)


def rating(interaction_id: int) -> int | None:
    """Return the customer's score of one contact."""
    return Rating.objects.filter(interaction_id=interaction_id).values_list("score", flat=True).first()


@dataclass(frozen=True)
class RatingView:
    """How a customer found one contact."""

    interaction_id: int
    score: int
    comment: str
    rated_at: datetime


def ratings(*, since: datetime, until: datetime, queue_codes: Iterable[str]) -> list[RatingView]:
    """Return the ratings given in a stretch of time to contacts of some queues, newest first."""
    rows = Rating.objects.filter(rated_at__gte=since, rated_at__lte=until)
    chosen = rows.filter(interaction__queue_code__in=list(queue_codes)).order_by("-rated_at", "-interaction_id")
    return [RatingView(*row) for row in chosen.values_list("interaction_id", "score", "comment", "rated_at")]
