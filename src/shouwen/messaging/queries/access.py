"""Whose conversation it is: outside by the session that began it, inside by who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwen.interactions import queries as interactions
from shouwen.interactions.errors import InteractionNotFound
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing

from ..models import Chat

SUBJECT = "conversation"


@dataclass(frozen=True)
class ChatView:
    """One conversation as its customer knows it."""

    interaction_id: int
    public_id: str
    topic: str
    queue_code: str
    state: str
    live: bool
    staff_id: int | None
    opened_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    last_seq: int


@dataclass(frozen=True)
class StaffChat:
    """What the desk must know of a conversation beside what interactions keep."""

    staff_id: int | None
    answered_at: datetime | None
    access_key: str
    live: bool


def chat_of(public_id: UUID | str, *, by: Principal) -> ChatView:
    """Return a conversation of the customer or visitor `by`; raises InteractionNotFound for anybody else's."""
    interaction_id = interactions.id_of(public_id)
    chat = Chat.objects.filter(interaction_id=interaction_id, access_key=by.key).first()
    if chat is None:
        raise InteractionNotFound
    return _view(chat)


def current(*, by: Principal) -> ChatView | None:
    """Return the conversation the customer or visitor `by` is in now."""
    chat = Chat.objects.filter(access_key=by.key, live=True).first()
    return _view(chat) if chat else None


def of_customer(*, by: Principal, limit: int = 20) -> list[ChatView]:
    """Return the latest conversations of the customer or visitor `by`, newest first."""
    rows = Chat.objects.filter(access_key=by.key).order_by("-interaction_id")[:limit]
    found = {chat.pk: chat for chat in rows}
    contacts = interactions.conversations(found)
    return [_shape(chat, contacts[i]) for i, chat in found.items()]


def staff_chat(interaction_id: int) -> StaffChat:
    """Return who answers a conversation; raises InteractionNotFound for one that is not written."""
    row = Chat.objects.filter(interaction_id=interaction_id)
    found = row.values_list("staff_id", "answered_at", "access_key", "live").first()
    if found is None:
        raise InteractionNotFound
    return StaffChat(*found)


def require_reader(*, by: Principal, interaction_id: int) -> interactions.Conversation:
    """Return a conversation that `by` may read: he holds it, is offered it, or may view what others hold."""
    contact = interactions.conversation(interaction_id)
    if by.may("interactions.view-all") and by.sees(contact.organisation_id):
        return contact
    if not _holds(by, interaction_id) and not _is_offered(by, interaction_id):
        raise InteractionNotFound
    return contact


def _holds(by: Principal, interaction_id: int) -> bool:
    duty = responsibility.of(SUBJECT, [interaction_id]).get(interaction_id)
    if duty is not None and by.id in (duty.owner_id, duty.handler_id, duty.offered_to_id):
        return True
    return Chat.objects.filter(interaction_id=interaction_id, staff_id=by.id).exists()


def _is_offered(by: Principal, interaction_id: int) -> bool:
    return any((o.subject, o.subject_id) == (SUBJECT, interaction_id) for o in routing.offers_of(by.id))


def _view(chat: Chat) -> ChatView:
    return _shape(chat, interactions.conversation(chat.pk))


def _shape(chat: Chat, contact: interactions.Conversation) -> ChatView:
    return ChatView(
        interaction_id=contact.id,
        public_id=contact.public_id,
        topic=contact.topic,
        queue_code=contact.queue_code,
        state=contact.state,
        live=chat.live,
        staff_id=chat.staff_id,
        opened_at=contact.opened_at,
        answered_at=chat.answered_at,
        ended_at=contact.ended_at,
        last_seq=contact.last_seq,
    )
