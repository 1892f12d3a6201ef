"""Somebody's conversations: being answered, to be written up, done today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import QuerySet

from ..models import Chat

Box = Literal["active", "follow_up", "ended"]
_STATES = {"active": "open", "follow_up": "ended", "ended": "closed"}
LIMIT = 200


@dataclass(frozen=True)
class Boxed:
    """A conversation in somebody's inbox."""

    interaction_id: int
    answered_at: datetime | None


def boxes(staff_id: int, since: datetime, *, restricted: bool) -> dict[Box, int]:
    """Return how many conversations are in each box of somebody's inbox; `restricted`: locked away ones too."""
    return {box: _rows(staff_id, box, since, restricted=restricted).count() for box in _STATES}  # type: ignore[misc]


def boxed(staff_id: int, box: Box, since: datetime, *, restricted: bool) -> list[Boxed]:
    """Return what is in one box, the longest waiting first; `ended` shows what was closed since `since`."""
    order = "-interaction__closed_at" if box == "ended" else "answered_at"
    rows = _rows(staff_id, box, since, restricted=restricted).order_by(order, "interaction_id")
    return [Boxed(*row) for row in rows.values_list("interaction_id", "answered_at")[:LIMIT]]


def _rows(staff_id: int, box: str, since: datetime, *, restricted: bool) -> QuerySet[Chat]:
    mine = Chat.objects.filter(staff_id=staff_id, interaction__state=_STATES[box])
    if box != "ended":
        return mine
    mine = mine.filter(interaction__closed_at__gte=since)
    return mine if restricted else mine.filter(interaction__customer__restricted_at=None)
