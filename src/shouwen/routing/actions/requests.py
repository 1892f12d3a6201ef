"""Asking for a person, and leaving before one came."""

from __future__ import annotations

from datetime import datetime, timedelta

from shouwen.interactions import actions as interactions
from shouwen.kit import audit
from shouwen.kit.actions import action, after_commit
from shouwen.kit.prepared import change, insert
from shouwen.kit.principals import Principal

from ..errors import AlreadyWaiting, QueueInvalid
from ..events import WorkAbandoned
from ..models import Queue, WorkItem
from ..queries.affinity import familiar
from ..queries.queues import queue_row
from ..queries.work import place_of
from ..rules import media
from ..rules.precedence import Discipline, Klass, virtual_arrival
from .finding import NOT_OFFERED, end_choice, locked_open_item, release_slot
from .matching import ready, route
from .telling import tell


@action
def request(
    *,
    subject: str,
    subject_id: int,
    customer_id: int | None,
    medium: str,
    queue_code: str,
    klass: str = "plain",
    bonus_seconds: int = 0,
    delay_seconds: int = 0,
    preferred_staff_id: int | None = None,
    entry_code: str = "",
    by: Principal,
    at: datetime,
) -> int:
    """Ask for a person; the item is matched as soon as the calling action is kept.

    1. Find the queue (an empty code: the need is unknown, so the general queue).
    2. Insert the item as `arrived`: no lock is taken here.
    3. After the commit, put it in line and offer it.
    """
    queue = queue_row(queue_code)
    contact = by.key if by.kind in {"customer", "visitor"} else f"customer:{customer_id}" if customer_id else ""
    item = WorkItem(
        subject=subject,
        subject_id=subject_id,
        customer_id=customer_id,
        contact=contact,
        medium=medium,
        preferred_staff_id=preferred_staff_id,
        highest_grade=klass == Klass.VIP,
        bonus_seconds=bonus_seconds,
        entry_code=entry_code,
    )
    _hold(item, queue, at)
    enter(item, queue=queue, klass=Klass(klass), at=at, delay=timedelta(seconds=delay_seconds))
    audit.record(by, "routing.request", subject=subject, subject_id=subject_id, queue=queue.code, klass=klass)
    return item.id


def _hold(item: WorkItem, queue: Queue, at: datetime) -> None:
    """Let a contact wait a moment for the one it is meant for, or whom its customer knows."""
    if item.preferred_staff_id is not None:
        item.hold_until = at + timedelta(seconds=queue.hold_seconds) if queue.hold_seconds else None
        return
    if item.customer_id is None:
        return
    found = familiar(customer_id=item.customer_id, queue=queue, medium=item.medium, at=at)
    if found is not None:
        item.preferred_staff_id, item.hold_until = found.staff, at + found.hold


def enter(
    item: WorkItem,
    *,
    queue: Queue,
    klass: Klass,
    at: datetime,
    delay: timedelta = timedelta(),
    place: datetime | None = None,
) -> None:
    """Let a new item enter a queue, and be routed once that is kept. `place`: the place in line it had before."""
    if queue.media and item.medium not in {*queue.media, "callback"}:
        raise QueueInvalid(what=f"{queue.code} ≠ {item.medium}")
    item.queue, item.site_id, item.needed_level = queue, queue.organisation_id, queue.needed_level
    item.klass = item.asked_klass = klass
    item.requested_at = at
    item.vtime = virtual_arrival(
        klass=klass,
        requested_at=at,
        discipline=Discipline(queue.discipline),
        bonus=timedelta(seconds=item.bonus_seconds),
        patience=media.of(item.medium).patience + delay,
    )
    item.vtime = min(item.vtime, place or item.vtime)
    item.flow_out_at = _after(at, queue.flow_out_seconds)
    item.long_wait_at = _after(at, queue.long_wait_seconds)
    item.expected_seconds = place_of(item, at).expected_seconds
    item.pk = insert(item, once=True)
    if item.pk is None:
        raise AlreadyWaiting
    if item.subject == "conversation":
        interactions.journal(interaction_id=item.subject_id, name="queue_in", queue_code=queue.code, at=at)
    item_id = item.id
    after_commit(lambda: route(work_item_id=item_id, at=at))


def _after(at: datetime, seconds: int | None) -> datetime | None:
    return None if seconds is None else at + timedelta(seconds=seconds)


@action
def abandon(*, subject: str, subject_id: int, at: datetime) -> bool:
    """Let the customer leave before a person took the contact; tell whether it was still waiting.

    Assignment and leaving meet on the item's row: one comes first, the other finds what it did.
    """
    item = locked_open_item(subject, subject_id)
    if item is None or item.state not in {"arrived", "waiting", "offered"}:
        return False
    seat = item.offered_to_id
    change(
        item,
        state=WorkItem.State.ABANDONED,
        closed_at=max(at, item.requested_at),
        version=item.version + 1,
        **NOT_OFFERED,
    )
    release_slot(item)
    end_choice(item, "gone", at)
    tell(WorkAbandoned, line="abandon", work_item_id=item.id, staff_id=seat, at=at)
    if seat:
        after_commit(lambda: ready(staff_id=seat, at=at))
    return True
