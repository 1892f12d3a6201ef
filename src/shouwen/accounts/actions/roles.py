"""Seat types: what they allow, and who holds which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import REGISTRY, require
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import (
    NobodyLeft,
    NotYourOwnSeat,
    RoleInUse,
    RoleNotFound,
    RoleTaken,
    SeatAboveYou,
    UnknownPermission,
    UnknownRole,
)
from ..events import AccessChanged, RoleChanged
from ..models import Role, Staff
from ..permissions import ASSIGN_ROLES, EDIT_ROLES, GIVE_ACCESS, MANAGE_STAFF
from .locks import locked_staff, one_change_of_access_at_a_time


@action
def sync_roles() -> None:
    """Give each seat type what the rooms declare for it and an administrator changed. Done by every migrate."""
    for row in Role.objects.select_for_update().order_by("id"):
        held = _allowed(row)
        if held != row.permissions:
            row.permissions = held
            row.save(update_fields=["permissions"])


@action
def open_role(*, code: str, zh: str, en: str, permissions: Iterable[str], by: Principal) -> str:
    """Make a seat type of our own."""
    require(by, EDIT_ROLES)
    granted = _known(permissions)
    row, made = Role.objects.get_or_create(
        code=code, defaults={"zh": zh, "en": en, "own": True, "granted": granted, "permissions": granted}
    )
    if not made:
        raise RoleTaken(role=code)
    audit.record(by, "accounts.role.open", subject="role", subject_id=row.pk, code=code, permissions=granted)
    return code


@action
def change_role(
    *,
    code: str,
    by: Principal,
    allow: Iterable[str] = (),
    deny: Iterable[str] = (),
    zh: str | None = None,
    en: str | None = None,
    second_factor: bool | None = None,
) -> None:
    """Allow some things and deny others to everybody with a seat type; effective with their next requests.

    What is sent is the change, not the whole list: two administrators at once both get theirs.
    """
    require(by, EDIT_ROLES)
    one_change_of_access_at_a_time()
    row = _locked(code)
    before = frozenset(row.permissions)
    wanted = (before | set(_known(allow))) - set(_known(deny))
    row.granted, row.withheld = rules.difference(wanted, _declared(row))
    row.permissions = _allowed(row)
    if row.own:
        row.zh, row.en = zh or row.zh, en or row.en
    row.second_factor = row.second_factor if second_factor is None else second_factor
    row.save(update_fields=["granted", "withheld", "permissions", "zh", "en", "second_factor"])
    after = frozenset(row.permissions)
    added, taken = sorted(after - before), sorted(before - after)
    somebody_gives_access(taken)
    told = {"code": code, "allow": added, "deny": taken, "second_factor": second_factor}
    audit.record(by, "accounts.role.update", subject="role", subject_id=row.pk, **told)
    _tell(row)


@action
def remove_role(*, code: str, by: Principal) -> None:
    """Remove a seat type of our own that nobody holds."""
    require(by, EDIT_ROLES)
    row = _locked(code)
    if not row.own or Staff.objects.filter(roles=row).exists():
        raise RoleInUse
    audit.record(by, "accounts.role.remove", subject="role", subject_id=row.pk, code=code, zh=row.zh)
    row.delete()


@action
def assign_roles(*, staff_id: int, roles: Sequence[str], by: Principal) -> None:
    """Give somebody his seat types; effective with his next request.

    A shift leader does this for others and for seats that give no access; who edits seat types does it for all.
    """
    require(by, ASSIGN_ROLES)
    one_change_of_access_at_a_time()
    row = locked_staff(staff_id, by)
    before, wanted = set(row.roles.all()), set(found_roles(roles))
    if not by.may(EDIT_ROLES):
        _refuse_leader(row, before ^ wanted, by)
    row.roles.set(wanted)
    somebody_gives_access(code for role in before - wanted for code in role.permissions)
    names = [sorted(role.code for role in held) for held in (before, wanted)]
    audit.record(by, "accounts.staff.assign", subject="staff", subject_id=row.pk, before=names[0], after=names[1])
    events.publish(AccessChanged(row.pk), audience=[f"staff:{row.pk}"], at=clock.now())


def _refuse_leader(row: Staff, changed: set[Role], by: Principal) -> None:
    if changed and row.pk == by.id:
        raise NotYourOwnSeat
    for role in sorted(changed, key=lambda one: one.code):
        if GIVE_ACCESS & set(role.permissions):
            raise SeatAboveYou(role=role.zh)


def found_roles(codes: Sequence[str]) -> list[Role]:
    """Return the seat types with these codes; refuse one that is not there."""
    found = {role.code: role for role in Role.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise UnknownRole(role=code)
    return list(found.values())


def somebody_gives_access(taken: Iterable[str]) -> None:
    """Refuse to take away what then nobody active would hold: to manage staff, or to edit seat types."""
    for permission in {MANAGE_STAFF, EDIT_ROLES} & set(taken):
        if not Staff.objects.filter(active=True, roles__permissions__contains=[permission]).exists():
            raise NobodyLeft


def _tell(row: Role) -> None:
    """Let the screens of everybody with this seat type begin anew."""
    holders = Staff.objects.filter(roles=row, active=True).values_list("id", flat=True)
    events.publish(RoleChanged(row.code), audience=[f"staff:{i}" for i in holders], at=clock.now())


def _locked(code: str) -> Role:
    row = Role.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise RoleNotFound(role=code)
    return row


def _known(permissions: Iterable[str]) -> list[str]:
    wanted = sorted(set(permissions))
    for code in wanted:
        if code not in REGISTRY:
            raise UnknownPermission(permission=code)
    return wanted


def _declared(row: Role) -> frozenset[str]:
    """Return what the rooms declare for a seat type; nothing for one of our own, even if a room takes its name."""
    return frozenset() if row.own else frozenset(c for c, entry in REGISTRY.items() if row.code in entry.default_for)


def _allowed(row: Role) -> list[str]:
    return rules.permissions(
        _declared(row), granted=frozenset(row.granted), withheld=frozenset(row.withheld), known=frozenset(REGISTRY)
    )
