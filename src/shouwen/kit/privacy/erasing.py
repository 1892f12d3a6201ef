"""Taking personal data out of rows: what went is proved by a digest, never kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, QuerySet, Value

from shouwen.kit.models import LegalHold, Tombstone

from .holdings import Blank, Delete, Holding
from .holds import standing


def rows_of(holding: Holding) -> QuerySet[Model]:
    """Return the rows of a holding that were not erased yet, each with its `person`."""
    graves = Tombstone.objects.filter(table=holding.code, row_id=OuterRef("pk"))
    whose = F(holding.whose) if holding.whose and not holding.keyed else Value(0)
    rows: QuerySet[Model] = holding.rows().annotate(person_key=whose)
    return rows.filter(~Exists(graves))


def held_out(holding: Holding, rows: QuerySet[Model], at: datetime) -> QuerySet[Model]:
    """Leave out rows about people under a legal hold."""
    holds = LegalHold.objects.filter(standing(at), person=holding.person, person_id=OuterRef("person_key"))
    return rows.filter(~Exists(holds))


def erase(holding: Holding, ids: Iterable[Any], *, at: datetime, why: str) -> int:
    """Erase rows that the caller has chosen and locked: a tombstone each, then the row or its texts go."""
    chosen = list(ids)
    names = sorted(holding.fields)
    rows = holding.rows().filter(pk__in=chosen)
    graves = [
        Tombstone(table=holding.code, row_id=row["pk"], digest=_digest(row, names), erased_at=at, why=why)
        for row in rows.values("pk", *names)
    ]
    Tombstone.objects.bulk_create(graves)
    if isinstance(holding.fate, Delete):
        rows.delete()
    elif isinstance(holding.fate, Blank):
        rows.update(**holding.fate.values)
    return len(graves)


def _digest(row: dict[str, Any], names: list[str]) -> str:
    form = json.dumps([row["pk"], *(row[name] for name in names)], default=str, ensure_ascii=False)
    return hashlib.sha256(form.encode()).hexdigest()
