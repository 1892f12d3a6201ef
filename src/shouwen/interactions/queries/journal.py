"""What happened, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..models import JournalEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal."""

    at: datetime
    id: int
    interaction_id: int
    name: str
    queue_code: str | None
    staff_id: int | None
    detail: dict[str, Any]


_COLUMNS = ("at", "id", "interaction_id", "name", "queue_code", "staff_id", "detail")


def journal(*, since: datetime, until: datetime, interaction_ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Yield the lines from `since` until before `until`, in the order of time."""
    rows = JournalEntry.objects.filter(at__gte=since, at__lt=until).order_by("at", "id")
    if interaction_ids is not None:
        rows = rows.filter(interaction_id__in=list(interaction_ids))
    for row in rows.values_list(*_COLUMNS).iterator(5000):
        yield Entry(*row)
