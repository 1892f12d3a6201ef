"""Saying something, being there, rating."""

from __future__ import annotations

from datetime import timedelta

from shouwen.interactions import actions as interactions
from shouwen.interactions.queries import MessageView
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import permissions
from ..models import Chat
from .finding import audience, locked_for_customer, locked_for_staff

SEEN_EVERY = timedelta(seconds=15)


@action
def customer_says(*, by: Principal, interaction_id: int, body: str, client_key: str) -> MessageView:
    """Let the customer say something in his conversation."""
    chat = locked_for_customer(interaction_id, by)
    said = interactions.post_message(
        interaction_id=interaction_id,
        by=by,
        body=body,
        client_key=client_key,
        at=clock.now(),
        audience=audience(chat),
    )
    if chat.live:
        chat.customer_seen_at, chat.silent_since, chat.warned_at = clock.wall(), None, None
        chat.save(update_fields=["customer_seen_at", "silent_since", "warned_at"])
    return said


@action
def agent_says(*, by: Principal, interaction_id: int, body: str, client_key: str) -> MessageView:
    """Let the one who answers the conversation say something; from now on it is the customer's turn."""
    require(by, permissions.ANSWER)
    chat = locked_for_staff(interaction_id, by)
    said = interactions.post_message(
        interaction_id=interaction_id,
        by=by,
        body=body,
        client_key=client_key,
        at=clock.now(),
        audience=audience(chat),
    )
    if chat.live and chat.silent_since is None:
        chat.silent_since = clock.wall()
        chat.save(update_fields=["silent_since"])
    return said


@action
def customer_seen(*, by: Principal, interaction_id: int) -> None:
    """Note that the customer's page is there; written at most every few seconds, however often it asks."""
    at = clock.wall()
    mine = Chat.objects.filter(interaction_id=interaction_id, access_key=by.key, live=True)
    mine.filter(customer_seen_at__lt=at - SEEN_EVERY).update(customer_seen_at=at)


@action
def rate(*, by: Principal, interaction_id: int, score: int, comment: str = "") -> None:
    """Keep the customer's rating of his conversation, once."""
    chat = locked_for_customer(interaction_id, by)
    interactions.rate(
        interaction_id=interaction_id,
        score=score,
        comment=comment,
        by=by,
        at=clock.now(),
        audience=audience(chat, board=True),
    )
