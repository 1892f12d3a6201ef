"""How a call begins: it rings here, hears the notice, and waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.customers import actions as timeline
from shouwen.customers import queries as customers
from shouwen.interactions import actions as interactions
from shouwen.kernel.errors import DomainError
from shouwen.kernel.phones import InvalidPhone
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.prepared import change, insert, note
from shouwen.kit.principals import SYSTEM
from shouwen.responsibility import actions as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.routing.errors import ContactBlocked, QueueClosed

from .. import rules
from ..errors import NoCallsHere
from ..events import CallArrived, CallWaiting
from ..models import Call, Leg
from .clocks import start_clock
from .ending import turn_away
from .finding import SUBJECT, audience, locked, locked_of, public_id
from .instructing import instruct


@dataclass(frozen=True)
class _Caller:
    """Who calls, on which code, and where that leads."""

    calling: str
    network_id: str
    dialled: queues.Dialled
    customer_id: int | None

    @property
    def contact(self) -> str:
        return f"phone:{self.calling}" if self.calling else ""


@action
def arrive(*, asterisk: str, channel: str, dialled: str, calling: str, network_id: str = "") -> int:
    """Take a call in: from this second somebody answers for it and a clock runs. Told twice, it is one call.

    1. Who calls, and where the dialled code leads.
    2. One interaction, one call, its first leg.
    3. The duty leader of the queue answers for it until a person does; the answer clock starts.
    4. Answer, and say that the call is recorded; or say why nobody can be reached, and hang up.
    """
    known = locked_of(channel)
    if known is not None:
        return known[0].interaction_id
    at = clock.now()
    caller = _caller(rules.number_of(calling), rules.number_of(dialled), rules.network_id(network_id), at)
    found = _way(caller, at)
    queue = found.queue if isinstance(found, queues.Way) else queues.queue(caller.dialled.queue_code)
    call = _opened(caller, queue, asterisk=asterisk, channel=channel, at=at)
    if isinstance(found, queues.Way) and found.opens_at is None:
        _answer_for(call, queue, at)
        instruct(call, "greet", at, channel=channel, words=rules.text("greeting"))
    else:
        turn_away(call, _why(found), at)
    _announce(call, caller, queue, at)
    return call.interaction_id


@action
def notice_over(*, interaction_id: int) -> bool:
    """Let the caller wait for a person, once the notice was heard; tell whether that was due.

    His music has begun by then: it comes with the notice, as it comes with all that is said to him later.
    """
    call = locked(interaction_id)
    if call.step != Call.Step.NOTICE:
        return False
    at = clock.now()
    contact = call.interaction
    caller = _Caller(call.calling, call.network_id, queues.dialled(call.dialled, at), contact.customer_id)
    way = _way(caller, at)
    if not isinstance(way, queues.Way):
        turn_away(call, _why(way), at)
        return True
    change(call, step=Call.Step.WAITING, tell_at=rules.first_telling(way.queue.place_seconds, at))
    _wait(call, way, at)
    return True


def _wait(call: Call, way: queues.Way, at: datetime) -> None:
    interactions.journal(interaction_id=call.pk, name="human_request", queue_code=call.interaction.queue_code, at=at)
    routing.request(
        subject=SUBJECT,
        subject_id=call.pk,
        customer_id=call.interaction.customer_id,
        medium="voice",
        queue_code=call.interaction.queue_code,
        klass=way.entry.klass,
        bonus_seconds=way.entry.bonus_seconds,
        delay_seconds=way.entry.delay_seconds,
        entry_code=call.dialled,
        by=SYSTEM,
        at=at,
    )
    fact = CallWaiting(call.pk, public_id(call), call.interaction.queue_code)
    publish(fact, audience=audience(call), at=at)


def _caller(calling: str, dialled: str, network_id: str, at: datetime) -> _Caller:
    try:
        customer_id = customers.by_phone(calling) if calling else None
    except InvalidPhone:
        customer_id = None
    return _Caller(calling, network_id, queues.dialled(dialled, at), customer_id)


def _way(caller: _Caller, at: datetime) -> queues.Way | DomainError:
    """Return where a caller goes, or why he is turned away."""
    try:
        way = queues.way(
            queue_code=caller.dialled.queue_code,
            customer_id=caller.customer_id,
            contact=caller.contact,
            medium="voice",
            at=at,
        )
    except (QueueClosed, ContactBlocked) as refused:
        return refused
    return way if way.queue.takes_calls else NoCallsHere(queue=way.queue.name)


def _why(found: queues.Way | DomainError) -> str:
    """Return what is said to somebody who cannot be put through."""
    if isinstance(found, queues.Way) and found.opens_at is not None:
        return rules.text("closed", opens=rules.moment(found.opens_at))
    if isinstance(found, QueueClosed | NoCallsHere):
        return rules.text("no_queue")
    return rules.text("turned_away")


def _opened(caller: _Caller, queue: queues.QueueCard, *, asterisk: str, channel: str, at: datetime) -> Call:
    interaction_id = interactions.open(
        medium="voice",
        contact_mode="direct_manual",
        direction="inbound",
        customer_id=caller.customer_id,
        visitor_id=None,
        topic="",
        queue_code=queue.code,
        organisation_id=queue.organisation_id,
        by=SYSTEM,
        at=at,
    )
    call = Call(
        interaction_id=interaction_id,
        asterisk=asterisk,
        network_id=caller.network_id,
        dialled=caller.dialled.code,
        calling=caller.calling,
    )
    insert(call)
    note(Leg(call=call, side="customer", channel=channel, begun_at=at, up_at=at))
    return call


def _answer_for(call: Call, queue: queues.QueueCard, at: datetime) -> None:
    responsibility.open(
        subject=SUBJECT,
        subject_id=call.pk,
        owner_id=queue.duty_leader_id,
        customer_id=call.interaction.customer_id,
        by=SYSTEM,
    )
    start_clock(call, "answer", at)


def _announce(call: Call, caller: _Caller, queue: queues.QueueCard, at: datetime) -> None:
    publish(CallArrived(call.pk, public_id(call), queue.code), audience=audience(call), at=at)
    if caller.customer_id is None:
        return
    timeline.write_timeline(
        customer_id=caller.customer_id,
        kind="contact.inbound",
        channel="voice",
        subject=SUBJECT,
        subject_id=call.pk,
        line_zh=f"客户来电 {caller.dialled.code}：{queue.name}",
        line_en=f"Called {caller.dialled.code}: {queue.name}",
        at=at,
    )
