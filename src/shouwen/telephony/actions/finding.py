"""Taking a call for changing, and who must hear of it.

Locks are taken in one order everywhere: the call, its legs, its interaction, who answers for it, its clocks, its work
item. So an agent who answers and a caller who hangs up come one after the other.
"""

from __future__ import annotations

from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.interactions.errors import InteractionNotFound, InteractionOver
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from .. import permissions
from ..errors import CallNotYours, NobodyTalksYet
from ..models import Call, Leg

SUBJECT = "conversation"


def locked(interaction_id: int) -> Call:
    """Take a call; whoever changes it takes it first."""
    row = Call.objects.select_for_update(no_key=True).filter(interaction_id=interaction_id).first()
    if row is None:
        raise InteractionNotFound
    return row


def locked_of(channel: str) -> tuple[Call, Leg] | None:
    """Take the call that a channel belongs to; None for a channel that is no leg of ours."""
    found = Leg.objects.filter(channel=channel).values_list("call_id", flat=True).first()
    if found is None:
        return None
    call = locked(found)
    return call, Leg.objects.select_for_update(no_key=True).get(channel=channel)


def locked_for_staff(interaction_id: int, by: Principal) -> Call:
    """Take a call for the one who talks, or talked, with its caller; anybody else is told who that is."""
    call = locked(interaction_id)
    if call.staff_id is None:
        raise NobodyTalksYet
    if call.staff_id != by.id:
        raise CallNotYours(number=accounts.staff_card(call.staff_id).number)
    return call


def talking(interaction_id: int, by: Principal) -> Call:
    """Take a call for the one who talks with its caller right now, and may."""
    require(by, permissions.ANSWER)
    call = locked_for_staff(interaction_id, by)
    if call.step != Call.Step.TALKING or call.reconnect_by is not None:
        raise InteractionOver
    return call


def living(call: Call, side: str) -> Leg | None:
    """Return the leg of one side that has not ended."""
    return Leg.objects.select_for_update(no_key=True).filter(call=call, side=side, ended_at=None).first()


def end_leg(leg: Leg, cause: str, at: datetime) -> None:
    """Note that a leg is gone, and why."""
    leg.ended_at, leg.cause = max(at, leg.begun_at), cause
    leg.save(update_fields=["ended_at", "cause"])


def at_seat(seat_id: int | None, by: Principal) -> Principal:
    """Return in whose name the work at a seat goes on: one's own seat, or the house's for one that was inherited."""
    return by if seat_id == by.id else SYSTEM


def audience(call: Call, *staff: int | None) -> list[str]:
    """Return who hears of a call live: the board of its area, who talks, and others concerned."""
    heard = {f"staff:{i}" for i in (call.staff_id, *staff) if i is not None}
    return sorted({f"board:{call.interaction.organisation_id}", *heard})


def public_id(call: Call) -> str:
    """Return the name of a call outside."""
    return str(call.interaction.public_id)
