"""What the one who talks may do with his caller, and what happens when his line is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from shouwen.interactions import actions as interactions
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from .. import permissions
from ..events import CallHeld, LineLost
from ..models import Call, Leg, Phone
from .finding import SUBJECT, audience, end_leg, living, locked, public_id, talking
from .instructing import instruct
from .serving import wait_again

COME_BACK = timedelta(seconds=5)
"""So long a caller hears music for an agent whose line was lost; then somebody else gets him first."""


@action
def hold(*, by: Principal, interaction_id: int) -> None:
    """Let the caller listen to music; doing so twice is doing it once."""
    call = talking(interaction_id, by)
    if call.held_at is not None:
        return
    at = clock.now()
    lay_aside(call, at)
    audit.record(by, "telephony.hold", subject=SUBJECT, subject_id=call.pk)


@action
def resume(*, by: Principal, interaction_id: int) -> None:
    """Talk with the caller again who listened to music."""
    call = talking(interaction_id, by)
    if call.held_at is None:
        return
    take_up(call, clock.now())
    audit.record(by, "telephony.resume", subject=SUBJECT, subject_id=call.pk)


def lay_aside(call: Call, at: datetime) -> None:
    """Move the caller to the music; the agent stays where he is."""
    customer = living(call, "customer")
    assert customer is not None
    instruct(call, "hold", at, channel=customer.channel, bridge=public_id(call))
    call.held_at = at
    call.save(update_fields=["held_at"])
    _journal(call, "hold_on", at)
    publish(CallHeld(call.pk, public_id(call), held=True), audience=audience(call), at=at)


def take_up(call: Call, at: datetime) -> None:
    """Bring the caller back from the music to whoever is in his conversation."""
    customer = living(call, "customer")
    assert customer is not None
    instruct(call, "join", at, bridge=public_id(call), channels=[customer.channel])
    call.held_at = None
    call.save(update_fields=["held_at"])
    _journal(call, "hold_off", at)
    publish(CallHeld(call.pk, public_id(call), held=False), audience=audience(call), at=at)


def lose_line(call: Call, leg: Leg, at: datetime) -> None:
    """Keep a caller whose agent's line was lost: he hears music and waits a moment for the same agent."""
    if call.held_at is None:
        lay_aside(call, at)
    end_leg(leg, "lost", at)
    instruct(call, "hang_up", at, channel=leg.channel)
    call.reconnect_by = at + COME_BACK
    call.save(update_fields=["reconnect_by"])
    publish(LineLost(call.pk, public_id(call), leg.staff_id or 0), audience=audience(call), at=at)


@action
def phone_gone(*, by: Principal) -> bool:
    """Note that the page with somebody's phone is gone; tell whether a call hung on it."""
    found = _own(by)
    if found is None or found[1] is None:
        return False
    lose_line(found[0], found[1], clock.now())
    return True


@action
def phone_back(*, by: Principal) -> str | None:
    """Ring the phone of somebody whose page is there anew, if a caller waits for him; return which conversation."""
    require(by, permissions.ANSWER)
    found = _own(by)
    if found is None:
        return None
    call, leg = found
    at = clock.now()
    if leg is not None:
        lose_line(call, leg, at)
    ringing = living(call, "agent")
    if call.reconnect_by is None or (ringing is not None and ringing.up_at is None):
        return public_id(call) if ringing is not None else None
    ring_again(call, by.id, at)
    return public_id(call)


def ring_again(call: Call, staff_id: int, at: datetime) -> None:
    """Ring the phone of the one who talks, so that his line is made anew."""
    phone = Phone.objects.get(holder_id=staff_id)
    channel = f"{call.pk}-again-{staff_id}-{call.legs.count()}"
    Leg.objects.create(call=call, side="agent", channel=channel, staff_id=staff_id, begun_at=at)
    instruct(call, "ring", at, channel=channel, number=phone.number, address=phone.address)


def reconnect(call: Call, leg: Leg, at: datetime) -> None:
    """Put an agent whose line was lost through to his caller again."""
    leg.up_at = max(at, leg.begun_at)
    leg.save(update_fields=["up_at"])
    customer = living(call, "customer")
    assert customer is not None
    instruct(call, "join", at, bridge=public_id(call), channels=[leg.channel])
    call.reconnect_by = None
    call.save(update_fields=["reconnect_by"])
    take_up(call, at)


@action
def give_up_lost(*, interaction_id: int) -> bool:
    """Let somebody else take over, before all others, from an agent whose line did not come back in time."""
    call = locked(interaction_id)
    at = clock.now()
    if call.reconnect_by is None or call.reconnect_by > at:
        return False
    offer_anew(call, by=SYSTEM, reason="lost", at=at)
    return True


def offer_anew(call: Call, *, by: Principal, reason: str, at: datetime) -> None:
    """Put a caller back into the queue he came from, before all others there."""
    queue = queues.queue(call.interaction.queue_code)
    routing.return_to_queue(subject=SUBJECT, subject_id=call.pk, reason=reason, by=SYSTEM)
    wait_again(call, queue, by=by, at=at, reason=reason)
    audit.record(by, "telephony.offer-anew", subject=SUBJECT, subject_id=call.pk, reason=reason)


def _own(by: Principal) -> tuple[Call, Leg | None] | None:
    """Return the call that somebody has in his browser, with his line in it if there is one."""
    if not Phone.objects.filter(holder_id=by.id, kind=Phone.Kind.BROWSER).exists():
        return None
    found = Call.objects.filter(staff_id=by.id, step=Call.Step.TALKING).values_list("pk", flat=True).first()
    if found is None:
        return None
    call = locked(found)
    if call.step != Call.Step.TALKING or call.staff_id != by.id:
        return None
    leg = living(call, "agent")
    return call, leg if leg is not None and leg.up_at is not None else None


def _journal(call: Call, name: str, at: datetime) -> None:
    interactions.journal(
        interaction_id=call.pk, name=name, queue_code=call.interaction.queue_code, staff_id=call.staff_id, at=at
    )
