"""A phone of ours rings for a call, is answered, or is not."""

from __future__ import annotations

from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.prepared import change, note
from shouwen.kit.principals import SYSTEM
from shouwen.responsibility import actions as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from .. import permissions, rules
from ..errors import RingOver
from ..events import CallAnswered, CallRinging, RingEnded
from ..models import Call, Leg, Phone
from .clocks import from_answer_to_handling
from .consulting import asked_answers
from .dialling import own_phone_answered
from .finding import SUBJECT, audience, end_leg, legs_so_far, living, locked_of, phone_of, public_id, rings_for, taken
from .instructing import instruct
from .laying_aside import reconnect


@action
def ring(*, interaction_id: int, work_item_id: int, staff_id: int) -> bool:
    """Let the phone of a seat ring that is offered a call; tell whether it does.

    Who has no phone cannot take a call: it goes on to the next at once.
    """
    if rings_for(interaction_id, work_item_id, staff_id):
        return False
    call = _waiting(interaction_id)
    if call is None or not _is_offered(work_item_id, staff_id) or living(call, "agent") is not None:
        return False
    at = clock.now()
    phone = phone_of(staff_id)
    if phone is None:
        _send_back(work_item_id, staff_id, "no_phone")
        return False
    _ring_phone(call, phone, work_item_id, at)
    return True


@action
def ring_offered(*, interaction_id: int) -> bool:
    """Ring at once for a call that a seat was offered just now; the news of the offer then finds it ringing."""
    item = queues.work_of(SUBJECT, [interaction_id]).get(interaction_id)
    if item is None or item.state != "offered" or item.offered_to_id is None:
        return False
    return ring(interaction_id=interaction_id, work_item_id=item.id, staff_id=item.offered_to_id)


def _ring_phone(call: Call, phone: Phone, work_item_id: int, at: datetime) -> None:
    staff_id = phone.holder_id
    assert staff_id is not None
    channel = f"{call.pk}-{work_item_id}-{staff_id}-{legs_so_far(call)}"
    note(Leg(call=call, side="agent", channel=channel, staff_id=staff_id, work_item_id=work_item_id, begun_at=at))
    instruct(call, "ring", at, channel=channel, number=phone.number, address=phone.address)
    publish(CallRinging(call.pk, public_id(call), staff_id), audience=audience(call, staff_id), at=at)


def ring_unseen(call: Call, leg: Leg, at: datetime) -> None:
    """Ring a phone anew whose ringing ended while nobody looked: who picked up then gets the caller after all."""
    assert leg.staff_id is not None
    phone = phone_of(leg.staff_id)
    offered = leg.work_item_id is not None and _is_offered(leg.work_item_id, leg.staff_id)
    if phone is None or not offered or call.step != Call.Step.WAITING:
        ring_failed(call, leg, "lost", at)
        return
    end_leg(leg, "lost", at)
    assert leg.work_item_id is not None
    _ring_phone(call, phone, leg.work_item_id, at)


@action
def stop_ringing(*, interaction_id: int, staff_id: int) -> bool:
    """Let a phone ring no more whose offer is over; tell whether it rang."""
    call = taken(interaction_id)
    leg = living(call, "agent") if call is not None else None
    if call is None or leg is None or leg.staff_id != staff_id or leg.up_at is not None:
        return False
    if leg.work_item_id is not None and _is_offered(leg.work_item_id, staff_id):
        return False
    let_ring_end(call, leg, "no_answer", clock.now())
    return True


@action
def agent_answers(*, channel: str) -> int:
    """Put an agent who picked up through to the caller: he answers for the call from now on.

    1. Take the call, so that a caller who is just hanging up comes before or after, not between.
    2. Take the offer, in the agent's name and with his rights.
    3. Move responsibility, and from the answer clock to the handling clock.
    4. Tell the media server to connect the two, to say who answers, and to record.
    """
    found = locked_of(channel)
    if found is None:
        raise RingOver
    call, leg = found
    if leg.up_at is not None and leg.ended_at is None:
        return call.interaction_id
    if call.step == Call.Step.DIALLING:
        own_phone_answered(call, leg, clock.now())
        return call.interaction_id
    if leg.side == Leg.Side.CONSULTED:
        asked_answers(call, leg, clock.now())
        return call.interaction_id
    if call.reconnect_by is not None and leg.ended_at is None and leg.staff_id == call.staff_id:
        reconnect(call, leg, clock.now())
        return call.interaction_id
    if call.step != Call.Step.WAITING or leg.ended_at is not None or leg.work_item_id is None:
        raise RingOver
    assert leg.staff_id is not None
    by, at = accounts.principal_of(leg.staff_id), clock.now()
    require(by, permissions.ANSWER)
    routing.accept_offer(work_item_id=leg.work_item_id, by=by)
    change(leg, up_at=max(at, leg.begun_at))
    change(call, step=Call.Step.TALKING, staff_id=by.id, answered_at=call.answered_at or at, tell_at=None)
    responsibility.assume(subject=SUBJECT, subject_id=call.pk, staff_id=by.id, by=by)
    from_answer_to_handling(call, at)
    _connect(call, leg, at)
    publish(CallAnswered(call.pk, public_id(call), by.id), audience=audience(call), at=at)
    return call.interaction_id


@action
def refuse_answer(*, channel: str) -> None:
    """Hang up an agent who picked up for a call that is gone or that somebody else has."""
    found = locked_of(channel)
    if found is None:
        return
    call, leg = found
    if leg.ended_at is None:
        let_ring_end(call, leg, "too_late", clock.now())


def let_ring_end(call: Call, leg: Leg, cause: str, at: datetime) -> None:
    """End a leg that nobody answered, and the ringing with it."""
    assert leg.staff_id is not None
    end_leg(leg, cause, at)
    instruct(call, "hang_up", at, channel=leg.channel)
    tell_ring_ended(call, leg.staff_id, cause, at)


def tell_ring_ended(call: Call, staff_id: int, cause: str, at: datetime) -> None:
    """Tell that a phone rings no more."""
    publish(RingEnded(call.pk, public_id(call), staff_id, cause), audience=audience(call, staff_id), at=at)


def ring_failed(call: Call, leg: Leg, cause: str, at: datetime) -> None:
    """Note that a phone was not answered, with the reason, and send the call on to the next."""
    assert leg.staff_id is not None
    end_leg(leg, cause, at)
    if leg.work_item_id is not None and _is_offered(leg.work_item_id, leg.staff_id):
        _send_back(leg.work_item_id, leg.staff_id, cause)
    tell_ring_ended(call, leg.staff_id, cause, at)


def _connect(call: Call, leg: Leg, at: datetime) -> None:
    customer = living(call, "customer")
    assert customer is not None
    assert leg.staff_id is not None
    words = rules.text("answered", number=accounts.staff_card(leg.staff_id).number)
    instruct(
        call,
        "connect",
        at,
        bridge=public_id(call),
        channels=[customer.channel, leg.channel],
        words=words,
        recording=public_id(call),
    )


def _waiting(interaction_id: int) -> Call | None:
    call = taken(interaction_id)
    return call if call is not None and call.step == Call.Step.WAITING else None


def _is_offered(work_item_id: int, staff_id: int) -> bool:
    item = queues.work_item(work_item_id)
    return item.state == "offered" and item.offered_to_id == staff_id


def _send_back(work_item_id: int, staff_id: int, reason: str) -> None:
    by = accounts.principal_of(staff_id)
    routing.decline_offer(work_item_id=work_item_id, by=by, reason=reason)
    audit.record(SYSTEM, "telephony.not-answered", subject="staff", subject_id=staff_id, reason=reason)
