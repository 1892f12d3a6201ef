"""Somebody who is away names who decides in his place; or his leader does."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import approvals, audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import queries, rules
from ..errors import (
    AwayAlready,
    DaysInvalid,
    StandsInThen,
    SubstituteAway,
    SubstituteCannot,
    SubstituteUnknown,
    SubstitutionNotFound,
    SubstitutionReasonNeeded,
)
from ..events import SubstituteNamed, SubstitutionEnded
from ..models import Staff, Substitution
from ..permissions import NAME_SUBSTITUTES
from .locks import locked_staff, one_change_of_access_at_a_time


@action
def name_substitute(
    *, staff_id: int, substitute_id: int, first_day: date, last_day: date, reason: str, by: Principal
) -> int:
    """Let a colleague decide approvals in somebody's place on some days; return the substitution's number.

    Who is away says so himself, or his leader does. Nobody stands in on days on which he is away himself, or the
    third would decide for the first.
    """
    if staff_id != by.id:
        require(by, NAME_SUBSTITUTES)
    at = clock.now()
    if not rules.are_days_of_leave(first_day, last_day, at.astimezone(BEIJING).date()):
        raise DaysInvalid(most=rules.LONGEST_LEAVE_DAYS)
    if not reason.strip():
        raise SubstitutionReasonNeeded
    one_change_of_access_at_a_time()
    row = Staff.objects.get(id=staff_id) if staff_id == by.id else locked_staff(staff_id, by)
    other = _able(row, substitute_id)
    _refuse_two_away(row, other, first_day, last_day)
    made = Substitution.objects.create(
        staff=row,
        substitute=other,
        first_day=first_day,
        last_day=last_day,
        reason=reason.strip(),
        placed_by=by.key,
        placed_by_name=by.name,
        placed_at=at,
    )
    days = {"first_day": str(first_day), "last_day": str(last_day)}
    audit.record(by, "accounts.substitute.name", subject="staff", subject_id=row.pk, substitute=other.pk, **days)
    fact = SubstituteNamed(made.pk, row.pk, other.pk, days["first_day"], days["last_day"])
    events.publish(fact, audience=[f"staff:{row.pk}", f"staff:{other.pk}"], at=at)
    return made.pk


@action
def end_substitution(*, substitution_id: int, by: Principal) -> None:
    """Take a substitution back, or end it today: who was away is there again."""
    row = Substitution.objects.select_for_update().filter(id=substitution_id, ended_at=None).first()
    if row is None or not _may_end(row, by):
        raise SubstitutionNotFound
    at = clock.now()
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(by, "accounts.substitute.end", subject="staff", subject_id=row.staff_id, substitute=row.substitute_id)
    fact = SubstitutionEnded(row.pk, row.staff_id, row.substitute_id)
    events.publish(fact, audience=[f"staff:{row.staff_id}", f"staff:{row.substitute_id}"], at=at)


def _may_end(row: Substitution, by: Principal) -> bool:
    if row.staff_id == by.id:
        return True
    away = Staff.objects.values_list("organisation_id", flat=True).get(id=row.staff_id)
    return by.may(NAME_SUBSTITUTES) and by.sees(away)


def _able(row: Staff, substitute_id: int) -> Staff:
    """Return a colleague who could decide what waits for somebody: he has the right, and sees his unit's matters."""
    other = Staff.objects.filter(id=substitute_id, active=True).exclude(id=row.pk).first()
    if other is None:
        raise SubstituteUnknown
    away, there = queries.principal_of(row.pk), queries.principal_of(other.pk)
    missing = [
        kind for kind in approvals.KINDS.values() if away.may(kind.permission) and not there.may(kind.permission)
    ]
    if missing:
        raise SubstituteCannot(name=other.name, what="、".join(k.zh for k in missing), what_en=missing[0].en)
    if not there.sees(row.organisation_id):
        raise SubstituteCannot(name=other.name, what="本单位的审批", what_en="requests of this unit")
    return other


def _refuse_two_away(row: Staff, other: Staff, first_day: date, last_day: date) -> None:
    """Refuse when one of the two is away already on these days, or is himself counted on."""
    then = Substitution.objects.filter(ended_at=None, first_day__lte=last_day, last_day__gte=first_day)
    found = then.filter(Q(staff__in=[row, other]) | Q(substitute=row)).select_related("staff").first()
    if found is None:
        return
    days = {"first": str(found.first_day), "last": str(found.last_day)}
    if found.staff_id == row.pk:
        raise AwayAlready(**days)
    if found.staff_id == other.pk:
        raise SubstituteAway(name=other.name, **days)
    raise StandsInThen(name=found.staff.name, **days)


def hand_substitutions_on(row: Staff, cover: Staff, on: date) -> None:
    """Somebody leaves for good: who covers him stands in where he was to, or nobody does for himself."""
    ahead = Substitution.objects.filter(ended_at=None, last_day__gte=on)
    ahead.filter(Q(staff=row) | Q(staff=cover, substitute=row)).update(ended_at=clock.now())
    ahead.filter(substitute=row).update(substitute=cover)
