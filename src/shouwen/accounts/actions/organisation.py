"""The organisation, the seat types, and the first administrator."""

from __future__ import annotations

from django.db import connection

from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.permissions import REGISTRY, require
from shouwen.kit.principals import SYSTEM, Principal

from ..errors import SetUpRefused, UnknownOrganisation
from ..models import Organisation, Role, Staff
from ..permissions import MANAGE_STAFF
from .staff import create_staff

_BELOW = {"group": "province", "province": "city"}


@action
def sync_roles() -> None:
    """Give each seat type the permissions that the rooms declare for it. Done by every migrate."""
    for role in Role.objects.select_for_update().order_by("id"):
        held = sorted(code for code, entry in REGISTRY.items() if role.code in entry.default_for)
        if held != role.permissions:
            role.permissions = held
            role.save(update_fields=["permissions"])


@action
def add_organisation(*, name: str, parent_id: int | None, by: Principal) -> int:
    """Add a unit below another: a province to the group, a city to a province."""
    require(by, MANAGE_STAFF)
    parent = Organisation.objects.select_for_update().filter(id=parent_id).first() if parent_id else None
    if parent_id and (parent is None or parent.level not in _BELOW or not by.sees(parent.id)):
        raise UnknownOrganisation
    level = _BELOW[parent.level] if parent else "group"
    row = Organisation.objects.create(name=name, parent=parent, level=level)
    row.path = [*(parent.path if parent else []), row.id]
    row.save(update_fields=["path"])
    audit.record(by, "accounts.organisation.open", subject="organisation", subject_id=row.id, name=name)
    return row.id


@action
def set_up(*, organisation: str, number: str, name: str, password: str) -> int:
    """Make the organisation and its administrator where nobody works yet; two at once: one is refused."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('accounts.set_up'))")
    if Staff.objects.exists():
        raise SetUpRefused
    organisation_id = add_organisation(name=organisation, parent_id=None, by=SYSTEM)
    return create_staff(
        number=number,
        name=name,
        password=password,
        organisation_id=organisation_id,
        roles=["system_management"],
        by=SYSTEM,
    )
