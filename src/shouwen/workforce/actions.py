"""Planning somebody's time, and taking a plan back."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from shouwen.accounts import queries as accounts
from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .errors import ShiftInvalid, ShiftNotFound, ShiftOverlaps
from .events import RosterChanged
from .models import Shift
from .permissions import PLAN
from .rules import is_sound


@action
def plan(
    *, staff_id: int, activity: str, starts_at: datetime, ends_at: datetime, by: Principal, paid: bool = True
) -> int:
    """Plan a stretch of somebody's time; return its number."""
    require(by, PLAN)
    organisation_id = accounts.staff_card(staff_id).organisation_id
    if not by.sees(organisation_id):
        raise ShiftNotFound
    if not is_sound(activity, starts_at, ends_at):
        raise ShiftInvalid
    try:
        with transaction.atomic():
            row = Shift.objects.create(
                staff_id=staff_id,
                activity=activity,
                paid=paid,
                starts_at=starts_at,
                ends_at=ends_at,
                by_id=by.id if by.kind == "staff" else None,
            )
    except IntegrityError:
        raise ShiftOverlaps from None
    after = {"staff": staff_id, "starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
    audit.record(by, "workforce.plan", subject="shift", subject_id=row.id, activity=activity, paid=paid, after=after)
    _tell(staff_id, organisation_id)
    return row.id


@action
def remove(*, shift_id: int, by: Principal) -> None:
    """Take a plan back; what it said stays in the audit trail."""
    require(by, PLAN)
    row = Shift.objects.select_for_update(of=("self",)).filter(id=shift_id).first()
    if row is None:
        raise ShiftNotFound
    organisation_id = accounts.staff_card(row.staff_id).organisation_id
    if not by.sees(organisation_id):
        raise ShiftNotFound
    before = {"staff": row.staff_id, "starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()}
    audit.record(by, "workforce.remove", subject="shift", subject_id=shift_id, activity=row.activity, before=before)
    row.delete()
    _tell(row.staff_id, organisation_id)


def _tell(staff_id: int, organisation_id: int) -> None:
    audience = [f"board:{organisation_id}", f"staff:{staff_id}"]
    events.publish(RosterChanged(staff_id), audience=audience, at=clock.now())
