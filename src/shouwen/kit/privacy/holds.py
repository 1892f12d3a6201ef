"""Legal holds: what a court, a regulator or a dispute needs is not erased, whatever its age. A hold beats deletion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.models import LegalHold
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import permissions
from .errors import HoldNotFound, HoldRefused

REASON_MIN = 4
CONTACT = "conversation"
"""A hold may keep one contact with all that belongs to it, whether or not we know whose it is."""


@dataclass(frozen=True)
class HoldView:
    """A hold that counts now."""

    id: int
    reason: str
    placed_at: datetime
    until: datetime | None


@action
def place_hold(*, by: Principal, person: str, person_id: int, reason: str, until: datetime | None = None) -> int:
    """Keep everything about a person, or of a contact, until a date, or until the hold is lifted."""
    require(by, permissions.HOLD)
    at = clock.now()
    if len(reason.strip()) < REASON_MIN or (until is not None and until <= at):
        raise HoldRefused
    row = LegalHold.objects.create(
        person=person, person_id=person_id, reason=reason.strip(), placed_by=by.key, placed_at=at, until=until
    )
    audit.record(by, "privacy.hold", subject=person, subject_id=person_id, hold=row.pk, reason=row.reason, until=until)
    return row.pk


@action
def lift_hold(*, by: Principal, hold_id: int, reason: str) -> None:
    """Let a hold go, for a reason."""
    require(by, permissions.HOLD)
    row = LegalHold.objects.select_for_update().filter(id=hold_id, lifted_at=None).first()
    if row is None:
        raise HoldNotFound
    if len(reason.strip()) < REASON_MIN:
        raise HoldRefused
    row.lifted_at, row.lifted_by = clock.now(), by.key
    row.save(update_fields=["lifted_at", "lifted_by"])
    audit.record(by, "privacy.lift_hold", subject=row.person, subject_id=row.person_id, hold=row.pk, reason=reason)


def standing(at: datetime) -> Q:
    """Return the condition of a hold that counts at an instant."""
    return Q(lifted_at=None) & (Q(until=None) | Q(until__gt=at))


def is_held(person: str, person_id: int, at: datetime) -> bool:
    """Tell whether anything about a person must stay."""
    return LegalHold.objects.filter(standing(at), person=person, person_id=person_id).exists()


def hold_on(person: str, person_id: int, at: datetime) -> HoldView | None:
    """Return the newest hold that counts on a person or a contact."""
    rows = LegalHold.objects.filter(standing(at), person=person, person_id=person_id).order_by("-id")
    found = rows.values_list("id", "reason", "placed_at", "until").first()
    return HoldView(*found) if found else None
