"""Rows that actions lock before they change them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from ..errors import QueueNotFound, WorkNotFound
from ..models import Choice, Queue, Slot, WorkItem


def queue_by_code(code: str) -> Queue:
    """Return a queue; without a code the one for needs nobody knows yet."""
    wanted = Queue.objects.filter(code=code) if code else Queue.objects.filter(general=True)
    row = wanted.order_by("id").first()
    if row is None:
        raise QueueNotFound(queue=code)
    return row


def locked_item(work_item_id: int) -> WorkItem:
    """Return a work item, locked."""
    row = _lockable().filter(id=work_item_id).first()
    if row is None:
        raise WorkNotFound
    return row


def locked_open_item(subject: str, subject_id: int) -> WorkItem | None:
    """Return the one open item of a subject, locked, or None."""
    return _lockable().filter(subject=subject, subject_id=subject_id, state__in=WorkItem.OPEN).first()


def _lockable() -> QuerySet[WorkItem, WorkItem]:
    return WorkItem.objects.select_related("queue").select_for_update(of=("self",), no_key=True)


def end_choice(item: WorkItem, outcome: str, at: datetime) -> None:
    """Note what became of the offer an item is in."""
    Choice.objects.filter(work_item=item, ended_at=None).update(ended_at=at, outcome=outcome)


def release_slot(item: WorkItem) -> None:
    """Give back the slot of an item; the matching makes it free inside its lock."""
    Slot.objects.filter(work_item=item).update(state=Slot.State.RELEASED, work_item=None)
