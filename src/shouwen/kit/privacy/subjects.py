"""Everything about one person: to hand over, and to erase as far as the law lets us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, Model, Q, QuerySet

from shouwen.kit import clock
from shouwen.kit.actions import action

from .erasing import erase, held, rows_of
from .holdings import HOLDINGS, Holding, Kept
from .holds import is_held
from .periods import chosen, days_of


@dataclass(frozen=True)
class KeptPart:
    """What stays, why, and until when."""

    code: str
    rows: int
    zh: str
    en: str
    until: date | None


@dataclass(frozen=True)
class Erasure:
    """What goes and what stays of one person."""

    erased: dict[str, int]
    kept: list[KeptPart]


def export_of(person: str, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return all we hold about a person, by table; secrets and the words of others are not his to have."""
    found = {}
    for holding in _about(person):
        if holding.export:
            names = [*sorted(holding.fields), *([holding.keep.since] if holding.keep.since else [])]
            rows = _his(holding, person_id).order_by("pk").values(*dict.fromkeys(names))
            found[holding.code] = [dict(row) for row in rows]
    return found


def _about(person: str) -> list[Holding]:
    return [one for one in HOLDINGS.values() if one.person == person and one.whose]


def _his(holding: Holding, person_id: int) -> QuerySet[Model]:
    his = f"{holding.person}:{person_id}" if holding.keyed else person_id
    return rows_of(holding).filter(**{holding.whose: his})


def forecast(person: str, person_id: int) -> Erasure:
    """Say what an erasure would take and what would stay. Changes nothing."""
    erased, kept, periods = {}, [], chosen()
    for holding in _about(person):
        rows = _his(holding, person_id)
        stays = rows.filter(_bound(holding))
        if count := rows.exclude(pk__in=stays.values("pk")).count():
            erased[holding.code] = count
        kept += _kept(holding, stays, periods)
    return Erasure(erased, kept)


def _bound(holding: Holding) -> Q:
    """Return the condition of rows that the law, a hold, or their own purpose, still needs."""
    if isinstance(holding.fate, Kept):
        return Q()
    keep, stays = holding.keep, held(holding, clock.now())
    if not keep.since or keep.days is None:
        return stays
    now = clock.wall() if holding.wall else clock.now()
    return stays | Q(**{f"{keep.since}__isnull": True}) | Q(**{f"{keep.since}__gte": now - timedelta(days=keep.least)})


def _kept(holding: Holding, stays: QuerySet[Model], periods: dict[str, int]) -> list[KeptPart]:
    count = stays.count()
    if not count:
        return []
    if isinstance(holding.fate, Kept):
        return [KeptPart(holding.code, count, holding.fate.zh, holding.fate.en, None)]
    keep = holding.keep
    oldest: datetime | None = stays.aggregate(at=Min(keep.since))["at"]
    until = (oldest + timedelta(days=days_of(holding, periods) or 0)).date() if oldest else None
    return [KeptPart(holding.code, count, keep.zh, keep.en, until)]


@action
def erase_person(*, person: str, person_id: int, why: str) -> Erasure:
    """Erase what may go of a person: part of another verb, which has checked who asks and that no hold stands."""
    if is_held(person, person_id, clock.now()):
        raise RuntimeError("a legal hold stands: nothing may go")
    found = forecast(person, person_id)
    for holding in _about(person):
        going = _his(holding, person_id).exclude(_bound(holding))
        if not isinstance(holding.fate, Kept):
            ids = list(going.select_for_update(of=("self",)).values_list("pk", flat=True))
            erase(holding, ids, at=clock.now(), why=why)
    return found
