"""The orders in which a list of tickets may stand, each with a key of its own for every row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from django.db.models import Case, DateTimeField, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce

from shouwen.sla import queries as sla

from ..models import Ticket
from ..rules.states import OPEN

Sort = Literal["newest", "oldest", "due", "urgency"]
ORDERS: dict[Sort, tuple[str, ...]] = {
    "newest": ("-opened_at", "-id"),
    "oldest": ("opened_at", "id"),
    "due": ("next_due", "id"),
    "urgency": ("rank", "next_due", "id"),
}
# what is counted for an order and is no column of a ticket
KEYS: dict[Sort, tuple[str, ...]] = {"newest": (), "oldest": (), "due": ("next_due",), "urgency": ("rank", "next_due")}
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_RANK = {"critical": 0, "urgent": 1, "normal": 2}


def ranked(rows: QuerySet[Ticket], sort: Sort) -> QuerySet[Ticket]:
    """Put beside tickets what an order looks at: without an open promise they come last."""
    made = {"next_due": _next_due, "rank": _rank}
    return rows.annotate(**{key: made[key]() for key in KEYS[sort]})


def _next_due() -> Coalesce:
    due = Case(When(state__in=OPEN, then=sla.next_due("ticket")), output_field=DateTimeField())
    return Coalesce(due, Value(NEVER, DateTimeField()))


def _rank() -> Case:
    return Case(*(When(urgency=word, then=rank) for word, rank in _RANK.items()), output_field=IntegerField())
