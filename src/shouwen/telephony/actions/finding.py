"""Taking a call for changing, and who must hear of it.

Locks are taken in one order everywhere: the call, its legs, its interaction, who answers for it, its clocks, its work
item. So an agent who answers and a caller who hangs up come one after the other.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db.models import Count

from shouwen.accounts import queries as accounts
from shouwen.interactions.errors import InteractionNotFound, InteractionOver
from shouwen.kit.permissions import require
from shouwen.kit.prepared import Prepared, change, columns, fetched
from shouwen.kit.principals import SYSTEM, Principal

from .. import permissions
from ..errors import CallNotYours, NobodyTalksYet
from ..models import Call, Leg, Phone

SUBJECT = "conversation"
_CALL = columns(Call, "interaction")
_call = partial(fetched, Call, beside="interaction")
_NUMBERED = Prepared(lambda call: Call.objects.filter(interaction_id=call).values_list(*_CALL), takes=Call)
_OF_CHANNEL = Prepared(lambda channel: Call.objects.filter(legs__channel=channel).values_list(*_CALL), takes=Call)
_LEG = Prepared(lambda channel: Leg.objects.filter(channel=channel).values_list(*columns(Leg)), takes=Leg)
_LIVING = Prepared(
    lambda call, side: Leg.objects.filter(call_id=call, side=side, ended_at=None).values_list(*columns(Leg)),
    takes=Leg,
)
_ALL_LIVING = Prepared(
    lambda call: Leg.objects.filter(call_id=call, ended_at=None).order_by("id").values_list(*columns(Leg)), takes=Leg
)
_LEGS = Prepared(
    lambda call: Leg.objects.filter(call_id=call).values("call_id").annotate(n=Count("id")).values_list("n")
)
_OFFERED = Prepared(
    lambda call, item, staff: Leg.objects.filter(
        call_id=call, side="agent", ended_at=None, work_item_id=item, staff_id=staff
    ).values_list("id")
)
_PHONE = Prepared(lambda staff: Phone.objects.filter(holder_id=staff).values_list(*columns(Phone)))


def locked(interaction_id: int) -> Call:
    """Take a call; whoever changes it takes it first."""
    row = taken(interaction_id)
    if row is None:
        raise InteractionNotFound
    return row


def taken(interaction_id: int) -> Call | None:
    """Take a call; None for a contact that is none."""
    return _call(_NUMBERED(call=interaction_id))


def locked_of(channel: str) -> tuple[Call, Leg] | None:
    """Take the call that a channel belongs to; None for a channel that is no leg of ours."""
    call = _call(_OF_CHANNEL(channel=channel))
    leg = fetched(Leg, _LEG(channel=channel)) if call is not None else None
    return (call, leg) if call is not None and leg is not None else None


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
    return fetched(Leg, _LIVING(call=call.pk, side=side))


def all_living(call: Call) -> list[Leg]:
    """Return the legs that have not ended."""
    rows = (fetched(Leg, [row]) for row in _ALL_LIVING(call=call.pk))
    return [leg for leg in rows if leg is not None]


def rings_for(interaction_id: int, work_item_id: int, staff_id: int) -> bool:
    """Tell whether somebody has a line for an offer already; asked without taking the call."""
    return bool(_OFFERED(call=interaction_id, item=work_item_id, staff=staff_id))


def legs_so_far(call: Call) -> int:
    """Return how many legs a call had until now; a part of the next one's name."""
    return int(_LEGS(call=call.pk)[0][0])


def phone_of(staff_id: int) -> Phone | None:
    """Return the phone by which calls reach somebody."""
    return fetched(Phone, _PHONE(staff=staff_id))


def end_leg(leg: Leg, cause: str, at: datetime) -> None:
    """Note that a leg is gone, and why."""
    change(leg, ended_at=max(at, leg.begun_at), cause=cause)


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
