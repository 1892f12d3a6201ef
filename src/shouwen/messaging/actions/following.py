"""Conversations follow what happens to them elsewhere: a leader moves the contact, somebody leaves the house."""

from __future__ import annotations

from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.interactions import actions as interactions
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM
from shouwen.responsibility import actions as responsibility
from shouwen.responsibility import queries as duties
from shouwen.routing import queries as queues

from ..models import Chat
from .finding import SUBJECT, locked
from .serving import say, wait_again


@action
def follow_move(*, interaction_id: int) -> bool:
    """Bring a conversation where its contact was moved to; tell whether it was elsewhere.

    Who served it serves it no more, unless it has been answered at its new place already.
    """
    if not Chat.objects.filter(interaction_id=interaction_id).exists():
        return False
    at = clock.now()
    chat = locked(interaction_id)
    item = queues.work_of(SUBJECT, [interaction_id]).get(interaction_id)
    if chat.interaction.state != "open" or item is None or item.queue_code == chat.interaction.queue_code:
        return False
    queue = queues.queue(item.queue_code)
    interactions.move_to_queue(
        interaction_id=interaction_id,
        queue_code=queue.code,
        organisation_id=queue.organisation_id,
        by=SYSTEM,
        at=at,
    )
    if chat.staff_id is not None and chat.staff_id != item.staff_id:
        wait_again(chat, queue, by=SYSTEM, at=at)
    return True


@action
def inherit(*, staff_id: int, to_id: int) -> int:
    """Give what somebody who left served, had still to write up, or answered for, to who covers him; say how many."""
    at = clock.now()
    held = Chat.objects.filter(staff_id=staff_id, interaction__state__in=("open", "ended"))
    answered_for = [duty.subject_id for duty in duties.open_of_staff(staff_id, SUBJECT)]
    own = Chat.objects.filter(interaction_id__in=answered_for)
    ids = sorted({*held.values_list("interaction_id", flat=True), *own.values_list("interaction_id", flat=True)})
    for interaction_id in ids:
        _inherit(interaction_id, staff_id, to_id, at)
    return len(ids)


def _inherit(interaction_id: int, staff_id: int, to_id: int, at: datetime) -> None:
    chat = locked(interaction_id)
    if chat.interaction.state == "closed":
        return
    responsibility.inherit(subject=SUBJECT, subject_id=chat.pk, from_id=staff_id, to_id=to_id, by=SYSTEM)
    if chat.staff_id == staff_id:
        chat.staff_id = to_id
        chat.save(update_fields=["staff"])
        if chat.interaction.state == "open":
            say(chat, "answered", key=f"inherited:{to_id}", at=at, number=accounts.staff_card(to_id).number)
    audit.record(SYSTEM, "messaging.inherit", subject=SUBJECT, subject_id=chat.pk, before=staff_id, after=to_id)
