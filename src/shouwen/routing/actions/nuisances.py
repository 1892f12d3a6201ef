"""Contacts that keep others from being served: put back or turned away for a time; they may appeal."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from ..errors import AppealImpossible, NuisanceInvalid, NuisanceNotFound
from ..models import Nuisance
from ..permissions import NUISANCE
from ..rules.floor import LONGEST_NUISANCE


@action
def mark_nuisance(*, contact: str, level: str, reason: str, until: datetime, by: Principal) -> int:
    """Put a contact back in line (`slow`) or turn it away (`block`) until a time; return the mark's number."""
    require(by, NUISANCE)
    at = clock.now()
    if level not in Nuisance.Level.values or not reason.strip() or not contact.strip():
        raise NuisanceInvalid
    if not at < until <= at + LONGEST_NUISANCE:
        raise NuisanceInvalid
    row = Nuisance.objects.create(
        contact=contact, level=level, reason=reason, by_id=by.id if by.kind == "staff" else None, at=at, until=until
    )
    audit.record(by, "routing.nuisance", subject="nuisance", subject_id=row.id, contact=contact, level=level)
    return row.id


@action
def lift_nuisance(*, nuisance_id: int, by: Principal) -> None:
    """Take a mark back before its time, for instance after an appeal; lifting twice is lifting once."""
    require(by, NUISANCE)
    row = Nuisance.objects.select_for_update(no_key=True).filter(id=nuisance_id).first()
    if row is None:
        raise NuisanceNotFound
    if row.lifted_at is None:
        row.lifted_at = clock.now()
        row.save(update_fields=["lifted_at"])
    audit.record(by, "routing.nuisance.lift", subject="nuisance", subject_id=row.id)


@action
def appeal_nuisance(*, text: str, by: Principal) -> None:
    """Let the one who is marked say why it is wrong; a leader reads it."""
    at = clock.now()
    rows = Nuisance.objects.select_for_update(no_key=True).filter(contact=by.key, lifted_at=None, until__gt=at)
    row = rows.order_by("level", "-until").first()
    if row is None or not text.strip():
        raise AppealImpossible
    row.appeal, row.appealed_at = text[:500], at
    row.save(update_fields=["appeal", "appealed_at"])
    audit.record(by, "routing.nuisance.appeal", subject="nuisance", subject_id=row.id)
