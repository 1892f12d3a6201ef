"""Calls follow what happens to them elsewhere: a leader moves the contact, somebody leaves the house."""

from __future__ import annotations

from shouwen.interactions import actions as interactions
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM
from shouwen.responsibility import actions as responsibility
from shouwen.responsibility import queries as duties
from shouwen.routing import queries as queues

from ..models import Call, Phone
from .finding import SUBJECT, living, locked
from .ringing import let_ring_end
from .serving import wait_again


@action
def follow_move(*, interaction_id: int) -> bool:
    """Bring a call where its contact was moved to; tell whether it was elsewhere."""
    if not Call.objects.filter(interaction_id=interaction_id).exists():
        return False
    at = clock.now()
    call = locked(interaction_id)
    item = queues.work_of(SUBJECT, [interaction_id]).get(interaction_id)
    if call.step == Call.Step.OVER or item is None or item.queue_code == call.interaction.queue_code:
        return False
    queue = queues.queue(item.queue_code)
    interactions.move_to_queue(
        interaction_id=interaction_id,
        queue_code=queue.code,
        organisation_id=queue.organisation_id,
        by=SYSTEM,
        at=at,
    )
    ringing = living(call, "agent")
    if call.step == Call.Step.TALKING and call.staff_id != item.staff_id:
        wait_again(call, queue, by=SYSTEM, at=at)
    elif ringing is not None and ringing.up_at is None and ringing.work_item_id != item.id:
        let_ring_end(call, ringing, "moved", at)
    return True


@action
def inherit(*, staff_id: int, to_id: int) -> int:
    """Give the calls that somebody who left had to write up, or answered for, to who covers him; say how many."""
    held = Call.objects.filter(staff_id=staff_id, interaction__state__in=("open", "ended"))
    answered_for = [duty.subject_id for duty in duties.open_of_staff(staff_id, SUBJECT)]
    own = Call.objects.filter(interaction_id__in=answered_for)
    ids = sorted({*held.values_list("interaction_id", flat=True), *own.values_list("interaction_id", flat=True)})
    for interaction_id in ids:
        _inherit(interaction_id, staff_id, to_id)
    Phone.objects.filter(owner_id=staff_id).update(changed_at=clock.now())  # Asterisk shall know it no more
    return len(ids)


def _inherit(interaction_id: int, staff_id: int, to_id: int) -> None:
    call = locked(interaction_id)
    if call.interaction.state == "closed":
        return
    responsibility.inherit(subject=SUBJECT, subject_id=call.pk, from_id=staff_id, to_id=to_id, by=SYSTEM)
    if call.staff_id == staff_id:
        call.staff_id = to_id
        call.save(update_fields=["staff"])
    audit.record(SYSTEM, "telephony.inherit", subject=SUBJECT, subject_id=call.pk, before=staff_id, after=to_id)
