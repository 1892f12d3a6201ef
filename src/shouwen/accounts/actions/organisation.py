"""The organisation and the first administrator."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.models import AuditRow
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from ..errors import OrganisationInvalid, SetUpRefused, UnknownOrganisation
from ..models import Organisation, Staff
from ..permissions import MANAGE_STAFF
from .staff import create_staff

_BELOW = {"group": "province", "province": "city", "city": "team"}


@action
def add_organisation(*, name: str, parent_id: int | None, by: Principal) -> int:
    """Add a unit below another: a province to the group, a city to a province, a team to a city."""
    require(by, MANAGE_STAFF)
    parent = Organisation.objects.select_for_update().filter(id=parent_id).first() if parent_id else None
    if parent_id and (parent is None or parent.level not in _BELOW or not by.sees(parent.id)):
        raise UnknownOrganisation
    level = _BELOW[parent.level] if parent else "group"
    row, made = Organisation.objects.get_or_create(name=name, parent=parent, defaults={"level": level})
    if not made:
        raise OrganisationInvalid(name=name)
    row.path = [*(parent.path if parent else []), row.id]
    row.save(update_fields=["path"])
    audit.record(by, "accounts.organisation.open", subject="organisation", subject_id=row.id, name=name)
    return row.id


@action
def open_path(*, names: Sequence[str], by: Principal) -> int:
    """Add what of province, city and team is not there yet, and return the last; the audit trail says what it added."""
    require(by, MANAGE_STAFF)
    at, opened = Organisation.objects.get(level="group").id, []
    for name in names:
        there = Organisation.objects.filter(parent_id=at, name=name).values_list("id", flat=True).first()
        at = there or add_organisation(name=name, parent_id=at, by=by)
        opened += [] if there else [at]
    if opened:
        audit.record(by, "accounts.organisation.path", subject="organisation", subject_id=at, opened=opened)
    return at


@action
def take_back_path(*, organisation_id: int, by: Principal) -> None:
    """Remove a unit that was added by mistake with those opened for it; one that somebody works in stays."""
    require(by, MANAGE_STAFF)
    if not by.sees(organisation_id):
        raise UnknownOrganisation
    traces = AuditRow.objects.filter(
        verb="accounts.organisation.path", subject="organisation", subject_id=organisation_id
    )
    opened = traces.order_by("-id").values_list("details__opened", flat=True).first() or []
    for one in reversed(opened):
        Organisation.objects.filter(id=one).delete()
        audit.record(by, "accounts.organisation.take-back", subject="organisation", subject_id=one)


@action
def rename_organisation(*, organisation_id: int, name: str, by: Principal) -> None:
    """Call a unit something else."""
    require(by, MANAGE_STAFF)
    row = Organisation.objects.select_for_update().filter(id=organisation_id).first()
    if row is None or not by.sees(row.id):
        raise UnknownOrganisation
    if Organisation.objects.filter(parent_id=row.parent_id, name=name).exclude(id=row.id).exists():
        raise OrganisationInvalid(name=name)
    audit.record(
        by, "accounts.organisation.update", subject="organisation", subject_id=row.id, before=row.name, after=name
    )
    row.name = name
    row.save(update_fields=["name"])


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
