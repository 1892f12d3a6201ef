"""Calls that we make: the phone of who calls rings first, then the customer's; each end has its true name.

A call we owe (a callback) is made the same way. What became of it follows from what became of the call, so that none is
lost: who was not reached is tried again, who was not even called is in line again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import connection

from shouwen.accounts import queries as accounts
from shouwen.customers import queries as customers
from shouwen.interactions import actions as interactions
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.responsibility import actions as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from .. import permissions, rules
from ..errors import (
    AllPortsTaken,
    CalledJustNow,
    CalledTooOften,
    DestinationBarred,
    NoNumber,
    NoPhoneHeld,
    OutsideHours,
    RingOver,
)
from ..events import CallAnswered, CallDialled
from ..models import Call, Leg, Phone
from ..queries.dialling import called_lately, dial_rules
from ..queries.ports import port_is_free
from ..rules import dialling
from .clocks import start_clock
from .dial_ends import tell_made, write_journal
from .finding import SUBJECT, audience, living, locked_of, public_id
from .instructing import instruct

FREE_AGAIN = timedelta(minutes=1)
"""So long a call that we owe is put off when all ports are taken."""
REFUSALS = {"hours": OutsideHours, "often": CalledTooOften, "soon": CalledJustNow, "ports": AllPortsTaken}


@dataclass(frozen=True)
class About:
    """What a call is made for: a ticket, by its id."""

    subject: str = ""
    subject_id: int | None = None


NOTHING = About()


@action
def dial(
    *,
    by: Principal,
    customer_id: int,
    contact_id: int | None = None,
    asterisk: str,
    queue_code: str = "",
    about: About = NOTHING,
) -> int:
    """Call a customer under one of his numbers; return the contact.

    Whether that number may be called, now and so often, is asked at this moment, one call after another; and whether
    there is a port for it.
    """
    require(by, permissions.DIAL)
    number = rules.national(customers.number_to_dial(customer_id, contact_id, by=by))
    if not number:
        raise NoNumber
    at = clock.now()
    verdict = _judge(number, asterisk, at)
    if verdict.why == "destination":
        raise DestinationBarred
    if verdict.why:
        assert verdict.from_ is not None
        raise REFUSALS[verdict.why](when=f"{verdict.from_.astimezone(BEIJING):%m-%d %H:%M}")
    phone = _phone_of(by)
    call = _opened(number, customer_id, queues.queue(queue_code), asterisk=asterisk, by=by, at=at, about=about)
    routing.begin(
        subject=SUBJECT,
        subject_id=call.pk,
        customer_id=customer_id,
        queue_code=call.interaction.queue_code,
        by=by,
        at=at,
    )
    _ring_own(call, phone, by, at)
    audit.record(by, "telephony.dial", subject=SUBJECT, subject_id=call.pk, customer=customer_id)
    return call.interaction_id


@action
def dial_back(*, by: Principal, callback_id: int, asterisk: str) -> int | None:
    """Make a call that we owe and `by` has taken; return the contact, or None where it is put off.

    Outside the hours, and after too many calls, it is due again when calling is allowed, and soon where no port is
    free; a number that is never allowed is given up.
    """
    require(by, permissions.DIAL)
    owed = queues.callback(callback_id)
    if owed is None:
        raise NoNumber
    number, at = rules.national(owed.number), clock.now()
    verdict = _judge(number, asterisk, at)
    if verdict.why:
        result: Literal["wrong", "postponed"] = "wrong" if verdict.why == "destination" else "postponed"
        routing.settle_callback(callback_id=callback_id, result=result, due_at=verdict.from_, by=SYSTEM)
        audit.record(by, "telephony.put-off", subject="callback", subject_id=callback_id, why=verdict.why)
        return None
    phone = _phone_of(by)
    queue = queues.queue(owed.queue_code)
    call = _opened(number, owed.customer_id, queue, asterisk=asterisk, by=by, at=at, callback_id=callback_id)
    routing.make_callback(callback_id=callback_id, subject=SUBJECT, subject_id=call.pk, by=by)
    _ring_own(call, phone, by, at)
    audit.record(by, "telephony.dial-back", subject=SUBJECT, subject_id=call.pk, callback=callback_id)
    return call.interaction_id


def _judge(number: str, asterisk: str, at: datetime) -> dialling.Verdict:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"telephony.dial:{number}"])
    verdict = dialling.judge(dial_rules(at), number, called_lately(number, at), at)
    return verdict if verdict.why or port_is_free(asterisk) else dialling.Verdict("ports", at + FREE_AGAIN)


def _phone_of(by: Principal) -> Phone:
    phone = Phone.objects.filter(holder_id=by.id).first()
    if phone is None:
        raise NoPhoneHeld
    return phone


def _opened(
    number: str,
    customer_id: int | None,
    queue: queues.QueueCard,
    *,
    asterisk: str,
    by: Principal,
    at: datetime,
    callback_id: int | None = None,
    about: About = NOTHING,
) -> Call:
    """Open the contact: who calls answers for it from the first moment, and the handling clock runs."""
    interaction_id = interactions.open(
        medium="voice",
        contact_mode="direct_manual",
        direction="outbound_proactive",
        customer_id=customer_id,
        visitor_id=None,
        topic="",
        queue_code=queue.code,
        organisation_id=queue.organisation_id,
        by=by,
        at=at,
    )
    call = Call.objects.create(
        interaction_id=interaction_id,
        asterisk=asterisk,
        dialled=queues.main_code(at),
        calling=number,
        outbound=True,
        callback_id=callback_id,
        about=about.subject,
        about_id=about.subject_id,
        step=Call.Step.DIALLING,
        staff_id=by.id,
    )
    responsibility.open(
        subject=SUBJECT, subject_id=call.pk, owner_id=by.id, customer_id=customer_id, by=by, answered=True
    )
    responsibility.assume(subject=SUBJECT, subject_id=call.pk, staff_id=by.id, by=by)
    start_clock(call, "handling", at)
    return call


def _ring_own(call: Call, phone: Phone, by: Principal, at: datetime) -> None:
    channel = f"{call.pk}-own-{by.id}-{call.legs.count()}"
    Leg.objects.create(call=call, side="agent", channel=channel, staff_id=by.id, begun_at=at)
    instruct(call, "ring", at, channel=channel, number=phone.number, address=phone.address)
    _tell(call, "phone", at)


def own_phone_answered(call: Call, leg: Leg, at: datetime) -> None:
    """Call the customer, once who calls him has picked up; until he answers, who calls hears it ring."""
    if leg.side != Leg.Side.AGENT or leg.ended_at is not None or living(call, "customer") is not None:
        raise RingOver
    leg.up_at = max(at, leg.begun_at)
    leg.save(update_fields=["up_at"])
    channel = f"{call.pk}-out-{call.legs.count()}"
    Leg.objects.create(call=call, side="customer", channel=channel, begun_at=at)
    instruct(
        call,
        "dial",
        at,
        channel=channel,
        number=call.calling,
        caller=call.dialled,
        hears=leg.channel,
        seconds=dialling.SECONDS,
    )
    write_journal(call, "dial", at)
    _tell(call, "calling", at)


@action
def customer_rings(*, channel: str) -> bool:
    """Note that the telephone of a customer rings whom we call; tell whether that was news."""
    found = locked_of(channel)
    if found is None or found[0].step != Call.Step.DIALLING or found[1].side != Leg.Side.CUSTOMER:
        return False
    call, leg = found
    if leg.rang_at is not None or leg.ended_at is not None:
        return False
    at = clock.now()
    leg.rang_at = max(at, leg.begun_at)
    leg.save(update_fields=["rang_at"])
    _tell(call, "ringing", at)
    return True


@action
def customer_answers(*, channel: str) -> int:
    """Put a customer who picked up through to who calls him; both hear who that is and that the call is recorded."""
    found = locked_of(channel)
    if found is None or found[1].ended_at is not None:
        raise RingOver
    call, leg = found
    agent = living(call, "agent")
    if call.step == Call.Step.TALKING and leg.up_at is not None:
        return call.interaction_id
    if call.step != Call.Step.DIALLING or agent is None or call.staff_id is None:
        raise RingOver
    at = clock.now()
    leg.up_at = max(at, leg.begun_at)
    leg.save(update_fields=["up_at"])
    call.step, call.answered_at = Call.Step.TALKING, at
    call.save(update_fields=["step", "answered_at"])
    write_journal(call, "answer", at, proactive=True)
    if call.callback_id is not None:
        routing.settle_callback(callback_id=call.callback_id, result="reached", by=SYSTEM)
    instruct(
        call,
        "connect",
        at,
        bridge=public_id(call),
        channels=[leg.channel, agent.channel],
        words=rules.text("we_call", number=accounts.staff_card(call.staff_id).number),
        recording=public_id(call),
        rings=agent.channel,
    )
    tell_made(call, Call.Outcome.ANSWERED, at)
    zh, en = "致电客户，已接通", "Called the customer, who answered"
    interactions.write_line(interaction_id=call.pk, what="outbound", zh=zh, en=en, at=at)
    publish(CallAnswered(call.pk, public_id(call), call.staff_id), audience=audience(call), at=at)
    return call.interaction_id


def _tell(call: Call, state: str, at: datetime) -> None:
    assert call.staff_id is not None
    publish(CallDialled(call.pk, public_id(call), call.staff_id, state), audience=audience(call), at=at)
