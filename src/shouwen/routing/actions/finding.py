"""Rows that actions lock before they change them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from shouwen.kit.prepared import Prepared, columns, fetched
from shouwen.kit.statements import write

from ..errors import WorkNotFound
from ..models import WorkItem

NOT_OFFERED = {"offered_to_id": None, "offer_expires_at": None, "hold_until": None}
_ITEM = columns(WorkItem, "queue")
_item = partial(fetched, WorkItem, beside="queue")
_NUMBERED = Prepared(lambda item: WorkItem.objects.filter(id=item).values_list(*_ITEM), takes=WorkItem)
_OPEN = Prepared(
    lambda subject, subject_id: WorkItem.objects.filter(
        subject=subject, subject_id=subject_id, state__in=WorkItem.OPEN
    ).values_list(*_ITEM),
    takes=WorkItem,
)


def locked_item(work_item_id: int) -> WorkItem:
    """Return a work item, locked."""
    row = _item(_NUMBERED(item=work_item_id))
    if row is None:
        raise WorkNotFound
    return row


def locked_open_item(subject: str, subject_id: int) -> WorkItem | None:
    """Return the one open item of a subject, locked, or None."""
    return _item(_OPEN(subject=subject, subject_id=subject_id))


def end_choice(item: WorkItem, outcome: str, at: datetime) -> None:
    """Note what became of the offer an item is in."""
    ended = "update routing_choice set ended_at = %s, outcome = %s where work_item_id = %s and ended_at is null"
    write(ended, [at, outcome, item.pk])


def set_slot(item: WorkItem, state: str) -> None:
    """Note what the slot that carries an item is doing."""
    write("update routing_slot set state = %s where work_item_id = %s", [state, item.pk])


def release_slot(item: WorkItem) -> None:
    """Give back the slot of an item; the matching makes it free inside its lock."""
    write("update routing_slot set state = 'released', work_item_id = null where work_item_id = %s", [item.pk])
