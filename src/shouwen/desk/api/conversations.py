"""One conversation: reading it, writing in it, noting, ending, passing on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from shouwen.customers import actions as customers
from shouwen.interactions import queries as interactions
from shouwen.kit import clock
from shouwen.kit.api import command, principal
from shouwen.messaging import actions as messaging
from shouwen.messaging.errors import CustomerUnknown
from shouwen.telephony import actions as telephony
from shouwen.telephony import queries as calls
from shouwen.tickets import actions as tickets

from .. import queries
from . import schemas as s
from . import shapes

conversation_router = Router()
ONE = "/desk/conversations/{conversation}"


@conversation_router.get(ONE, operation_id="getConversation", response=s.ConversationOut)
def get_conversation(request: HttpRequest, conversation: UUID) -> s.ConversationOut:
    """Return a conversation with its people, clocks, record, draft, tickets, and what we know of its customer."""
    by, at = principal(request), clock.now()
    found = queries.page(conversation, by=by, at=at)
    if found.customer and found.customer.restricted:
        customers.note_restricted_look(by=by, customer_id=found.customer.id, conversation=str(conversation))
    return shapes.conversation(found, at, by)


@conversation_router.get(f"{ONE}/messages", operation_id="listMessages", response=s.MessagesOut)
def list_messages(request: HttpRequest, conversation: UUID, after: int = 0) -> s.MessagesOut:
    """Return what was said after a number."""
    found = queries.messages_after(conversation, by=principal(request), after=after)
    return s.MessagesOut(items=[shapes.message(m) for m in found])


@conversation_router.get(f"{ONE}/why", operation_id="explainConversation", response=list[s.AssignmentOut])
def explain(request: HttpRequest, conversation: UUID) -> list[s.AssignmentOut]:
    """Say for each offer of a conversation why it went to just that seat."""
    found = queries.why(conversation, by=principal(request))
    return [s.AssignmentOut(**asdict(one)) for one in found]


@conversation_router.post(f"{ONE}/messages", operation_id="sayInConversation", response={201: s.MessageOut})
@command(status=201)
def say(request: HttpRequest, conversation: UUID, body: s.MessageIn) -> s.MessageOut:
    """Say something to the customer; the same key says it once."""
    by = principal(request)
    said = messaging.agent_says(
        by=by,
        interaction_id=interactions.id_of(conversation),
        body=body.body,
        client_key=request.headers["Idempotency-Key"],
    )
    return shapes.message(queries.Said(said, by.name))


@conversation_router.put(f"{ONE}/draft", operation_id="saveDraft", response={204: None})
def save_draft(request: HttpRequest, conversation: UUID, body: s.MessageIn) -> HttpResponse:
    """Keep what is being typed; an empty draft is removed."""
    by = principal(request)
    queries.readable(conversation, by=by)
    messaging.save_draft(by=by, interaction_id=interactions.id_of(conversation), body=body.body)
    return HttpResponse(status=204)


@conversation_router.put(f"{ONE}/service-record", operation_id="saveServiceRecord", response=s.RecordOut)
def save_record(request: HttpRequest, conversation: UUID, body: s.RecordIn) -> s.RecordOut:
    """Keep the service record; refused when somebody saved it since `version`."""
    interaction_id = interactions.id_of(conversation)
    saved = _door(interaction_id).save_service_record(
        by=principal(request), interaction_id=interaction_id, **body.model_dump()
    )
    return s.RecordOut(**asdict(saved))


@conversation_router.post(f"{ONE}/end", operation_id="endConversation", response=s.ConversationStateOut)
@command()
def end(request: HttpRequest, conversation: UUID) -> s.ConversationStateOut:
    """End the conversation; its record is still to be completed."""
    interaction_id = interactions.id_of(conversation)
    end_it = telephony.hang_up if calls.is_call(interaction_id) else messaging.end
    end_it(by=principal(request), interaction_id=interaction_id)
    return _state(conversation)


@conversation_router.post(f"{ONE}/complete", operation_id="completeConversation", response=s.ConversationStateOut)
@command()
def complete(request: HttpRequest, conversation: UUID) -> s.ConversationStateOut:
    """Finish an ended conversation; needs reason and handling on record."""
    interaction_id = interactions.id_of(conversation)
    _door(interaction_id).complete(by=principal(request), interaction_id=interaction_id)
    return _state(conversation)


@conversation_router.post(f"{ONE}/transfer", operation_id="transferConversation", response=s.ConversationStateOut)
@command()
def transfer(request: HttpRequest, conversation: UUID, body: s.TransferIn) -> s.ConversationStateOut:
    """Pass the conversation to another queue with all that was said."""
    interaction_id = interactions.id_of(conversation)
    _door(interaction_id).transfer(by=principal(request), interaction_id=interaction_id, queue_code=body.queue_code)
    return _state(conversation)


@conversation_router.post(f"{ONE}/customer", operation_id="linkConversationCustomer", response=s.ConversationStateOut)
@command()
def link_customer(request: HttpRequest, conversation: UUID, body: s.LinkCustomerIn) -> s.ConversationStateOut:
    """Note which customer a visitor is."""
    interaction_id = interactions.id_of(conversation)
    _door(interaction_id).link_customer(
        by=principal(request), interaction_id=interaction_id, customer_id=body.customer_id
    )
    return _state(conversation)


@conversation_router.post(
    f"{ONE}/tickets", operation_id="openTicketFromConversation", response={201: s.TicketOpenedOut}
)
@command(status=201)
def open_ticket(request: HttpRequest, conversation: UUID, body: s.TicketIn) -> s.TicketOpenedOut:
    """Open a ticket for the customer of the conversation; it keeps the conversation's owner."""
    by = principal(request)
    contact = queries.readable(conversation, by=by)
    if contact.customer_id is None:
        raise CustomerUnknown
    given = body.model_dump(exclude={"form"})
    opened = tickets.open_ticket(
        by=by, customer_id=contact.customer_id, interaction_id=contact.id, filled=body.form, **given
    )
    return s.TicketOpenedOut(id=opened.id, number=opened.number)


@conversation_router.post("/desk/contacts", operation_id="registerContact", response={201: s.StartedOut})
@command(status=201)
def register_contact(request: HttpRequest, body: s.ContactIn) -> s.StartedOut:
    """Register what came by letter, mail, form, fax or voice mail, or a contact that we begin."""
    interaction_id = messaging.register_contact(
        by=principal(request), client_key=request.headers["Idempotency-Key"], **body.model_dump()
    )
    return s.StartedOut(id=UUID(interactions.conversation(interaction_id).public_id))


def _door(interaction_id: int) -> Any:
    """Return the verbs of the door that a contact came through."""
    return telephony if calls.is_call(interaction_id) else messaging


def _state(conversation: UUID) -> s.ConversationStateOut:
    found = interactions.conversation(interactions.id_of(conversation))
    return s.ConversationStateOut(id=found.public_id, state=found.state)
