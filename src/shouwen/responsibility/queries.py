"""What other rooms may ask about who answers for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from shouwen.kit.prepared import Prepared

from .models import Responsibility as Row
from .models import ResponsibilityChange


@dataclass(frozen=True)
class Responsibility:
    """Who answers for one matter and how it stands."""

    subject: str
    subject_id: int
    customer_id: int | None
    owner_id: int
    handler_id: int | None
    offered_to_id: int | None
    waits_on: str
    next_contact_at: datetime | None
    answered_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Change:
    """One line of a matter's log: what was done, by whom, and how it stood afterwards."""

    at: datetime
    verb: str
    by: str
    owner_id: int
    handler_id: int | None
    offered_to_id: int | None
    waits_on: str
    next_contact_at: datetime | None


_ROW = tuple(Responsibility.__dataclass_fields__)
_CHANGE = tuple(Change.__dataclass_fields__)
_OF = Prepared(lambda subject, ids: Row.objects.filter(subject=subject, subject_id__any=ids).values_list(*_ROW))


def of(subject: str, ids: Iterable[int]) -> dict[int, Responsibility]:
    """Return who answers for each subject, closed ones included; one without a row is absent."""
    wanted = list(ids)
    rows = _OF(subject=subject, ids=wanted) if wanted else []
    return {row.subject_id: row for row in (Responsibility(*values) for values in rows)}


def open_of_staff(staff_id: int, subject: str) -> list[Responsibility]:
    """Return the open matters that somebody owns, handles or is offered, oldest first."""
    mine = Q(owner_id=staff_id) | Q(handler_id=staff_id) | Q(offered_to_id=staff_id)
    return _shape(_open(subject).filter(mine).order_by("opened_at", "id"))


def owner_for(customer_id: int, subject: str) -> int | None:
    """Return who answers for a customer's latest open matter of a kind, or None."""
    rows = _open(subject).filter(customer_id=customer_id).order_by("-opened_at", "-id")
    return rows.values_list("owner_id", flat=True).first()


def open_subjects(subject: str) -> list[Responsibility]:
    """Return every open matter of a kind, oldest first."""
    return open_of_kinds([subject])


def open_of_kinds(subjects: Iterable[str]) -> list[Responsibility]:
    """Return every open matter of some kinds, oldest first."""
    rows = Row.objects.filter(subject__in=list(subjects), closed_at__isnull=True)
    return _shape(rows.order_by("opened_at", "id"))


def handled_ids(subject: str, staff_id: int) -> QuerySet[Row, int]:
    """Return, for use as a subquery, the open subjects somebody works on or is offered."""
    mine = Q(handler_id=staff_id) | Q(offered_to_id=staff_id)
    return _open(subject).filter(mine).values_list("subject_id", flat=True)


def owned_ids(subject: str, staff_id: int) -> QuerySet[Row, int]:
    """Return, for use as a subquery, the open subjects somebody answers for."""
    return _open(subject).filter(owner_id=staff_id).values_list("subject_id", flat=True)


def unhandled_ids(subject: str) -> QuerySet[Row, int]:
    """Return, for use as a subquery, the open subjects nobody works on."""
    return _open(subject).filter(handler_id=None).values_list("subject_id", flat=True)


def contact_due(subject: str, at: datetime, limit: int) -> list[int]:
    """Return open subjects whose next contact date has come, longest overdue first."""
    due = _open(subject).filter(next_contact_at__lte=at).order_by("next_contact_at", "id")
    return list(due.values_list("subject_id", flat=True)[:limit])


def changes(subject: str, subject_id: int) -> list[Change]:
    """Return the log of one subject, oldest first."""
    rows = ResponsibilityChange.objects.filter(responsibility__subject=subject, responsibility__subject_id=subject_id)
    return [Change(*values) for values in rows.order_by("id").values_list(*_CHANGE)]


def _open(subject: str) -> QuerySet[Row]:
    return Row.objects.filter(subject=subject, closed_at=None)


def _shape(rows: QuerySet[Row]) -> list[Responsibility]:
    values: Iterable[tuple[Any, ...]] = rows.values_list(*_ROW)
    return [Responsibility(*row) for row in values]
