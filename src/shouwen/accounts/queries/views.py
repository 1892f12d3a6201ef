"""The views of a list that somebody finds, and what he chose for it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwen.kit.principals import Principal

from ..models import ListChoice, SavedView, Staff


@dataclass(frozen=True)
class ViewCard:
    """One view as its user meets it. `own` ones may be changed; `shared` ones are there for the organisation."""

    id: UUID
    name: str
    filters: dict[str, str]
    columns: list[str]
    own: bool
    shared: bool
    owner: str


@dataclass(frozen=True)
class ListViews:
    """A list's views, one's own first, with the chosen columns and the view that opens first."""

    views: list[ViewCard]
    columns: list[str]
    first: UUID | None


def seen_views(by: Principal, list_code: str) -> QuerySet[SavedView]:
    """Return one's own views of a list, and those shared with an organisation one belongs to."""
    path = Staff.objects.filter(id=by.id).values_list("organisation__path", flat=True).first() or []
    mine = Q(owner_id=by.id) | Q(shared_with_id__in=path)
    return SavedView.objects.filter(mine, list_code=list_code, removed_at=None)


def list_views(by: Principal, list_code: str) -> ListViews:
    """Return what somebody needs to open a list his way."""
    rows = seen_views(by, list_code).select_related("owner").order_by("name", "id")
    cards = [_card(row, by) for row in rows]
    choice = ListChoice.objects.filter(staff_id=by.id, list_code=list_code).select_related("first").first()
    first = choice.first.public_id if choice and choice.first else None
    return ListViews(
        views=sorted(cards, key=lambda card: not card.own),
        columns=choice.columns if choice else [],
        first=first if first in {card.id for card in cards} else None,
    )


def _card(row: SavedView, by: Principal) -> ViewCard:
    return ViewCard(
        id=row.public_id,
        name=row.name,
        filters=row.filters,
        columns=row.columns,
        own=row.owner_id == by.id,
        shared=row.shared_with_id is not None,
        owner=row.owner.name,
    )
