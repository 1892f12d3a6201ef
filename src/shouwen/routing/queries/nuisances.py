"""Contacts that are put back or turned away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from ..models import Nuisance


@dataclass(frozen=True)
class NuisanceView:
    """One mark that counts now."""

    id: int
    contact: str
    level: str
    reason: str
    at: datetime
    until: datetime
    appeal: str
    appealed_at: datetime | None
    decision: str
    decided_at: datetime | None


READ_FOR = timedelta(days=7)
_OPEN = Q(appealed_at__isnull=False, decided_at=None)
_FIELDS = ("id", "contact", "level", "reason", "at", "until", "appeal", "appealed_at", "decision", "decided_at")


def nuisances(at: datetime) -> list[NuisanceView]:
    """Return the marks that count now and the appeals not answered yet, those first."""
    rows = Nuisance.objects.filter(Q(lifted_at=None, until__gt=at) | _OPEN)
    found = rows.order_by(
        F("decided_at").desc(nulls_first=True), F("appealed_at").asc(nulls_last=True), "-id"
    ).values_list(*_FIELDS)[:500]
    return [NuisanceView(*row) for row in found]


@dataclass(frozen=True)
class Restriction:
    """What somebody who is marked may know of it: how he is restricted until when, and what became of his appeal."""

    level: str
    until: datetime
    lifted: bool
    appealed: bool
    decision: str
    decided_at: datetime | None


def restriction_of(contact: str, at: datetime) -> Restriction | None:
    """Return the mark that counts for a contact, or else the one whose appeal was answered in the last week."""
    rows = Nuisance.objects.filter(Q(lifted_at=None, until__gt=at) | Q(decided_at__gt=at - READ_FOR), contact=contact)
    found = sorted(rows, key=lambda row: (row.lifted_at is not None or row.until <= at, row.level, -row.id))
    if not found:
        return None
    row = found[0]
    over = row.lifted_at is not None or row.until <= at
    return Restriction(row.level, row.until, over, row.appealed_at is not None, row.decision, row.decided_at)


def open_appeal_ids() -> set[int]:
    """Return the marks whose appeal nobody has answered yet."""
    return set(Nuisance.objects.filter(_OPEN).values_list("id", flat=True))
