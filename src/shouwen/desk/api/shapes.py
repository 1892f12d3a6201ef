"""Turning what the queries return into what goes over the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from shouwen.customers.queries import CustomerCard
from shouwen.interactions.queries import MessageView
from shouwen.kit import files, privacy
from shouwen.kit.principals import Principal
from shouwen.routing.queries import CallbackView
from shouwen.sla.queries import Clock
from shouwen.telephony.queries import CallView, LegView
from shouwen.tickets.queries import TicketItem

from ..queries import ConversationPage, InboxItem, Offer, Said
from ..queries.people import Person
from . import schemas as s

EXCERPT = 80


def customer(card: CustomerCard | None) -> s.CustomerOut | None:
    """Shape a masked card."""
    return s.CustomerOut(**asdict(card)) if card else None


def clock(promise: Clock, at: datetime) -> s.ClockOut:
    """Shape one clock as it stands at an instant."""
    return s.ClockOut(
        metric=promise.metric,
        started_at=promise.started_at,
        due_at=promise.due_at,
        allowance_seconds=promise.allowance.total_seconds(),
        state=promise.state(at),
    )


def excerpt(message: MessageView | None) -> s.ExcerptOut | None:
    """Shape the beginning of a message."""
    if message is None:
        return None
    return s.ExcerptOut(
        seq=message.seq,
        author_kind=message.author_kind,
        body=message.body[:EXCERPT],
        sent_at=message.sent_at,
    )


def person(found: Person | None) -> s.PersonOut | None:
    """Shape a colleague."""
    return s.PersonOut(**asdict(found)) if found else None


def inbox_item(item: InboxItem, at: datetime) -> s.InboxItemOut:
    """Shape one line of an inbox."""
    contact = item.contact
    return s.InboxItemOut(
        id=contact.public_id,
        medium=contact.medium,
        topic=contact.topic,
        state=contact.state,
        queue_code=contact.queue_code,
        customer=customer(item.customer),
        last_message=excerpt(item.last),
        awaits_reply=item.last is not None and item.last.author_kind == "customer",
        has_draft=bool(item.draft),
        calling=item.calling,
        opened_at=contact.opened_at,
        answered_at=item.answered_at,
        ended_at=contact.ended_at,
        clock=clock(item.clock, at) if item.clock else None,
    )


def offer(asked: Offer, at: datetime) -> s.OfferOut:
    """Shape one offer."""
    work = asked.work
    return s.OfferOut(
        work_item_id=work.work_item_id,
        subject=work.subject,
        conversation=asked.contact.public_id if asked.contact else None,
        medium=work.medium,
        queue=s.QueueRefOut(code=work.queue_code, name=work.queue_name),
        klass=work.klass,
        topic=asked.contact.topic if asked.contact else "",
        customer=customer(asked.customer),
        last_message=excerpt(asked.last),
        calling=asked.calling,
        requested_at=work.requested_at,
        waited_seconds=max((at - work.requested_at).total_seconds(), 0),
        expires_at=work.expires_at,
    )


def callback(owed: CallbackView, card: CustomerCard | None) -> s.CallbackOut:
    """Shape one call to make."""
    return s.CallbackOut(
        id=owed.id,
        number=owed.number,
        customer=customer(card),
        queue=s.QueueRefOut(code=owed.queue_code, name=owed.queue_name),
        asked_at=owed.asked_at,
        attempts=owed.attempts,
        note=owed.note,
    )


def message(said: Said) -> s.MessageOut:
    """Shape one message with its author's name."""
    found = said.message
    return s.MessageOut(
        seq=found.seq,
        author_kind=found.author_kind,
        author_name=said.author_name,
        body=found.body,
        sent_at=found.sent_at,
    )


def ticket(item: TicketItem, at: datetime) -> s.TicketRefOut:
    """Shape a ticket beside a conversation."""
    row, due = item.row, item.clock
    owner = item.owner
    return s.TicketRefOut(
        id=row.id,
        number=row.number,
        kind=row.kind,
        title=row.title,
        state=row.state,
        urgency=row.urgency,
        opened_at=row.opened_at,
        due_at=due.due_at if due else None,
        late=due is not None and due.state(at) == "late",
        owner=s.PersonOut(id=owner.id, number=owner.number, name=owner.name) if owner else None,
    )


def call(found: CallView, page: ConversationPage, by: Principal) -> s.CallOut:
    """Shape a call; its recording comes with an address only for who may listen."""
    return s.CallOut(
        dialled=found.dialled,
        calling=found.calling,
        outbound=found.outbound,
        step=found.step,
        dialling=found.dialling,
        outcome=found.outcome,
        held=found.held_at is not None,
        lost=found.reconnect_by is not None,
        consult=_consult(page, by),
        rings=[_ring(leg) for leg in found.legs if leg.side == "agent"],
        recording=_recording(found, page, by),
        pause=found.pause,
        paused_until=found.pauses[-1].until if found.pause == "paused" else None,
        pauses=[s.PauseOut(**asdict(p)) for p in found.pauses],
        hold=_hold(page.hold),
        may_hold=by.may(privacy.HOLD),
    )


def _consult(page: ConversationPage, by: Principal) -> s.ConsultOut | None:
    asked = page.call.consult if page.call else None
    if asked is None:
        return None
    who = page.asked.number if page.asked else ""
    mine = asked.staff_id == by.id
    return s.ConsultOut(queue=page.asked_queue, answered=asked.staff_id is not None, number=who, mine=mine)


def _ring(leg: LegView) -> s.RingOut:
    return s.RingOut(begun_at=leg.begun_at, answered=leg.up_at is not None, cause=leg.cause)


def _recording(found: CallView, page: ConversationPage, by: Principal) -> s.RecordingOut | None:
    kept = found.recording
    if kept is None:
        return None
    url = files.link_to(kept.file, by=by) if kept.file and page.may_listen else None
    return s.RecordingOut(seconds=kept.seconds, url=url, erased=kept.file is None)


def _hold(found: privacy.HoldView | None) -> s.ContactHoldOut | None:
    return s.ContactHoldOut(reason=found.reason, placed_at=found.placed_at, until=found.until) if found else None


def conversation(page: ConversationPage, at: datetime, by: Principal) -> s.ConversationOut:
    """Shape a conversation's page."""
    contact = page.contact
    return s.ConversationOut(
        id=contact.public_id,
        medium=contact.medium,
        contact_mode=contact.contact_mode,
        direction=contact.direction,
        topic=contact.topic,
        state=contact.state,
        queue=s.QueueRefOut(code=contact.queue_code, name=page.queue_name),
        customer=customer(page.customer),
        recent=[s.RecentOut(**asdict(line)) for line in page.recent],
        opened_at=contact.opened_at,
        answered_at=page.held.answered_at,
        ended_at=contact.ended_at,
        ended_by=contact.ended_by,
        waited_seconds=page.waited_seconds,
        owner=person(page.owner),
        handler=person(page.handler),
        mine=page.mine,
        messages=[message(m) for m in page.messages],
        service_record=s.RecordOut(**asdict(page.record)),
        draft=page.draft,
        call=call(page.call, page, by) if page.call else None,
        clocks=[clock(c, at) for c in page.clocks],
        tickets=[ticket(t, at) for t in page.tickets],
    )
