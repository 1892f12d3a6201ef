"""What routing does when something happens below."""

from __future__ import annotations

from shouwen.accounts.events import StaffDeactivated
from shouwen.kit.events import subscribe
from shouwen.kit.principals import SYSTEM

from . import actions, queries
from .rules.presence import State


@subscribe(StaffDeactivated)
def close_seat(fact: StaffDeactivated) -> None:
    """Somebody who left takes no more work."""
    if queries.presence_of(fact.staff_id).state != State.OFFLINE:
        actions.set_presence(state=State.OFFLINE, reason="deactivated", by=SYSTEM, staff_id=fact.staff_id)


@subscribe(StaffDeactivated)
def pass_on_callbacks(fact: StaffDeactivated) -> None:
    """Who covers somebody who left owes the callbacks that he owed, and the answers to appeals."""
    actions.inherit_callbacks(staff_id=fact.staff_id, to_id=fact.covered_by)
    actions.inherit_appeals(staff_id=fact.staff_id, to_id=fact.covered_by)
