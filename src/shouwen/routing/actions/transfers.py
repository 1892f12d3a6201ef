"""Moving a contact to another queue: a new visit, ahead of all new contacts there."""

from __future__ import annotations

from datetime import datetime, timedelta

from shouwen.kit import audit, clock
from shouwen.kit.actions import action, after_commit
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from ..errors import NotInService, NotYourWork, SameQueue
from ..events import WorkAssigned, WorkMoved
from ..models import Queue, Slot, WorkItem
from ..permissions import LEAD, WORK
from ..queries.queues import queue_row
from ..rules.precedence import Klass
from .finding import end_choice, locked_open_item, release_slot
from .matching import ready
from .requests import enter
from .telling import tell

LOST = "lost"
"""Why a contact goes back whose person lost his line."""


@action
def transfer(*, subject: str, subject_id: int, queue_code: str, by: Principal) -> int:
    """Move a contact to another queue and return its new work item.

    The person serving it may hand it on; a leader may move any, waiting ones included.
    """
    require(by, WORK if not by.may(LEAD) else LEAD)
    at = clock.now()
    item = locked_open_item(subject, subject_id)
    if item is None or item.state == "wrap":
        raise NotInService
    if item.staff_id != by.id and not by.may(LEAD):
        raise NotYourWork
    queue = queue_row(queue_code)
    if queue.id == item.queue_id:
        raise SameQueue
    _leave(item, queue, at)
    moved = _visit_after(item, seat=item.staff_id, until=at + timedelta(seconds=queue.offer_seconds))
    enter(moved, queue=queue, klass=Klass.TRANSFER, at=at)
    audit.record(
        by, "routing.transfer", subject=subject, subject_id=subject_id, before=item.queue.code, after=queue.code
    )
    return moved.id


@action
def return_to_queue(*, subject: str, subject_id: int, reason: str, by: Principal) -> int:
    """Put a contact that somebody serves back into its queue, before all others; return its new work item.

    Called by the room whose contact it is: its agent gave it back, or his line was lost.
    """
    at = clock.now()
    item = locked_open_item(subject, subject_id)
    if item is None or item.state != "assigned":
        raise NotInService
    _leave(item, item.queue, at, line="line_lost" if reason == LOST else "returned")
    moved = _visit_after(item, seat=item.staff_id, until=at + timedelta(seconds=item.queue.offer_seconds))
    enter(moved, queue=item.queue, klass=Klass.RE_OFFER, at=at)
    audit.record(by, "routing.return", subject=subject, subject_id=subject_id, reason=reason)
    return moved.id


@action
def hand_over(*, subject: str, subject_id: int, asked: str, asked_id: int, by: Principal) -> int:
    """Give a contact to who was asked about it and is on the line already: his slot carries it from now on.

    `asked`, `asked_id`: what he was asked as. Return the contact's new work item.
    """
    at = clock.now()
    item, other = locked_open_item(subject, subject_id), locked_open_item(asked, asked_id)
    if item is None or item.state != "assigned" or other is None or other.state != "assigned":
        raise NotInService
    _leave(item, other.queue, at)
    moved = _visit_after(item, seat=None, until=at)
    moved.queue, moved.site_id, moved.needed_level = other.queue, other.site_id, other.needed_level
    moved.klass = moved.asked_klass = Klass.TRANSFER
    moved.requested_at = moved.vtime = moved.answered_at = at
    moved.state, moved.staff_id = WorkItem.State.ASSIGNED, other.staff_id
    moved.save(force_insert=True)
    Slot.objects.filter(work_item=other).update(work_item=moved)
    assert other.answered_at is not None
    other.state, other.finished_at = WorkItem.State.DONE, max(at, other.answered_at)
    other.closed_at = other.finished_at
    other.version += 1
    other.save()
    audit.record(by, "routing.hand-over", subject=subject, subject_id=subject_id, after=other.staff_id)
    tell(WorkAssigned, line="answer", work_item_id=moved.id, staff_id=other.staff_id, at=at, to_contact=True)
    return moved.id


def _leave(item: WorkItem, queue: Queue, at: datetime, *, line: str = "transfer") -> None:
    """Close the visit and give its slot back; `line` is how the journal calls it where somebody served the contact."""
    seat, answered = item.staff_id or item.offered_to_id, item.state == "assigned"
    item.state, item.closed_at = WorkItem.State.MOVED, max(at, item.answered_at or item.requested_at)
    item.finished_at = item.closed_at if answered else None
    item.offered_to_id = item.offer_expires_at = item.hold_until = None
    item.version += 1
    item.save()
    release_slot(item)
    end_choice(item, "moved", at)
    tell(
        WorkMoved,
        line=line if answered else "flow_out",
        work_item_id=item.id,
        staff_id=seat,
        at=at,
        to_queue_code=queue.code,
    )
    if seat:
        after_commit(lambda: ready(staff_id=seat, at=at))


def _visit_after(item: WorkItem, *, seat: int | None, until: datetime) -> WorkItem:
    """Return the next visit of the same contact; for a while not for the seat that just gave it away."""
    return WorkItem(
        subject=item.subject,
        subject_id=item.subject_id,
        customer_id=item.customer_id,
        contact=item.contact,
        medium=item.medium,
        highest_grade=item.highest_grade,
        previous=item,
        refused_by=[seat] if seat else [],
        refused_until=until if seat else None,
    )
