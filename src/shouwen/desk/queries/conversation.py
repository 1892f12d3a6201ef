"""Everything a conversation's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwen.customers import queries as customers
from shouwen.interactions import queries as interactions
from shouwen.interactions.errors import InteractionNotFound
from shouwen.kit import privacy
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.messaging import queries as messaging
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing
from shouwen.sla import queries as sla
from shouwen.telephony import queries as telephony
from shouwen.tickets import queries as tickets

from ..permissions import VIEW_ASSIGNMENTS
from .people import Person, people

SUBJECT = "conversation"
RECENT = 5


@dataclass(frozen=True)
class Said:
    """One message with who said it."""

    message: interactions.MessageView
    author_name: str


@dataclass(frozen=True)
class Held:
    """Who serves a contact, and since when, whatever its medium."""

    staff_id: int | None
    answered_at: datetime | None


@dataclass(frozen=True)
class Assignment:
    """One offer of a conversation: to whom, what became of it, and why it was he, in both languages."""

    number: str
    name: str
    at: datetime
    outcome: str
    reasons_zh: list[str]
    reasons_en: list[str]


@dataclass(frozen=True)
class ConversationPage:
    """A conversation with its people, clocks, record, and what we know of its customer."""

    contact: interactions.Conversation
    held: Held
    call: telephony.CallView | None
    may_listen: bool
    hold: privacy.HoldView | None
    asked: Person | None
    asked_queue: str
    queue_name: str
    customer: customers.CustomerCard | None
    recent: list[customers.TimelineLine]
    owner: Person | None
    handler: Person | None
    messages: list[Said]
    record: interactions.ServiceRecordView
    draft: str
    clocks: list[sla.Clock]
    tickets: list[tickets.TicketItem]
    waited_seconds: float
    mine: bool


def page(public_id: UUID, *, by: Principal, at: datetime) -> ConversationPage:
    """Return a conversation that `by` may read; raises InteractionNotFound."""
    contact = readable(public_id, by=by)
    call = telephony.call_of(contact.id)
    held = _held(contact.id, call)
    duty = responsibility.of(SUBJECT, [contact.id]).get(contact.id)
    asked = call.consult if call is not None else None
    known = people([*([duty.owner_id, duty.handler_id] if duty else []), *([asked.staff_id] if asked else [])])
    waited = (held.answered_at or contact.ended_at or at) - contact.opened_at
    return ConversationPage(
        contact=contact,
        held=held,
        call=call,
        may_listen=call is not None and telephony.may_listen(call, by),
        hold=privacy.hold_on(SUBJECT, contact.id, at) if call is not None and by.may(privacy.HOLD) else None,
        asked=known.get(asked.staff_id) if asked and asked.staff_id else None,
        asked_queue=routing.queue(asked.queue_code).name if asked else "",
        queue_name=routing.queue(contact.queue_code).name,
        customer=customers.card(contact.customer_id) if contact.customer_id else None,
        recent=_recent(contact.customer_id, by),
        owner=known.get(duty.owner_id) if duty else None,
        handler=known.get(duty.handler_id) if duty else None,
        messages=said(contact, after=0),
        record=interactions.service_record(contact.id),
        draft=interactions.drafts(by.id, [contact.id]).get(contact.id, ""),
        clocks=sla.of(SUBJECT, [contact.id]).get(contact.id, []),
        tickets=tickets.for_conversations([contact.id]).get(contact.id, []),
        waited_seconds=max(waited.total_seconds(), 0),
        mine=held.staff_id == by.id,
    )


def readable(public_id: UUID, *, by: Principal) -> interactions.Conversation:
    """Return a contact that `by` may read; raises InteractionNotFound.

    What is over with a customer whose data is restricted is shown to nobody without that permission.
    """
    interaction_id = interactions.id_of(public_id)
    reader = telephony.require_reader if telephony.is_call(interaction_id) else messaging.require_reader
    contact = reader(by=by, interaction_id=interaction_id)
    if contact.state == "closed" and _locked(contact.customer_id, by):
        raise InteractionNotFound
    return contact


def _held(interaction_id: int, call: telephony.CallView | None) -> Held:
    if call is not None:
        return Held(call.staff_id, call.answered_at)
    chat = messaging.staff_chat(interaction_id)
    return Held(chat.staff_id, chat.answered_at)


def messages_after(public_id: UUID, *, by: Principal, after: int) -> list[Said]:
    """Return what was said after a number, for somebody who may read it."""
    return said(readable(public_id, by=by), after=after)


def why(public_id: UUID, *, by: Principal) -> list[Assignment]:
    """Return each offer of a contact with its reasons, for a leader or an inspector who may read it."""
    require(by, VIEW_ASSIGNMENTS)
    found = routing.why(SUBJECT, readable(public_id, by=by).id)
    known = people(one.staff_id for one in found)
    return [
        Assignment(
            known[one.staff_id].number,
            known[one.staff_id].name,
            one.at,
            one.outcome,
            [reason.zh for reason in one.reasons],
            [reason.en for reason in one.reasons],
        )
        for one in found
    ]


def said(contact: interactions.Conversation, *, after: int) -> list[Said]:
    """Return messages with the names of those who wrote them."""
    found = interactions.messages(contact.id, after=after)
    known = people(m.author_id for m in found if m.author_kind == "staff")
    return [Said(m, known[m.author_id].name if m.author_kind == "staff" else "") for m in found]


def _recent(customer_id: int | None, by: Principal) -> list[customers.TimelineLine]:
    """Return what happened last with a customer; nothing of one whose data is restricted, but to those who may."""
    if customer_id is None or _locked(customer_id, by):
        return []
    return customers.timeline(customer_id, limit=RECENT).items


def _locked(customer_id: int | None, by: Principal) -> bool:
    return customer_id is not None and not customers.sees_restricted(by) and customers.is_restricted(customer_id)
