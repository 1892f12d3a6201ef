"""Past assignments explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..models import Choice
from ..rules.why import Chosen, Reason, reasons, waited


@dataclass(frozen=True)
class Explained:
    """One offer of a contact: to whom, what became of it, and why it was he."""

    staff_id: int
    at: datetime
    outcome: str
    reasons: list[Reason]


def why(subject: str, subject_id: int) -> list[Explained]:
    """Return every offer of a contact, the first one first, with its reasons."""
    rows = Choice.objects.filter(work_item__subject=subject, work_item__subject_id=subject_id)
    return [_explained(row) for row in rows.select_related("work_item").order_by("id")]


def _explained(row: Choice) -> Explained:
    chosen = Chosen(
        klass=row.klass,
        ring=row.ring,
        level=row.level,
        held=row.held,
        same_site=row.same_site,
        highest_grade=row.highest_grade,
        idle=row.at - row.idle_since,
        waited=waited(row.work_item.requested_at, row.at),
    )
    return Explained(row.staff_id, row.at, row.outcome, reasons(chosen))
