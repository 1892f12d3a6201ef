"""What was noted of a contact, and how it was rated."""

from __future__ import annotations

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


def reasons() -> list[ReasonView]:
    """Return the reasons in use, parents before children."""
    rows = Reason.objects.filter(active=True).order_by("parent_id", "id")
    found = [ReasonView(*row) for row in rows.values_list("code", "parent__code", "zh", "en")]
    return sorted(found, key=lambda reason: reason.parent is not None)


def rating(interaction_id: int) -> int | None:
    """Return the customer's score of one contact."""
    return Rating.objects.filter(interaction_id=interaction_id).values_list("score", flat=True).first()
