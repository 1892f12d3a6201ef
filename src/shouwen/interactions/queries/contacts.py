"""Contacts as other rooms see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwen.customers.queries import sees_restricted
from shouwen.kit.prepared import Prepared
from shouwen.kit.principals import Principal

from ..errors import InteractionNotFound
from ..models import Interaction


@dataclass(frozen=True)
class Conversation:
    """One contact."""

    id: int
    public_id: str
    medium: str
    contact_mode: str
    direction: str
    customer_id: int | None
    visitor_id: int | None
    organisation_id: int | None
    topic: str
    queue_code: str
    state: str
    last_seq: int
    opened_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    closed_at: datetime | None


_COLUMNS = (
    "id",
    "public_id",
    "medium",
    "contact_mode",
    "direction",
    "customer_id",
    "visitor_id",
    "organisation_id",
    "topic",
    "queue_code",
    "state",
    "last_seq",
    "opened_at",
    "ended_at",
    "ended_by",
    "closed_at",
)
_PUBLIC = Prepared(lambda public_id: Interaction.objects.filter(public_id=public_id).values_list("id"))


def conversations(ids: Iterable[int]) -> dict[int, Conversation]:
    """Return several contacts by id; unknown ids are left out."""
    rows = Interaction.objects.filter(id__in=list(ids)).values(*_COLUMNS)
    return {row["id"]: Conversation(**row | {"public_id": str(row["public_id"])}) for row in rows}


def opened_between(
    begin: datetime, end: datetime, *, by: Principal, after: int = 0, limit: int = 500
) -> list[Conversation]:
    """Return the contacts in somebody's reach that began in a span, in that order, those after number `after`."""
    rows = _between(begin, end, by).filter(id__gt=after).order_by("id").values(*_COLUMNS)[:limit]
    return [Conversation(**row | {"public_id": str(row["public_id"])}) for row in rows]


def count_between(begin: datetime, end: datetime, *, by: Principal) -> int:
    """Return how many contacts in somebody's reach began in a span."""
    return _between(begin, end, by).count()


def _between(begin: datetime, end: datetime, by: Principal) -> QuerySet[Interaction]:
    rows = Interaction.objects.filter(opened_at__gte=begin, opened_at__lt=end)
    if not sees_restricted(by):
        rows = rows.filter(~Q(state="closed") | Q(customer__restricted_at=None))
    if by.organisations is None:
        return rows
    return rows.filter(Q(organisation_id=None) | Q(organisation_id__in=by.organisations))


def conversation(interaction_id: int) -> Conversation:
    """Return one contact; raises InteractionNotFound."""
    found = conversations([interaction_id])
    if interaction_id not in found:
        raise InteractionNotFound
    return found[interaction_id]


def id_of(public_id: UUID | str) -> int:
    """Return the inside key of a contact known outside as `public_id`; raises InteractionNotFound."""
    found = _PUBLIC(public_id=UUID(str(public_id)))
    if not found:
        raise InteractionNotFound
    return int(found[0][0])


def open_ids() -> set[int]:
    """Return every contact that is not closed, for the check that none is without an owner."""
    return set(Interaction.objects.exclude(state="closed").values_list("id", flat=True))


def open_in(queue_codes: Iterable[str]) -> list[Conversation]:
    """Return the contacts of some queues that are not closed."""
    rows = _open_in(queue_codes).order_by("opened_at", "id").values(*_COLUMNS)
    return [Conversation(**row | {"public_id": str(row["public_id"])}) for row in rows]


def open_count(queue_codes: Iterable[str]) -> int:
    """Return how many contacts of some queues are not closed."""
    return _open_in(queue_codes).count()


def _open_in(queue_codes: Iterable[str]) -> QuerySet[Interaction]:
    return Interaction.objects.exclude(state="closed").filter(queue_code__in=list(queue_codes))


def of_visitor(visitor_id: int) -> list[int]:
    """Return the contacts a visitor began before we knew who he is."""
    rows = Interaction.objects.filter(visitor_id=visitor_id).order_by("id")
    return list(rows.values_list("id", flat=True))
