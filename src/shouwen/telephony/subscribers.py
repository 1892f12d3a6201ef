"""What happens elsewhere and concerns calls."""

from __future__ import annotations

from shouwen.accounts.events import StaffDeactivated
from shouwen.kit.events import subscribe
from shouwen.routing.events import OfferMissed, PresenceChanged, WorkMoved, WorkOffered

from . import actions


@subscribe(WorkOffered)
def ring_the_phone(fact: WorkOffered) -> None:
    """A seat is offered a call: its phone rings."""
    if fact.subject == "conversation":
        actions.ring(interaction_id=fact.subject_id, work_item_id=fact.work_item_id, staff_id=fact.staff_id)
    elif fact.subject == "consult":
        actions.ring_asked(consult_id=fact.subject_id, work_item_id=fact.work_item_id, staff_id=fact.staff_id)


@subscribe(OfferMissed)
def stop_ringing(fact: OfferMissed) -> None:
    """The offer is over: the phone rings no more."""
    if fact.subject == "conversation":
        actions.stop_ringing(interaction_id=fact.subject_id, staff_id=fact.staff_id)
    elif fact.subject == "consult":
        actions.stop_ringing_asked(consult_id=fact.subject_id, staff_id=fact.staff_id)


@subscribe(WorkMoved)
def follow_the_call(fact: WorkMoved) -> None:
    """The contact moved to another queue: its call goes with it."""
    if fact.subject == "conversation":
        actions.follow_move(interaction_id=fact.subject_id)


@subscribe(PresenceChanged)
def free_the_seat(fact: PresenceChanged) -> None:
    """Somebody went home: the phone of the seat where he sat is free for the next."""
    if fact.state == "offline":
        actions.leave_seat(staff_id=fact.staff_id)


@subscribe(StaffDeactivated)
def pass_on_calls(fact: StaffDeactivated) -> None:
    """Who covers somebody who left writes up his calls."""
    actions.inherit(staff_id=fact.staff_id, to_id=fact.covered_by)
