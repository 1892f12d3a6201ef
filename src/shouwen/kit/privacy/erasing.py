"""Taking personal data out of rows: what went is proved by a digest, never kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value

from shouwen.kit.models import LegalHold, StoredFile, Tombstone

from .holdings import Blank, Delete, Holding
from .holds import CONTACT, standing


def rows_of(holding: Holding) -> QuerySet[Model]:
    """Return the rows of a holding that were not erased yet, each with its `person`."""
    graves = Tombstone.objects.filter(table=holding.code, row_id=OuterRef("pk"))
    whose = F(holding.whose) if holding.whose and not holding.keyed else Value(0)
    matter = F(holding.matter) if holding.matter else Value(0)
    rows: QuerySet[Model] = holding.rows().annotate(person_key=whose, matter_key=matter)
    return rows.filter(~Exists(graves))


def held_out(holding: Holding, rows: QuerySet[Model], at: datetime) -> QuerySet[Model]:
    """Leave out rows about people, and of contacts, under a legal hold."""
    return rows.exclude(held(holding, at))


def held(holding: Holding, at: datetime) -> Q:
    """Return the condition of rows that a legal hold keeps."""
    holds = LegalHold.objects.filter(standing(at))
    found = Q(Exists(holds.filter(person=holding.person, person_id=OuterRef("person_key"))))
    if holding.matter:
        found |= Q(Exists(holds.filter(person=CONTACT, person_id=OuterRef("matter_key"))))
    return found


def erase(holding: Holding, ids: Iterable[Any], *, at: datetime, why: str) -> int:
    """Erase rows that the caller has chosen and locked: a tombstone each, then the row or its texts, then its files."""
    chosen = list(ids)
    names = sorted(holding.fields)
    rows = holding.rows().filter(pk__in=chosen)
    graves = [
        Tombstone(table=holding.code, row_id=row["pk"], digest=_digest(row, names), erased_at=at, why=why)
        for row in rows.values("pk", *names)
    ]
    Tombstone.objects.bulk_create(graves)
    files = _files_of(holding, rows, chosen)
    if isinstance(holding.fate, Delete):
        rows.delete()
    elif isinstance(holding.fate, Blank):
        rows.update(**holding.fate.values)
    StoredFile.objects.filter(id__in=files).delete()
    return len(graves)


def _files_of(holding: Holding, rows: QuerySet[Model], ids: list[Any]) -> list[int]:
    """Return the files that go with rows: those their columns name, and those they took up."""
    named = [file for name in holding.files for file in rows.values_list(name, flat=True) if file is not None]
    if not holding.attached:
        return named
    taken = StoredFile.objects.filter(subject=holding.attached, subject_id__in=ids)
    return [*named, *taken.values_list("id", flat=True)]


def _digest(row: dict[str, Any], names: list[str]) -> str:
    form = json.dumps([row["pk"], *(row[name] for name in names)], default=str, ensure_ascii=False)
    return hashlib.sha256(form.encode()).hexdigest()
