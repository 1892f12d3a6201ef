"""What is said, and what is being typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import events, rules
from ..errors import InteractionNotFound, InteractionOver, MessageEmpty, MessageTooLong
from ..models import Draft, Interaction, Message
from ..permissions import HANDLE
from ..queries import MessageView
from .contacts import locked

_AUTHORS = {"staff": "staff", "customer": "customer", "visitor": "customer", "system": "system"}


@action
def post_message(
    *,
    interaction_id: int,
    by: Principal,
    body: str,
    client_key: str,
    at: datetime,
    audience: Iterable[str] = (),
) -> MessageView:
    """Say something, once per `client_key` of its author, under the next number.

    1. Take the contact, so that numbers have no gap and no twin.
    2. If this was said already, return what was kept.
    3. Refuse when the contact is over; only the house itself may still speak.
    """
    text = _accepted(body)
    author = _AUTHORS[by.kind]
    row = locked(interaction_id)
    kept = Message.objects.filter(interaction=row, author_kind=author, client_key=client_key).first()
    if kept is not None:
        audit.record(by, "interactions.say-again", subject="conversation", subject_id=row.pk, seq=kept.seq)
        return _view(kept)
    if row.state != Interaction.State.OPEN and author != "system":
        raise InteractionOver
    row.last_seq += 1
    row.save(update_fields=["last_seq"])
    message = _written(row, author=author, by=by, text=text, client_key=client_key, at=at)
    audit.record(by, "interactions.say", subject="conversation", subject_id=row.pk, seq=row.last_seq)
    fact = events.MessagePosted(row.pk, message.pk, row.last_seq, author, str(row.public_id))
    publish(fact, audience=audience, at=at)
    return _view(message)


def _written(row: Interaction, *, author: str, by: Principal, text: str, client_key: str, at: datetime) -> Message:
    if author == "staff":
        Draft.objects.filter(staff_id=by.id, interaction=row).delete()
    return Message.objects.create(
        interaction=row,
        seq=row.last_seq,
        author_kind=author,
        author_id=None if author == "system" else by.id,
        body=text,
        sent_at=at,
        client_key=client_key,
    )


@action
def save_draft(*, interaction_id: int, body: str, by: Principal) -> None:
    """Keep what somebody is typing; an empty draft is removed."""
    require(by, HANDLE)
    text = rules.clean(body)
    if rules.is_too_long(text):
        raise MessageTooLong(length=len(text), limit=rules.MESSAGE_LIMIT)
    if not text:
        Draft.objects.filter(staff_id=by.id, interaction_id=interaction_id).delete()
        return
    if not Interaction.objects.filter(id=interaction_id).exists():
        raise InteractionNotFound
    Draft.objects.update_or_create(
        staff_id=by.id,
        interaction_id=interaction_id,
        defaults={"body": text, "saved_at": clock.now()},
    )


def _accepted(body: str) -> str:
    text = rules.clean(body)
    if not text:
        raise MessageEmpty
    if rules.is_too_long(text):
        raise MessageTooLong(length=len(text), limit=rules.MESSAGE_LIMIT)
    return text


def _view(message: Message) -> MessageView:
    return MessageView(
        message.pk,
        message.seq,
        message.author_kind,
        message.author_id,
        message.body,
        message.sent_at,
    )
