"""Asking a colleague in the middle of a call, three in one call, and passing the caller on with a word."""

from __future__ import annotations

from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.interactions import actions as interactions
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from .. import permissions
from ..errors import ConsultRunning, NobodyAsked, RingOver
from ..events import CallAnswered
from ..models import Call, Consult, Leg, Phone
from .consults import CONSULT, close_consult, note_end, open_consult, release, tell
from .finding import SUBJECT, audience, end_leg, living, locked, public_id, talking
from .instructing import instruct
from .laying_aside import lay_aside, offer_anew, take_up
from .pausing import end_pause


@action
def consult(*, by: Principal, interaction_id: int, queue_code: str) -> None:
    """Ask somebody of a queue while the caller listens to music.

    Who is asked is found like for any contact, so that nobody is asked who talks already.
    """
    call = talking(interaction_id, by)
    if open_consult(call) is not None:
        raise ConsultRunning
    at = clock.now()
    queue = queues.queue(queue_code)
    if call.held_at is None:
        lay_aside(call, at)
    asked = Consult.objects.create(call=call, asked_by_id=by.id, queue_code=queue.code, begun_at=at)
    routing.request(
        subject=CONSULT,
        subject_id=asked.pk,
        customer_id=call.interaction.customer_id,
        medium="voice",
        queue_code=queue.code,
        klass="transfer",
        by=by,
        at=at,
    )
    interactions.journal(interaction_id=call.pk, name="consult_start", queue_code=queue.code, staff_id=by.id, at=at)
    audit.record(by, "telephony.consult", subject=SUBJECT, subject_id=call.pk, queue=queue.code)
    tell(call, asked, at)


@action
def end_consult(*, by: Principal, interaction_id: int) -> None:
    """Ask no longer; the caller still listens to music until he is taken back."""
    call = talking(interaction_id, by)
    asked = open_consult(call)
    if asked is None:
        raise NobodyAsked
    close_consult(call, "talked" if asked.answered_at else "cancelled", clock.now())
    audit.record(by, "telephony.end-consult", subject=SUBJECT, subject_id=call.pk)


@action
def pass_on(*, by: Principal, interaction_id: int) -> None:
    """Leave the caller to the colleague who was asked; who answers for the contact stays the same."""
    call = talking(interaction_id, by)
    asked = open_consult(call)
    if asked is None or asked.answered_at is None:
        raise NobodyAsked
    leave_to_asked(call, asked, by=by, at=clock.now())


@action
def return_to_queue(*, by: Principal, interaction_id: int) -> None:
    """Put the caller back into the queue he came from, before all others there."""
    call = talking(interaction_id, by)
    offer_anew(call, by=by, reason="returned", at=clock.now())


def leave_to_asked(call: Call, asked: Consult, *, by: Principal, at: datetime) -> None:
    """Make the colleague who was asked the one who talks with the caller, in one step."""
    agent, other = living(call, "agent"), living(call, "consulted")
    assert other is not None
    assert asked.staff_id is not None
    heard = audience(call, asked.staff_id)
    end_pause(call, "moved", at)
    if agent is not None:
        end_leg(agent, "transferred", at)
        instruct(call, "hang_up", at, channel=agent.channel)
    other.side = Leg.Side.AGENT
    other.save(update_fields=["side"])
    _move(call, asked, by, at)
    routing.hand_over(subject=SUBJECT, subject_id=call.pk, asked=CONSULT, asked_id=asked.pk, by=by)
    responsibility.hand(subject=SUBJECT, subject_id=call.pk, handler_id=asked.staff_id, by=by)
    note_end(call, asked, "transferred", at)
    call.staff_id = asked.staff_id
    call.save(update_fields=["staff"])
    if call.held_at is not None:
        take_up(call, at)
    audit.record(by, "telephony.pass-on", subject=SUBJECT, subject_id=call.pk, after=asked.staff_id)
    publish(CallAnswered(call.pk, public_id(call), asked.staff_id), audience=heard, at=at)


def _move(call: Call, asked: Consult, by: Principal, at: datetime) -> None:
    queue = queues.queue(asked.queue_code)
    if queue.code != call.interaction.queue_code:
        interactions.move_to_queue(
            interaction_id=call.pk, queue_code=queue.code, organisation_id=queue.organisation_id, by=by, at=at
        )


@action
def ring_asked(*, consult_id: int, work_item_id: int, staff_id: int) -> bool:
    """Let the phone of a colleague ring who is asked; tell whether it does."""
    found = Consult.objects.filter(pk=consult_id).values_list("call_id", flat=True).first()
    if found is None:
        return False
    call = locked(found)
    asked = open_consult(call)
    if asked is None or asked.pk != consult_id or living(call, "consulted") is not None:
        return False
    phone, at = Phone.objects.filter(holder_id=staff_id).first(), clock.now()
    if phone is None:
        routing.decline_offer(work_item_id=work_item_id, by=accounts.principal_of(staff_id), reason="no_phone")
        return False
    channel = f"{call.pk}-asked-{work_item_id}-{staff_id}-{call.legs.count()}"
    Leg.objects.create(
        call=call, side="consulted", channel=channel, staff_id=staff_id, work_item_id=work_item_id, begun_at=at
    )
    instruct(call, "ring", at, channel=channel, number=phone.number, address=phone.address)
    return True


@action
def stop_ringing_asked(*, consult_id: int, staff_id: int) -> bool:
    """Let the phone of a colleague ring no more whose offer is over; tell whether it rang."""
    found = Consult.objects.filter(pk=consult_id).values_list("call_id", flat=True).first()
    if found is None:
        return False
    call = locked(found)
    leg = living(call, "consulted")
    if leg is None or leg.staff_id != staff_id or leg.up_at is not None:
        return False
    at = clock.now()
    end_leg(leg, "no_answer", at)
    instruct(call, "hang_up", at, channel=leg.channel)
    return True


def asked_answers(call: Call, leg: Leg, at: datetime) -> None:
    """Put the colleague who was asked through to who asks him."""
    asked = open_consult(call)
    if asked is None or leg.ended_at is not None or leg.work_item_id is None or leg.staff_id is None:
        raise RingOver
    by = accounts.principal_of(leg.staff_id)
    require(by, permissions.ANSWER)
    routing.accept_offer(work_item_id=leg.work_item_id, by=by)
    leg.up_at = max(at, leg.begun_at)
    leg.save(update_fields=["up_at"])
    asked.staff_id, asked.answered_at = by.id, max(at, asked.begun_at)
    asked.save(update_fields=["staff", "answered_at"])
    instruct(call, "join", at, bridge=public_id(call), channels=[leg.channel])
    tell(call, asked, at)


def asked_gone(call: Call, leg: Leg, cause: str, at: datetime) -> None:
    """Note that the line of a colleague who was asked is gone, answered or not."""
    assert leg.staff_id is not None
    asked = open_consult(call)
    if leg.up_at is None:
        end_leg(leg, cause, at)
        item = queues.work_of(CONSULT, [asked.pk]).get(asked.pk) if asked is not None else None
        if item is not None and item.state == "offered" and item.offered_to_id == leg.staff_id:
            routing.decline_offer(work_item_id=item.id, by=accounts.principal_of(leg.staff_id), reason=cause)
        return
    end_leg(leg, "hung_up", at)
    if asked is not None:
        note_end(call, asked, "talked", at)
        release(asked, at)
