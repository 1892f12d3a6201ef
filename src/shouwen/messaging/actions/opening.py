"""How a conversation begins: a customer writes, or somebody registers what came by another way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from shouwen.customers import actions as timeline
from shouwen.customers import queries as customers
from shouwen.interactions import actions as interactions
from shouwen.interactions import queries as contacts
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from .. import permissions, queries, rules
from ..errors import ConversationRunning
from ..events import ChatStarted
from ..models import Chat
from .clocks import start_clock
from .finding import SUBJECT, audience, hold_key
from .serving import say


@dataclass(frozen=True)
class _Contact:
    """What a new conversation is, whoever opens it."""

    medium: str
    direction: str
    customer_id: int | None
    visitor_id: int | None
    topic: str
    queue: queues.QueueCard
    at: datetime
    entry: queues.Entry | None = None


@action
def start_chat(
    *,
    by: Principal,
    topic: str,
    body: str,
    client_key: str,
    language: str = "zh-CN",
    medium: str = "web_chat",
) -> int:
    """Let a customer or visitor write to us: from this second somebody answers for it and a clock runs.

    1. One conversation at a time: the same press again finds the first one.
    2. Open the interaction with what was said.
    3. The duty leader of the queue answers for it until a person takes it; the answer clock starts.
    4. Ask for a person.
    """
    at = clock.now()
    running = _running(by, client_key)
    if running is not None:
        return running
    customer_id = by.id if by.kind == "customer" else None
    way = queues.way(queue_code=queries.queue_for(topic), customer_id=customer_id, contact=by.key, medium=medium, at=at)
    contact = _Contact(
        medium=medium,
        direction="inbound",
        customer_id=customer_id,
        visitor_id=by.id if by.kind == "visitor" else None,
        topic=topic,
        queue=way.queue,
        entry=way.entry,
        at=at,
    )
    chat = _written(contact, by=by, body=body, client_key=client_key, language=language)
    _ask_for_a_person(contact, chat.interaction_id, by)
    _say_when_we_open(chat, way, at)
    _announce(chat, contact)
    return chat.interaction_id


@action
def register_contact(
    *,
    by: Principal,
    medium: str,
    customer_id: int,
    topic: str,
    body: str,
    client_key: str,
    queue_code: str = "",
    direction: str = "inbound",
) -> int:
    """Register a letter, voice mail, e-mail, e-form or fax for its queue, or a contact that we begin ourselves.

    What came in is the customer's first message and waits for a person like any other contact. What we begin is
    answered for by its author from the start.
    """
    require(by, permissions.REGISTER)
    at = clock.now()
    customers.require_seen(customer_id, by=by)
    party = Principal(kind="customer", id=customer_id)
    queue = queues.queue(queue_code or queries.queue_for(topic))
    contact = _Contact(medium, direction, customer_id, None, topic, queue, at)
    interaction_id = _open(contact, by)
    chat = Chat.objects.create(interaction_id=interaction_id, live=False)
    inbound = direction == "inbound"
    said = {"interaction_id": interaction_id, "body": body, "client_key": client_key, "at": at}
    interactions.post_message(**said, by=party if inbound else by)  # type: ignore[arg-type]
    if inbound:
        _ask_for_a_person(contact, interaction_id, by)
    else:
        _take_oneself(chat, contact, by)
    _announce(chat, contact)
    return interaction_id


def _running(by: Principal, client_key: str) -> int | None:
    """Return the conversation this very press began; refuse when another one is running."""
    hold_key(by.key)
    chat = Chat.objects.filter(access_key=by.key, live=True).first()
    if chat is None:
        return None
    if contacts.said_first(chat.pk, client_key):
        audit.record(by, "messaging.start-again", subject=SUBJECT, subject_id=chat.pk)
        return chat.interaction_id
    raise ConversationRunning


def _written(contact: _Contact, *, by: Principal, body: str, client_key: str, language: str) -> Chat:
    """Open the interaction, the customer's right to it, and his first message."""
    interaction_id = _open(contact, by)
    chat = Chat.objects.create(
        interaction_id=interaction_id, access_key=by.key, language=language, customer_seen_at=clock.wall()
    )
    interactions.post_message(
        interaction_id=interaction_id,
        by=by,
        body=body,
        client_key=client_key,
        at=contact.at,
        audience=[by.key],
    )
    return chat


def _open(contact: _Contact, by: Principal) -> int:
    return interactions.open(
        medium=contact.medium,
        contact_mode=rules.contact_mode(contact.medium),
        direction=contact.direction,
        customer_id=contact.customer_id,
        visitor_id=contact.visitor_id,
        topic=contact.topic,
        queue_code=contact.queue.code,
        organisation_id=contact.queue.organisation_id,
        by=by,
        at=contact.at,
        audience=[by.key],
    )


def _ask_for_a_person(contact: _Contact, interaction_id: int, by: Principal) -> None:
    interactions.journal(
        interaction_id=interaction_id, name="human_request", queue_code=contact.queue.code, at=contact.at
    )
    responsibility.open(
        subject=SUBJECT,
        subject_id=interaction_id,
        owner_id=contact.queue.duty_leader_id,
        customer_id=contact.customer_id,
        by=by,
    )
    _start_clock(interaction_id, "answer", contact)
    routing.request(
        subject=SUBJECT,
        subject_id=interaction_id,
        customer_id=contact.customer_id,
        medium=contact.medium,
        queue_code=contact.queue.code,
        by=by,
        at=contact.at,
        **_standing(contact),
    )


def _take_oneself(chat: Chat, contact: _Contact, by: Principal) -> None:
    chat.staff_id, chat.answered_at = by.id, contact.at
    chat.save(update_fields=["staff", "answered_at"])
    interactions.journal(
        interaction_id=chat.pk,
        name="answer",
        queue_code=contact.queue.code,
        staff_id=by.id,
        detail={"proactive": True},
        at=contact.at,
    )
    responsibility.open(
        subject=SUBJECT,
        subject_id=chat.pk,
        owner_id=by.id,
        customer_id=contact.customer_id,
        by=by,
        answered=True,
    )
    responsibility.assume(subject=SUBJECT, subject_id=chat.pk, staff_id=by.id, by=by)
    _start_clock(chat.pk, "handling", contact)


def _start_clock(interaction_id: int, metric: str, contact: _Contact) -> None:
    start_clock(
        interaction_id,
        metric,
        medium=contact.medium,
        customer_id=contact.customer_id,
        organisation_id=contact.queue.organisation_id,
        at=contact.at,
    )


class _Standing(TypedDict, total=False):
    klass: str
    bonus_seconds: int
    delay_seconds: int


def _standing(contact: _Contact) -> _Standing:
    """Return how a contact stands in line: by the way it came in, or by who a registered letter is from."""
    entry = contact.entry
    if entry is not None:
        return {
            "klass": entry.klass,
            "bonus_seconds": entry.bonus_seconds,
            "delay_seconds": entry.delay_seconds,
        }
    if contact.customer_id is None:
        return {}
    card = customers.card(contact.customer_id)
    return {"klass": rules.klass(kind=card.kind, key=card.key)}


def _say_when_we_open(chat: Chat, way: queues.Way, at: datetime) -> None:
    """Tell somebody who comes while we are closed that he is in line, and when we open."""
    if way.opens_at is not None:
        opens = f"{way.opens_at.astimezone(BEIJING):%m-%d %H:%M}"
        say(chat, "closed", key="closed", at=at, opens=opens)


def _announce(chat: Chat, contact: _Contact) -> None:
    fact = ChatStarted(chat.pk, str(chat.interaction.public_id), contact.queue.code)
    publish(fact, audience=audience(chat, board=True), at=contact.at)
    if contact.customer_id is not None:
        inbound = contact.direction == "inbound"
        about = queries.topic_words(contact.topic, otherwise=contact.queue.name)
        timeline.write_timeline(
            customer_id=contact.customer_id,
            kind="contact.inbound" if inbound else "contact.outbound",
            channel=contact.medium,
            subject=SUBJECT,
            subject_id=chat.pk,
            line_zh=f"客户联系我们：{about.zh}" if inbound else "我们主动联系客户",
            line_en=f"Contacted us: {about.en}" if inbound else "We contacted the customer",
            at=contact.at,
        )
