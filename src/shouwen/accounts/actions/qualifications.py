"""Qualifications: given, prolonged, withdrawn, and warned of before they end."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, Q

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import KindTaken, QualificationNotFound, UnknownKind
from ..events import QualificationExpiring
from ..models import Qualification, QualificationKind
from ..permissions import MANAGE_QUALIFICATIONS
from .locks import locked_staff


@action
def open_kind(*, code: str, zh: str, en: str, by: Principal) -> str:
    """Name something that one may be qualified for."""
    require(by, MANAGE_QUALIFICATIONS)
    row, made = QualificationKind.objects.get_or_create(code=code, defaults={"zh": zh, "en": en})
    if not made:
        raise KindTaken(kind=code)
    audit.record(by, "accounts.qualification-kind.open", subject="qualification-kind", subject_id=row.pk, code=code)
    return code


@action
def qualify(*, staff_id: int, kind: str, level: int, valid_until: date | None, by: Principal) -> None:
    """Note what somebody is qualified for, or change level and date."""
    require(by, MANAGE_QUALIFICATIONS)
    row = locked_staff(staff_id, by)
    found = QualificationKind.objects.filter(code=kind).first()
    if found is None:
        raise UnknownKind(kind=kind)
    given = {"level": level, "valid_until": valid_until}
    Qualification.objects.update_or_create(staff=row, kind=found, defaults=given)
    audit.record(by, "accounts.qualification.set", subject="staff", subject_id=row.pk, kind=kind, **given)


@action
def disqualify(*, staff_id: int, kind: str, by: Principal) -> None:
    """Take a qualification away."""
    require(by, MANAGE_QUALIFICATIONS)
    row = locked_staff(staff_id, by)
    if not Qualification.objects.filter(staff=row, kind__code=kind).delete()[0]:
        raise QualificationNotFound
    audit.record(by, "accounts.qualification.withdraw", subject="staff", subject_id=row.pk, kind=kind)


@action
def warn_of_endings(*, at: datetime) -> int:
    """Tell, once for each date, whose qualification ends within the month; return how many were told."""
    today = at.astimezone(BEIJING).date()
    told = Q(warned_for=F("valid_until"))
    due = Qualification.objects.filter(valid_until__lte=today + rules.WARN_BEFORE, staff__active=True).exclude(told)
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("kind")[:500])
    for row in rows:
        row.warned_for = row.valid_until
        fact = QualificationExpiring(row.pk, row.staff_id, row.kind.zh, row.kind.en, str(row.valid_until))
        events.publish(fact, audience=[f"staff:{row.staff_id}"], at=clock.now())
    Qualification.objects.bulk_update(rows, ["warned_for"])
    return len(rows)
