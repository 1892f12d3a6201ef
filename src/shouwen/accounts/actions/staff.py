"""Joining, changing, leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib.auth.hashers import make_password

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import queries, rules
from ..errors import (
    CoverNeeded,
    NotYourself,
    NumberTaken,
    ScopeTooNarrow,
    ScopeTooWide,
    UnknownOrganisation,
    UnknownTimeZone,
)
from ..events import AccessChanged, StaffDeactivated, StaffRegistered
from ..models import Organisation, Staff
from ..permissions import ASSIGN_ROLES, MANAGE_STAFF
from .locks import locked_staff, one_change_of_access_at_a_time
from .passwords import put_password, refuse_weak
from .roles import assign_roles, found_roles, somebody_gives_access
from .substitutes import hand_substitutions_on


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
    scope: str = "",
    temporary: bool = False,
) -> int:
    """Add a member of staff; a temporary password is changed at the first sign-in."""
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
        scope=scope,
        temporary=temporary,
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
    scope: str = "",
    temporary: bool = False,
) -> int:
    """Write the new member of staff once the permission is settled; inside the calling action."""
    refuse_weak(password, number=number, name=name)
    _refuse_foreign(organisation_id, by)
    given = {"name": name, "organisation_id": organisation_id, "email": email, "business": business, "scope": scope}
    row, made = Staff.objects.get_or_create(number=number, defaults=given)
    if not made:
        raise NumberTaken(number=number)
    put_password(row, make_password(password), due=temporary)
    row.roles.set(found_roles(roles))
    _refuse_scope(row, by)
    told = {"number": number, "roles": list(roles), "scope": scope}
    audit.record(by, "accounts.staff.open", subject="staff", subject_id=row.id, **told)
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
    scope: str | None = None,
    business: str | None = None,
) -> None:
    """Change somebody's data, seat types or data scope; effective with his next request."""
    require(by, MANAGE_STAFF)
    row = locked_staff(staff_id, by)
    if organisation_id is not None:
        _refuse_foreign(organisation_id, by)
    given = {"name": name, "email": email, "organisation_id": organisation_id, "scope": scope, "business": business}
    changes = {field: value for field, value in given.items() if value is not None}
    before = {field: getattr(row, field) for field in changes}
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=list(changes))
    if roles is not None:
        assign_roles(staff_id=staff_id, roles=roles, by=by)
    row.refresh_from_db()
    if {"organisation_id", "scope"} & changes.keys():
        _refuse_scope(row, by)
    audit.record(by, "accounts.staff.update", subject="staff", subject_id=row.id, before=before, after=changes)
    events.publish(AccessChanged(row.id), audience=[f"staff:{row.id}"], at=clock.now())


def _refuse_scope(row: Staff, by: Principal) -> None:
    """Refuse a data scope that has no unit to stand for, or is wider than that of who gives it."""
    path = queries.organisation_path(row.organisation_id)
    if not rules.stands(len(path), row.scope):
        raise ScopeTooNarrow
    codes = frozenset(row.roles.values_list("code", flat=True))
    if not rules.encloses(by.organisations, queries.scope_of(path, row.scope, codes)):
        raise ScopeTooWide


@action
def take_back(*, staff_id: int, by: Principal) -> None:
    """Remove somebody who was added by mistake and has not worked yet; whoever is named anywhere stays."""
    require(by, MANAGE_STAFF)
    if staff_id == by.id:
        raise NotYourself
    row = locked_staff(staff_id, by)
    row.delete()
    audit.record(by, "accounts.staff.take-back", subject="staff", subject_id=staff_id, number=row.number)


@action
def deactivate(*, staff_id: int, covered_by: int, by: Principal) -> None:
    """Let somebody go; what he owns, and what he covered for others, is answered for by an active colleague."""
    require(by, MANAGE_STAFF)
    if staff_id == by.id:
        raise NotYourself
    one_change_of_access_at_a_time()
    row = locked_staff(staff_id, by)
    cover = Staff.objects.filter(id=covered_by, active=True).exclude(id=staff_id).first()
    if cover is None:
        raise CoverNeeded
    row.active, row.covered_by = False, cover
    row.save(update_fields=["active", "covered_by"])
    somebody_gives_access(code for role in row.roles.all() for code in role.permissions)
    Staff.objects.filter(covered_by=row).update(covered_by=cover)
    hand_substitutions_on(row, cover, clock.now().astimezone(BEIJING).date())
    audit.record(by, "accounts.staff.deactivate", subject="staff", subject_id=row.id, covered_by=covered_by)
    at = clock.now()
    events.publish(StaffDeactivated(row.id, covered_by), audience=[f"staff:{covered_by}"], at=at)
    events.publish(AccessChanged(row.id), audience=[f"staff:{row.id}"], at=at)


@action
def activate(*, staff_id: int, by: Principal) -> None:
    """Let somebody work again."""
    require(by, MANAGE_STAFF)
    one_change_of_access_at_a_time()
    row = locked_staff(staff_id, by)
    row.active, row.covered_by = True, None
    row.save(update_fields=["active", "covered_by"])
    audit.record(by, "accounts.staff.activate", subject="staff", subject_id=row.id)


@action
def set_preferences(
    *,
    by: Principal,
    language: str | None = None,
    theme: str | None = None,
    time_zone: str | None = None,
    keys: Mapping[str, str] | None = None,
) -> None:
    """Keep how somebody likes his screens; an empty time zone goes by the operator's, an empty key is as usual.

    Of the keys only those named change, so that two of his windows do not undo each other.
    """
    if time_zone and not rules.is_time_zone(time_zone):
        raise UnknownTimeZone(zone=time_zone)
    kept = Staff.objects.select_for_update(no_key=True).get(id=by.id).keys if keys else {}
    merged = rules.with_keys(kept, keys) if keys else None
    given = {"language": language, "theme": theme, "time_zone": time_zone, "keys": merged}
    changes = {name: value for name, value in given.items() if value is not None}
    if changes:
        Staff.objects.filter(id=by.id).update(**changes)


def _refuse_foreign(organisation_id: int, by: Principal) -> None:
    if not Organisation.objects.filter(id=organisation_id).exists() or not by.sees(organisation_id):
        raise UnknownOrganisation
