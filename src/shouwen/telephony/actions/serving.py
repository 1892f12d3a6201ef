"""Noting what a call is about, and passing it on."""

from __future__ import annotations

from datetime import datetime

from shouwen.customers import queries as customers
from shouwen.interactions import actions as interactions
from shouwen.interactions.errors import InteractionOver
from shouwen.interactions.queries import ServiceRecordView
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.sla import actions as sla

from .. import permissions, rules
from ..events import CallWaiting
from ..models import Call
from .clocks import start_clock
from .consults import close_consult
from .finding import SUBJECT, at_seat, audience, end_leg, living, locked_for_staff, public_id
from .instructing import instruct
from .pausing import end_pause


@action
def transfer(*, by: Principal, interaction_id: int, queue_code: str) -> None:
    """Pass a caller to another queue, ahead of all new ones there; who answers for the call stays the same."""
    require(by, permissions.ANSWER)
    at = clock.now()
    call = locked_for_staff(interaction_id, by)
    if call.step != Call.Step.TALKING:
        raise InteractionOver
    queue = queues.queue(queue_code)
    interactions.move_to_queue(
        interaction_id=call.pk, queue_code=queue.code, organisation_id=queue.organisation_id, by=by, at=at
    )
    item = queues.work_of(SUBJECT, [call.pk]).get(call.pk)
    seat = at_seat(item.staff_id if item else by.id, by)
    routing.transfer(subject=SUBJECT, subject_id=call.pk, queue_code=queue.code, by=seat)
    wait_again(call, queue, by=by, at=at)


def wait_again(
    call: Call, queue: queues.QueueCard, *, by: Principal, at: datetime, reason: str = "transferred"
) -> None:
    """Let a caller whom somebody served wait for a person again: the answer clock runs again."""
    close_consult(call, "ended", at)
    end_pause(call, "moved", at)
    responsibility.hand(subject=SUBJECT, subject_id=call.pk, handler_id=None, by=by)
    sla.meet(subject=SUBJECT, subject_id=call.pk, metric="handling", at=at)
    start_clock(call, "answer", at)
    heard = audience(call)
    customer, agent = living(call, "customer"), living(call, "agent")
    if customer is not None:
        instruct(call, "hold", at, channel=customer.channel, bridge=public_id(call))
    if agent is not None:
        end_leg(agent, reason, at)
        instruct(call, "hang_up", at, channel=agent.channel)
    call.step = Call.Step.WAITING
    call.staff_id = call.held_at = call.reconnect_by = None
    call.tell_at = rules.first_telling(queue.place_seconds, at)
    call.save(update_fields=["step", "staff", "held_at", "reconnect_by", "tell_at"])
    publish(CallWaiting(call.pk, public_id(call), queue.code), audience=heard, at=at)


@action
def save_service_record(
    *, by: Principal, interaction_id: int, reason: str, handling: str, note: str, version: int
) -> ServiceRecordView:
    """Keep the service record of a call that `by` took."""
    require(by, permissions.ANSWER)
    call = locked_for_staff(interaction_id, by)
    return interactions.save_service_record(
        interaction_id=interaction_id,
        reason=reason,
        handling=handling,
        note=note,
        version=version,
        by=by,
        audience=[f"staff:{call.staff_id}"],
    )


@action
def link_customer(*, by: Principal, interaction_id: int, customer_id: int) -> None:
    """Note which customer the caller is, as far as the one who talks with him knows."""
    require(by, permissions.ANSWER)
    call = locked_for_staff(interaction_id, by)
    customers.detail(customer_id, by=by)
    interactions.link_customer(
        interaction_id=interaction_id,
        customer_id=customer_id,
        by=by,
        at=clock.now(),
        audience=[f"staff:{call.staff_id}"],
    )
