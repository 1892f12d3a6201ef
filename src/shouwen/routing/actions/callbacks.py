"""Calling back somebody who does not want to wait: he keeps his place, we keep an owner and a clock."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from shouwen.customers import actions as customers
from shouwen.interactions import actions as interactions
from shouwen.kernel import phones
from shouwen.kit import audit, clock
from shouwen.kit.actions import action, after_commit
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.responsibility import actions as responsibility
from shouwen.responsibility import queries as duties
from shouwen.sla import actions as sla

from ..errors import CallbackNotFound, NotInService, NotWaiting, NotYourWork
from ..events import WorkMoved
from ..models import Callback, Queue, Slot, WorkItem
from ..permissions import LEAD, WORK
from ..rules.callbacks import AGAIN, Again, allowed_from
from ..rules.precedence import Klass
from .finding import end_choice, locked_item, locked_open_item, release_slot
from .matching import ready
from .outbound import own_item
from .requests import enter
from .serving import accept_offer, complete_wrap_up, finish
from .telling import tell

SUBJECT, MEDIUM = "callback", "callback"
Result = Literal["reached", "missed", "wrong", "postponed"]
"""What became of a call: `wrong`: the number is nobody's, so that trying again is no use."""
FACETS = {"kind": "letter"}
"""A call we owe is answered under the limits of what reaches us in writing."""


@action
def ask_callback(*, subject: str, subject_id: int, number: str, by: Principal, at: datetime) -> int:
    """Let a waiting contact leave the line and be called back, with the place he had; return the callback.

    One number is called back once: who asks again finds the call we owe him already.
    """
    to = phones.normalise(number)
    item = locked_open_item(subject, subject_id)
    if item is None or item.state not in {"arrived", "waiting", "offered"}:
        raise NotWaiting
    _leave_line(item, at)
    held = Callback.objects.filter(number=to, closed_at=None).first()
    if held is not None:
        audit.record(by, "routing.callback-again", subject=SUBJECT, subject_id=held.id)
        return held.id
    queue = item.queue
    row = Callback.objects.create(
        number=to,
        customer_id=item.customer_id,
        queue=queue,
        from_subject=subject,
        from_subject_id=subject_id,
        place=item.vtime,
        due_at=allowed_from(at, queue.callbacks_from, queue.callbacks_until),
        asked_at=at,
    )
    _owe(row, queue, by, at)
    if row.due_at <= at:
        _line_up(row, Klass(item.klass), at, contact=item.contact)
    audit.record(by, "routing.callback", subject=SUBJECT, subject_id=row.id, queue=queue.code)
    return row.id


def _leave_line(item: WorkItem, at: datetime) -> None:
    seat = item.offered_to_id
    item.state, item.closed_at = WorkItem.State.MOVED, max(at, item.requested_at)
    item.offered_to_id = item.offer_expires_at = item.hold_until = None
    item.version += 1
    item.save()
    release_slot(item)
    end_choice(item, "gone", at)
    tell(
        WorkMoved,
        line="callback_accept",
        work_item_id=item.id,
        staff_id=seat,
        at=at,
        to_queue_code=item.queue.code,
        why="callback",
    )
    if seat:
        after_commit(lambda: ready(staff_id=seat, at=at))


def _owe(row: Callback, queue: Queue, by: Principal, at: datetime) -> None:
    """From now on the queue's duty leader answers for the call, under a clock."""
    responsibility.open(
        subject=SUBJECT, subject_id=row.id, owner_id=queue.duty_leader_id, customer_id=row.customer_id, by=by
    )
    sla.start(subject=SUBJECT, subject_id=row.id, metric="answer", facets=FACETS, at=at)


def _line_up(row: Callback, klass: Klass, at: datetime, *, contact: str = "") -> None:
    row.state = Callback.State.QUEUED
    row.save(update_fields=["state"])
    item = WorkItem(subject=SUBJECT, subject_id=row.id, customer_id=row.customer_id, contact=contact, medium=MEDIUM)
    item.highest_grade = klass == Klass.VIP
    enter(item, queue=row.queue, klass=klass, at=at, place=row.place)


@action
def open_due_callbacks(*, at: datetime) -> int:
    """Put callbacks in line whose time has come; return how many."""
    rows = Callback.objects.filter(state=Callback.State.SCHEDULED, due_at__lte=at).order_by("due_at", "id")
    due = list(rows.select_related("queue").select_for_update(of=("self",), skip_locked=True, no_key=True)[:100])
    for row in due:
        _line_up(row, Klass.CALLBACK, at)
    return len(due)


@action
def take_callback(*, work_item_id: int, by: Principal) -> int:
    """Take an offered callback: who takes it answers for it; return the callback."""
    require(by, WORK)
    at = clock.now()
    accept_offer(work_item_id=work_item_id, by=by)
    callback_id = locked_item(work_item_id).subject_id
    responsibility.assume(subject=SUBJECT, subject_id=callback_id, staff_id=by.id, by=by)
    sla.meet(subject=SUBJECT, subject_id=callback_id, metric="answer", at=at)
    sla.start(subject=SUBJECT, subject_id=callback_id, metric="handling", facets=FACETS, at=at)
    return callback_id


@action
def make_callback(*, callback_id: int, subject: str, subject_id: int, by: Principal) -> int:
    """Let who took a callback make the call: the slot that it holds carries the new contact; return its work item."""
    require(by, WORK)
    at = clock.now()
    row = _locked(callback_id)
    item = locked_open_item(SUBJECT, callback_id)
    if item is None or item.state != "assigned" or item.answered_at is None:
        raise NotInService
    if item.staff_id != by.id:
        raise NotYourWork
    made = own_item(
        subject=subject, subject_id=subject_id, customer_id=row.customer_id, queue_code=row.queue.code, by=by, at=at
    )
    made.previous = item
    made.save(force_insert=True)
    Slot.objects.filter(work_item=item).update(work_item=made)
    item.state, item.finished_at = WorkItem.State.DONE, max(at, item.answered_at)
    item.closed_at = item.finished_at
    item.version += 1
    item.save()
    audit.record(by, "routing.callback.make", subject=SUBJECT, subject_id=callback_id)
    return made.id


@action
def settle_callback(
    *, callback_id: int, result: Result, due_at: datetime | None = None, again: Again = AGAIN, by: Principal
) -> str:
    """Note what became of a call that we owed, and return its state; one that is settled stays so.

    `postponed`: nobody was called, and `due_at` it is in line again, in its old place.
    """
    at = clock.now()
    row = _locked(callback_id)
    if row.closed_at is not None:
        return row.state
    item = locked_open_item(SUBJECT, callback_id)
    if item is not None and item.state == "assigned":
        _release(item, at)
    if result != "postponed":
        row.attempts += 1
    _settle(row, result, again=again, by=by, at=at, due_at=due_at)
    audit.record(by, "routing.callback.settle", subject=SUBJECT, subject_id=row.id, result=result, after=row.state)
    return row.state


def _locked(callback_id: int) -> Callback:
    row = Callback.objects.select_related("queue").select_for_update(of=("self",)).filter(id=callback_id).first()
    if row is None:
        raise CallbackNotFound
    return row


def _release(item: WorkItem, at: datetime) -> None:
    """Give the seat of a callback back: there is nothing to write up."""
    wraps = item.queue.wrap_up_seconds > 0
    if finish(subject=SUBJECT, subject_id=item.subject_id, at=at) and wraps:
        complete_wrap_up(subject=SUBJECT, subject_id=item.subject_id, by=SYSTEM)


@action
def report_callback(*, callback_id: int, reached: bool, note: str, again: Again = AGAIN, by: Principal) -> str:
    """Say how the call went: reached, it is done; otherwise we try again, as `again` says. Return the state."""
    require(by, WORK)
    at = clock.now()
    row = _locked(callback_id)
    item = locked_open_item(SUBJECT, callback_id)
    if item is None or item.state not in {"assigned", "wrap"}:
        raise NotInService
    if item.staff_id != by.id and not by.may(LEAD):
        raise NotYourWork
    if finish(subject=SUBJECT, subject_id=callback_id, at=at) and item.queue.wrap_up_seconds:
        complete_wrap_up(subject=SUBJECT, subject_id=callback_id, by=by)
    row.attempts, row.note = row.attempts + 1, note[:500]
    _settle(row, "reached" if reached else "missed", again=again, by=by, at=at)
    audit.record(by, "routing.callback.report", subject=SUBJECT, subject_id=row.id, after=row.state)
    return row.state


def _settle(
    row: Callback, result: Result, *, again: Again, by: Principal, at: datetime, due_at: datetime | None = None
) -> None:
    sla.meet(subject=SUBJECT, subject_id=row.id, metric="handling", at=at)
    if result == "postponed" or (result == "missed" and row.attempts < again.tries):
        row.state = Callback.State.SCHEDULED
        row.due_at = due_at or allowed_from(at + again.after, row.queue.callbacks_from, row.queue.callbacks_until)
        row.save()
        responsibility.hand(subject=SUBJECT, subject_id=row.id, handler_id=None, by=by)
        sla.start(subject=SUBJECT, subject_id=row.id, metric="answer", facets=FACETS, at=at)
        return
    reached = result == "reached"
    row.state, row.closed_at = Callback.State.DONE if reached else Callback.State.UNREACHED, at
    row.save()
    if reached and row.from_subject == "conversation":
        interactions.journal(
            interaction_id=row.from_subject_id, name="callback_reached", queue_code=row.queue.code, at=at
        )
    sla.cancel(subject=SUBJECT, subject_id=row.id, at=at)
    responsibility.close(subject=SUBJECT, subject_id=row.id, by=by)
    _write_line(row, at)


def _write_line(row: Callback, at: datetime) -> None:
    if row.customer_id is None:
        return
    reached = row.state == Callback.State.DONE
    customers.write_timeline(
        customer_id=row.customer_id,
        kind="contact.callback",
        channel=MEDIUM,
        subject=SUBJECT,
        subject_id=row.id,
        line_zh="已按约定回拨" if reached else f"回拨 {row.attempts} 次未接通",
        line_en="Called back as asked" if reached else f"Called back {row.attempts} times without reaching anybody",
        at=at,
    )


@action
def inherit_callbacks(*, staff_id: int, to_id: int) -> int:
    """Give the callbacks that somebody who left answers for to who covers him; return how many."""
    mine = [duty.subject_id for duty in duties.open_of_staff(staff_id, SUBJECT)]
    for callback_id in mine:
        responsibility.inherit(subject=SUBJECT, subject_id=callback_id, from_id=staff_id, to_id=to_id, by=SYSTEM)
    return len(mine)
