"""Figures about tickets, and the rows that each of them counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q, QuerySet

from shouwen.kit.api import Page
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility
from shouwen.sla import queries as sla

from ..models import Ticket
from ..rules.states import OPEN
from .lists import TicketItem, page
from .scope import visible

Figure = Literal["open", "unhandled", "overdue", "waiting_customer", "to_confirm", "escalated"]
FIGURES: tuple[Figure, ...] = ("open", "unhandled", "overdue", "waiting_customer", "to_confirm", "escalated")


@dataclass(frozen=True)
class TicketFigures:
    """How many tickets stand where, among those somebody may see."""

    open: int
    unhandled: int
    overdue: int
    waiting_customer: int
    to_confirm: int
    escalated: int


def figures(*, by: Principal, at: datetime) -> TicketFigures:
    """Count each figure; `figure_rows` lists exactly what is counted here."""
    return TicketFigures(**{key: _rows(key, by, at).count() for key in FIGURES})


def figure_count(key: Figure, *, by: Principal, at: datetime) -> int:
    """Count one figure."""
    return _rows(key, by, at).count()


def figure_rows(key: Figure, *, by: Principal, at: datetime, cursor: str = "", limit: int = 50) -> Page[TicketItem]:
    """Return the tickets that a figure counts, newest first."""
    return page(_rows(key, by, at), cursor=cursor, limit=limit)


def open_ids() -> set[int]:
    """Return every ticket that is not over, for the check that none is without an owner."""
    return set(Ticket.objects.filter(state__in=OPEN).values_list("id", flat=True))


def _rows(key: Figure, by: Principal, at: datetime) -> QuerySet[Ticket]:
    conditions: dict[Figure, Q] = {
        "open": Q(),
        "unhandled": Q(id__in=responsibility.unhandled_ids("ticket")),
        "overdue": Q(id__in=sla.overdue_ids("ticket", at)),
        "waiting_customer": Q(state="pending"),
        "to_confirm": Q(state="resolved"),
        "escalated": Q(escalated_at__isnull=False),
    }
    return visible(by).filter(conditions[key], state__in=OPEN)
