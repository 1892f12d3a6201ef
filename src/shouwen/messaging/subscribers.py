"""What happens elsewhere and concerns written conversations."""

from __future__ import annotations

from shouwen.accounts.events import StaffDeactivated
from shouwen.customers.events import VisitorSignedIn
from shouwen.kit.events import subscribe
from shouwen.routing.events import WorkMoved

from . import actions


@subscribe(VisitorSignedIn)
def give_conversations_to_customer(fact: VisitorSignedIn) -> None:
    """Who signs in keeps what he began as a visitor."""
    actions.visitor_signed_in(visitor_id=fact.visitor_id, customer_id=fact.customer_id)


@subscribe(WorkMoved)
def follow_the_contact(fact: WorkMoved) -> None:
    """A leader moved a contact: its conversation goes with it."""
    if fact.subject == "conversation":
        actions.follow_move(interaction_id=fact.subject_id)


@subscribe(StaffDeactivated)
def pass_on_conversations(fact: StaffDeactivated) -> None:
    """Who covers somebody who left goes on with his conversations."""
    actions.inherit(staff_id=fact.staff_id, to_id=fact.covered_by)
