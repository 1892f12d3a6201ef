"""Writing to us: with or without signing in."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from shouwen.accounts.queries import StaffCard, staff_cards
from shouwen.interactions import queries as interactions
from shouwen.interactions.queries import MessageView
from shouwen.kit import clock
from shouwen.kit.api import command, language, principal
from shouwen.kit.api.limits import limit
from shouwen.messaging import actions, queries
from shouwen.messaging.queries import ChatView
from shouwen.routing import actions as routing_actions
from shouwen.routing import queries as routing

from .doors import CALLER, Anybody
from .schemas import (
    PortalAppealIn,
    PortalCallbackIn,
    PortalChatIn,
    PortalChatOut,
    PortalCurrentChatOut,
    PortalMessageIn,
    PortalMessageOut,
    PortalMessagesOut,
    PortalPositionOut,
    PortalRatingIn,
    PortalRatingOut,
    PortalRestrictionOut,
    PortalTopicOut,
)
from .shapes import person

chats_router = Router(auth=CALLER)


@chats_router.get("/topics", auth=Anybody(), operation_id="listPortalTopics", response=list[PortalTopicOut])
@limit("portal.topics", per_minute=600)
def list_topics(request: HttpRequest) -> list[PortalTopicOut]:
    """Return what one can choose to write about."""
    english = language(request) == "en"
    return [PortalTopicOut(code=t.code, text=t.en if english else t.zh) for t in queries.topics()]


@chats_router.post("/chats", operation_id="startChat", response={201: PortalChatOut})
@limit("portal.chats.address", per_minute=60)
@limit("portal.chats", per_minute=10, by="principal")
@command(status=201)
def start_chat(request: HttpRequest, body: PortalChatIn) -> PortalChatOut:
    """Write to us: from this second somebody answers for it and a clock runs."""
    by = principal(request)
    actions.start_chat(
        by=by,
        topic=_topic_code(body.topic),
        body=body.body,
        client_key=request.headers["Idempotency-Key"],
        language="en" if language(request) == "en" else "zh-CN",
    )
    chat = queries.current(by=by)
    assert chat is not None
    return _shape(chat, language(request))


@chats_router.get("/chats/current", operation_id="getCurrentChat", response=PortalChatOut | None)
def get_current(request: HttpRequest) -> PortalChatOut | None:
    """Return the conversation that is going on, if any."""
    chat = queries.current(by=principal(request))
    return _shape(chat, language(request)) if chat else None


@chats_router.get("/chats/{chat_id}", operation_id="getChat", response=PortalChatOut)
def get_chat(request: HttpRequest, chat_id: UUID) -> PortalChatOut:
    """Return one's own conversation; asking shows that the page is there."""
    return _shape(_seen(request, chat_id), language(request))


@chats_router.get("/chats/{chat_id}/messages", operation_id="listChatMessages", response=PortalMessagesOut)
def list_messages(request: HttpRequest, chat_id: UUID, after: int = 0) -> PortalMessagesOut:
    """Return what was said after number `after`."""
    said = interactions.messages(_seen(request, chat_id).interaction_id, after)
    people = staff_cards(m.author_id for m in said if m.author_kind == "staff" and m.author_id)
    return PortalMessagesOut(items=[_message(message, people) for message in said])


@chats_router.post("/chats/{chat_id}/messages", operation_id="writeInChat", response={201: PortalMessageOut})
@limit("portal.messages", per_minute=60, by="principal")
@command(status=201)
def write(request: HttpRequest, chat_id: UUID, body: PortalMessageIn) -> PortalMessageOut:
    """Say something; pressed twice, it is said once."""
    by = principal(request)
    said = actions.customer_says(
        by=by,
        interaction_id=queries.chat_of(chat_id, by=by).interaction_id,
        body=body.body,
        client_key=request.headers["Idempotency-Key"],
    )
    return _message(said, {})


@chats_router.post("/chats/{chat_id}/end", operation_id="endChat", response=PortalChatOut)
@command()
def end(request: HttpRequest, chat_id: UUID) -> PortalChatOut:
    """End one's own conversation; what we still owe stays with its owner."""
    by = principal(request)
    actions.customer_leaves(by=by, interaction_id=queries.chat_of(chat_id, by=by).interaction_id)
    return _shape(queries.chat_of(chat_id, by=by), language(request))


@chats_router.post("/chats/{chat_id}/callback", operation_id="askCallback", response=PortalChatOut)
@command()
def ask_callback(request: HttpRequest, chat_id: UUID, body: PortalCallbackIn) -> PortalChatOut:
    """Be called back instead of waiting; one keeps one's place."""
    by = principal(request)
    actions.ask_callback(by=by, interaction_id=queries.chat_of(chat_id, by=by).interaction_id, number=body.number)
    return _shape(queries.chat_of(chat_id, by=by), language(request))


@chats_router.get("/restriction", operation_id="getRestriction", response=PortalRestrictionOut | None)
def get_restriction(request: HttpRequest) -> PortalRestrictionOut | None:
    """Say whether and until when one is put back or turned away, and what became of one's appeal."""
    found = routing.restriction_of(principal(request).key, clock.now())
    return None if found is None else PortalRestrictionOut(**asdict(found))


@chats_router.post("/restriction/appeal", operation_id="appealRestriction", response={204: None})
@limit("portal.appeals", per_minute=5, by="principal")
@command()
def appeal(request: HttpRequest, body: PortalAppealIn) -> None:
    """Say why one is turned away wrongly."""
    routing_actions.appeal_nuisance(text=body.text, by=principal(request))


@chats_router.post("/chats/{chat_id}/rating", operation_id="rateChat", response=PortalChatOut)
@command()
def rate(request: HttpRequest, chat_id: UUID, body: PortalRatingIn) -> PortalChatOut:
    """Say how one was served, once."""
    by = principal(request)
    chat = queries.chat_of(chat_id, by=by)
    actions.rate(by=by, interaction_id=chat.interaction_id, score=body.score, comment=body.comment)
    return _shape(chat, language(request))


def shape_current(chat: ChatView, language: str) -> PortalCurrentChatOut:
    """Return a conversation in a few words."""
    agent = staff_cards([chat.staff_id] if chat.staff_id else []).get(chat.staff_id or 0)
    waits = chat.state == "open" and chat.staff_id is None
    state = "waiting" if waits else "answered" if chat.state == "open" else chat.state
    topic = _topic_text(chat.topic, language)
    return PortalCurrentChatOut(id=chat.public_id, topic=topic, state=state, agent=person(agent))


def _shape(chat: ChatView, language: str) -> PortalChatOut:
    current = shape_current(chat, language)
    waiting = current.state == "waiting"
    place = routing.position("conversation", chat.interaction_id) if waiting else None
    said = routing.notices(chat.queue_code, clock.now()) if waiting else []
    score = interactions.rating(chat.interaction_id)
    return PortalChatOut(
        **current.model_dump(),
        position=PortalPositionOut(ahead=place.ahead, expected_seconds=place.expected_seconds) if place else None,
        notices=[notice.en if language == "en" else notice.zh for notice in said],
        opened_at=chat.opened_at,
        ended_at=chat.ended_at,
        rating=PortalRatingOut(score=score) if score else None,
    )


def _seen(request: HttpRequest, chat_id: UUID) -> ChatView:
    """Return one's own conversation and note that its page is there."""
    by = principal(request)
    chat = queries.chat_of(chat_id, by=by)
    if chat.live:
        actions.customer_seen(by=by, interaction_id=chat.interaction_id)
    return chat


def _message(message: MessageView, people: dict[int, StaffCard]) -> PortalMessageOut:
    author = people.get(message.author_id or 0) if message.author_kind == "staff" else None
    return PortalMessageOut(
        seq=message.seq,
        author_kind=message.author_kind,
        author_name=author.name if author else "",
        body=message.body,
        sent_at=message.sent_at,
    )


def _topic_code(given: str) -> str:
    """Return the code of a topic given by code or by its words; anything else is kept as the customer put it."""
    known = (t.code for t in queries.topics() if given in {t.code, t.zh, t.en})
    return next(known, given)


def _topic_text(code: str, language: str) -> str:
    words = {t.code: t.en if language == "en" else t.zh for t in queries.topics()}
    return words.get(code, code)
