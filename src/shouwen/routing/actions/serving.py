"""Taking an offered contact, sending it back, ending it, writing it up."""

from __future__ import annotations

from datetime import datetime, timedelta

from shouwen.kit import audit, clock
from shouwen.kit.actions import action, after_commit
from shouwen.kit.permissions import require
from shouwen.kit.prepared import change
from shouwen.kit.principals import Principal

from ..errors import NotInService, NotInWrapUp, NotYourWork, OfferGone, OfferNotYours
from ..events import OfferMissed, WorkAssigned, WorkFinished, WrapUpCompleted
from ..models import Slot, WorkItem
from ..permissions import LEAD, WORK
from ..rules.precedence import Klass, virtual_arrival
from .finding import NOT_OFFERED, end_choice, locked_item, locked_open_item, release_slot, set_slot
from .matching import ready, route
from .telling import tell


@action
def accept_offer(*, work_item_id: int, by: Principal) -> None:
    """Take the contact offered to `by`; taking it twice is taking it once."""
    require(by, WORK)
    at = clock.now()
    item = locked_item(work_item_id)
    if item.state == "assigned" and item.staff_id == by.id:
        audit.record(by, "routing.accept", subject=item.subject, subject_id=item.subject_id, again=True)
        return
    _check_offered(item, by)
    change(
        item,
        state=WorkItem.State.ASSIGNED,
        staff_id=by.id,
        answered_at=max(at, item.requested_at),
        version=item.version + 1,
        **NOT_OFFERED,
    )
    set_slot(item, Slot.State.BUSY)
    end_choice(item, "taken", at)
    audit.record(by, "routing.accept", subject=item.subject, subject_id=item.subject_id)
    tell(WorkAssigned, line="answer", work_item_id=item.id, staff_id=by.id, at=at, to_contact=True)


@action
def decline_offer(*, work_item_id: int, by: Principal, reason: str = "declined") -> None:
    """Send an offer back: others get it first, and `by` not again for as long as an offer lasts.

    `reason` says why: declined by the person, or what became of the phone that rang for him.
    """
    require(by, WORK)
    at = clock.now()
    item = locked_item(work_item_id)
    _check_offered(item, by)
    change(
        item,
        state=WorkItem.State.ARRIVED,
        klass=Klass.RE_OFFER,
        vtime=virtual_arrival(klass=Klass.RE_OFFER, requested_at=item.requested_at),
        refused_by=sorted({*item.refused_by, by.id}),
        refused_until=at + timedelta(seconds=item.queue.offer_seconds),
        version=item.version + 1,
        **NOT_OFFERED,
    )
    release_slot(item)
    end_choice(item, "declined", at)
    audit.record(by, "routing.decline", subject=item.subject, subject_id=item.subject_id, reason=reason)
    tell(OfferMissed, line="rna", work_item_id=item.id, staff_id=by.id, at=at, reason=reason)
    item_id = item.id
    after_commit(lambda: route(work_item_id=item_id, at=at))
    after_commit(lambda: ready(staff_id=by.id, at=at))


def _check_offered(item: WorkItem, by: Principal) -> None:
    if item.state != "offered":
        raise OfferGone
    if item.offered_to_id != by.id:
        raise OfferNotYours


@action
def finish(*, subject: str, subject_id: int, at: datetime) -> bool:
    """End the service of a contact: its seat writes it up, if the queue gives time for that.

    Tell whether it was in service; called by the room whose contact ended.
    """
    item = locked_open_item(subject, subject_id)
    if item is None or item.state != "assigned":
        return False
    assert item.answered_at is not None
    finished_at, wrap_up = max(at, item.answered_at), item.queue.wrap_up_seconds > 0
    if wrap_up:
        change(item, state=WorkItem.State.WRAP, finished_at=finished_at, version=item.version + 1)
        set_slot(item, Slot.State.WRAP)
    tell(WorkFinished, line=None, work_item_id=item.id, staff_id=item.staff_id, at=at, wrap_up=wrap_up)
    if not wrap_up:
        _close(item, finished_at, at)
    return True


@action
def complete_wrap_up(*, subject: str, subject_id: int, by: Principal) -> None:
    """Note that the contact is written up; its slot may take the next one."""
    at = clock.now()
    item = locked_open_item(subject, subject_id)
    if item is None:
        if WorkItem.objects.filter(subject=subject, subject_id=subject_id, state="done").exists():
            return
        raise NotInService
    if item.staff_id != by.id and not by.may(LEAD):
        raise NotYourWork
    if item.state != "wrap":
        raise NotInWrapUp
    audit.record(by, "routing.complete-wrap-up", subject=subject, subject_id=subject_id)
    assert item.finished_at is not None
    _close(item, item.finished_at, at)


def _close(item: WorkItem, finished_at: datetime, at: datetime) -> None:
    """Close a served item and give its slot back."""
    assert item.staff_id is not None
    change(
        item,
        state=WorkItem.State.DONE,
        finished_at=finished_at,
        closed_at=max(at, finished_at),
        version=item.version + 1,
    )
    release_slot(item)
    tell(WrapUpCompleted, line="wrap_end", work_item_id=item.id, staff_id=item.staff_id, at=at)
    seat = item.staff_id
    after_commit(lambda: ready(staff_id=seat, at=at))
