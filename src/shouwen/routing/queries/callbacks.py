"""Calls we owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..models import Callback, WorkItem


@dataclass(frozen=True)
class CallbackView:
    """One call we owe; the number is whole, because whoever asks has to dial it."""

    id: int
    number: str
    customer_id: int | None
    queue_code: str
    queue_name: str
    state: str
    asked_at: datetime
    due_at: datetime
    attempts: int
    note: str


_FIELDS = (
    "id",
    "number",
    "customer_id",
    "queue__code",
    "queue__name",
    "state",
    "asked_at",
    "due_at",
    "attempts",
    "note",
)


def callbacks_of(staff_id: int) -> list[CallbackView]:
    """Return the calls somebody has taken and not reported yet."""
    held = WorkItem.objects.filter(subject="callback", staff_id=staff_id, state__in=["assigned", "wrap"])
    rows = Callback.objects.filter(id__in=held.values("subject_id")).order_by("asked_at")
    return [CallbackView(*row) for row in rows.values_list(*_FIELDS)]


def callback(callback_id: int) -> CallbackView | None:
    """Return one call we owe or owed."""
    row = Callback.objects.filter(id=callback_id).values_list(*_FIELDS).first()
    return CallbackView(*row) if row else None


def open_callback_ids() -> set[int]:
    """Return the calls that are not made yet."""
    return set(Callback.objects.filter(closed_at=None).values_list("id", flat=True))
