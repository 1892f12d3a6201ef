"""What was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..models import Draft, Message

PAGE = 200


@dataclass(frozen=True)
class MessageView:
    """One thing said."""

    id: int
    seq: int
    author_kind: str
    author_id: int | None
    body: str
    sent_at: datetime


_COLUMNS = ("id", "seq", "author_kind", "author_id", "body", "sent_at")


def messages(interaction_id: int, after: int = 0, limit: int = PAGE) -> list[MessageView]:
    """Return what was said after number `after`, in order."""
    rows = Message.objects.filter(interaction_id=interaction_id, seq__gt=after).order_by("seq")
    return [MessageView(*row) for row in rows.values_list(*_COLUMNS)[:limit]]


def said_first(interaction_id: int, client_key: str) -> bool:
    """Tell whether a contact began with the press `client_key`."""
    return Message.objects.filter(interaction_id=interaction_id, seq=1, client_key=client_key).exists()


def last_messages(interaction_ids: Iterable[int]) -> dict[int, MessageView]:
    """Return the last thing said in each contact."""
    rows = Message.objects.filter(interaction_id__in=list(interaction_ids))
    latest = rows.order_by("interaction_id", "-seq").distinct("interaction_id")
    return {row[0]: MessageView(*row[1:]) for row in latest.values_list("interaction_id", *_COLUMNS)}


def drafts(staff_id: int, interaction_ids: Iterable[int]) -> dict[int, str]:
    """Return what somebody is typing in each contact."""
    rows = Draft.objects.filter(staff_id=staff_id, interaction_id__in=list(interaction_ids))
    return dict(rows.values_list("interaction_id", "body"))
