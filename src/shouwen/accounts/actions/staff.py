"""Joining, changing, leaving."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import connection

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import (
    CoverNeeded,
    NotYourself,
    NumberTaken,
    StaffNotFound,
    UnknownOrganisation,
    UnknownRole,
    WeakPassword,
)
from ..events import AccessChanged, StaffDeactivated, StaffRegistered
from ..models import Organisation, Role, Staff
from ..permissions import ASSIGN_ROLES, MANAGE_STAFF


@action
def register(
    *,
    number: str,
    name: str,
    password: str,
    organisation_id: int,
    roles: Sequence[str],
    by: Principal,
    email: str = "",
    business: str = "",
) -> int:
    """Add a member of staff."""
    require(by, MANAGE_STAFF)
    require(by, ASSIGN_ROLES)
    return create_staff(
        number=number,
        name=name,
        password=password,
        organisation_id=organisation_id,
        roles=roles,
        by=by,
        email=email,
        business=business,
    )


def create_staff(
    *,
    number: str,
    name: str,
    password: str,
    organisation_id: int,
    roles: Sequence[str],
    by: Principal,
    email: str = "",
    business: str = "",
) -> int:
    """Write the new member of staff once the permission is settled; inside the calling action."""
    if not rules.is_strong(password, number):
        raise WeakPassword
    _refuse_foreign(organisation_id, by)
    row, made = Staff.objects.get_or_create(
        number=number,
        defaults={
            "name": name,
            "organisation_id": organisation_id,
            "email": email,
            "business": business,
            "password": make_password(password),
        },
    )
    if not made:
        raise NumberTaken(number=number)
    row.roles.set(_roles(roles))
    audit.record(by, "accounts.staff.open", subject="staff", subject_id=row.id, number=number, roles=list(roles))
    events.publish(StaffRegistered(row.id, number), audience=[f"org:{organisation_id}"], at=clock.now())
    return row.id


@action
def update(
    *,
    staff_id: int,
    by: Principal,
    name: str | None = None,
    email: str | None = None,
    roles: Sequence[str] | None = None,
    organisation_id: int | None = None,
) -> None:
    """Change somebody's data or seat types; effective with his next request."""
    require(by, MANAGE_STAFF)
    row = _locked(staff_id, by)
    before = {"name": row.name, "email": row.email, "organisation_id": row.organisation_id}
    if organisation_id is not None:
        _refuse_foreign(organisation_id, by)
    row.name = name if name is not None else row.name
    row.email = email if email is not None else row.email
    row.organisation_id = organisation_id if organisation_id is not None else row.organisation_id
    row.save(update_fields=["name", "email", "organisation_id"])
    if roles is not None:
        require(by, ASSIGN_ROLES)
        row.roles.set(_roles(roles))
    after = {"name": row.name, "email": row.email, "organisation_id": row.organisation_id, "roles": roles}
    audit.record(by, "accounts.staff.update", subject="staff", subject_id=row.id, before=before, after=after)
    events.publish(AccessChanged(row.id), audience=[f"staff:{row.id}"], at=clock.now())


@action
def deactivate(*, staff_id: int, covered_by: int, by: Principal) -> None:
    """Let somebody go; what he owns, and what he covered for others, is answered for by an active colleague."""
    require(by, MANAGE_STAFF)
    if staff_id == by.id:
        raise NotYourself
    _one_change_of_cover_at_a_time()
    row = _locked(staff_id, by)
    cover = Staff.objects.filter(id=covered_by, active=True).exclude(id=staff_id).first()
    if cover is None:
        raise CoverNeeded
    row.active, row.covered_by = False, cover
    row.save(update_fields=["active", "covered_by"])
    Staff.objects.filter(covered_by=row).update(covered_by=cover)
    audit.record(by, "accounts.staff.deactivate", subject="staff", subject_id=row.id, covered_by=covered_by)
    at = clock.now()
    events.publish(StaffDeactivated(row.id, covered_by), audience=[f"staff:{covered_by}"], at=at)
    events.publish(AccessChanged(row.id), audience=[f"staff:{row.id}"], at=at)


@action
def activate(*, staff_id: int, by: Principal) -> None:
    """Let somebody work again."""
    require(by, MANAGE_STAFF)
    _one_change_of_cover_at_a_time()
    row = _locked(staff_id, by)
    row.active, row.covered_by = True, None
    row.save(update_fields=["active", "covered_by"])
    audit.record(by, "accounts.staff.activate", subject="staff", subject_id=row.id)


@action
def set_preferences(*, by: Principal, language: str | None = None, theme: str | None = None) -> None:
    """Keep how somebody likes his screens."""
    changes = {k: v for k, v in {"language": language, "theme": theme}.items() if v is not None}
    if changes:
        Staff.objects.filter(id=by.id).update(**changes)


def _refuse_foreign(organisation_id: int, by: Principal) -> None:
    if not Organisation.objects.filter(id=organisation_id).exists() or not by.sees(organisation_id):
        raise UnknownOrganisation


def _one_change_of_cover_at_a_time() -> None:
    """Covers form chains of several people: two changes that touch the same ones in another order wait here."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('accounts.cover'))")


def _locked(staff_id: int, by: Principal) -> Staff:
    row = Staff.objects.select_for_update(no_key=True).filter(id=staff_id).first()
    if row is None or not by.sees(row.organisation_id):
        raise StaffNotFound(number=staff_id)
    return row


def _roles(codes: Sequence[str]) -> list[Role]:
    found = {role.code: role for role in Role.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise UnknownRole(role=code)
    return list(found.values())
