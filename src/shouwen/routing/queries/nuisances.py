"""Contacts that are put back or turned away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

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


_FIELDS = ("id", "contact", "level", "reason", "at", "until", "appeal", "appealed_at")


def nuisances(at: datetime) -> list[NuisanceView]:
    """Return the marks that count now, appeals first."""
    rows = Nuisance.objects.filter(lifted_at=None, until__gt=at)
    found = rows.order_by(F("appealed_at").asc(nulls_last=True), "-id").values_list(*_FIELDS)[:500]
    return [NuisanceView(*row) for row in found]
