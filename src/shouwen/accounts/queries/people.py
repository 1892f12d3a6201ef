"""Who works here, where he belongs, and how far he sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from shouwen.kit.permissions import require
from shouwen.kit.prepared import Prepared
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import StaffNotFound
from ..models import Organisation, Staff
from ..permissions import VIEW_STAFF


@dataclass(frozen=True)
class StaffCard:
    """What colleagues and screens need to know of somebody."""

    id: int
    number: str
    name: str
    organisation_id: int
    organisation_name: str
    active: bool


@dataclass(frozen=True)
class Self:
    """What somebody's own screens need: who he is, what he may do, how he likes it."""

    id: int
    number: str
    name: str
    organisation_id: int
    organisation_name: str
    roles: list[str]
    permissions: list[str]
    language: str
    theme: str
    time_zone: str
    keys: dict[str, str]
    business: str


_CARD = ("id", "number", "name", "organisation_id", "organisation__name", "active")
_UNIT = ("organisation_id", "organisation__path", "organisation__level", "organisation__parent_id")
_ACTING = ("id", "name", "scope", "business", *_UNIT)
_WHO = Prepared(lambda staff: Staff.objects.filter(id=staff, active=True).values_list(*_ACTING))
_HELD = Prepared(
    lambda staff: Staff.roles.through.objects.filter(staff=staff).values_list("role__code", "role__permissions")
)
_BELOW = Prepared(lambda path: Organisation.objects.filter(path__contains=path).values_list("id"))
_PATH = Prepared(lambda unit: Organisation.objects.filter(id=unit).values_list("path"))
_CARDS = Prepared(lambda ids: Staff.objects.filter(id__any=ids).values_list(*_CARD))


def staff_cards(ids: Iterable[int]) -> dict[int, StaffCard]:
    """Return the cards of several members of staff by id."""
    wanted = list(set(ids))
    return {row[0]: StaffCard(*row) for row in _CARDS(ids=wanted)} if wanted else {}


def staff_card(staff_id: int) -> StaffCard:
    """Return one card; refuse when there is no such person."""
    found = _CARDS(ids=[staff_id])
    if not found:
        raise StaffNotFound(number=staff_id)
    return StaffCard(*found[0])


def staff_numbers(numbers: Iterable[str]) -> dict[str, StaffCard]:
    """Return the cards of those in service who have one of some numbers, by number."""
    rows = Staff.objects.filter(number__in=set(numbers), active=True).values_list(*_CARD)
    return {card.number: card for card in (StaffCard(*row) for row in rows)}


def find_staff(number: str) -> StaffCard:
    """Return the card of the member of staff with a number."""
    row = Staff.objects.filter(number=number).values_list(*_CARD).first()
    if row is None:
        raise StaffNotFound(number=number)
    return StaffCard(*row)


def principal_of(staff_id: int) -> Principal:
    """Return the principal in whose name an active member of staff acts."""
    found = _WHO(staff=staff_id)
    if not found:
        raise StaffNotFound(number=staff_id)
    key, name, scope, business, organisation_id, path, level, above = found[0]
    roles = _HELD(staff=staff_id)
    codes = frozenset(code for code, _ in roles)
    return Principal(
        kind="staff",
        id=key,
        name=name,
        permissions=frozenset(p for _, held in roles for p in held),
        organisations=scope_of(path, scope, codes),
        business=business if codes == {"specialist"} else "",
        unit=above if level == "team" else organisation_id,
        roles=codes,
    )


def scope_of(path: Sequence[int], scope: str, role_codes: frozenset[str]) -> frozenset[int] | None:
    """Return the organisations somebody may see from where he belongs; None is all, none is his own matters only."""
    if scope == "own":
        return frozenset()
    top = rules.anchor(path, scope, sees_all="system_management" in role_codes)
    if top is None:
        return None
    return frozenset(key for (key,) in _BELOW(path=[top]))


def self_of(staff_id: int) -> Self:
    """Return what somebody's own screens need."""
    row = Staff.objects.select_related("organisation").get(id=staff_id)
    by = principal_of(staff_id)
    return Self(
        id=row.id,
        number=row.number,
        name=row.name,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name,
        roles=sorted(row.roles.values_list("code", flat=True)),
        permissions=sorted(by.permissions),
        language=row.language,
        theme=row.theme,
        time_zone=row.time_zone,
        keys=row.keys,
        business=row.business,
    )


def present(staff_ids: Iterable[int]) -> set[int]:
    """Return who is there for each of these: himself while he is active, else the active colleague who covers him."""
    wanted = set(staff_ids)
    active = set(Staff.objects.filter(id__in=wanted, active=True).values_list("id", flat=True))
    covers = Staff.objects.filter(id__in=wanted - active, covered_by__active=True)
    return active | {cover for cover in covers.values_list("covered_by_id", flat=True) if cover is not None}


def holders(role: str, organisation_id: int | None) -> set[int]:
    """Return the active staff of a seat type in a unit; where it has none, those of the nearest unit above."""
    rows = Staff.objects.filter(active=True, roles__code=role)
    if organisation_id is None:
        return set(rows.values_list("id", flat=True))
    held: dict[int, set[int]] = {}
    for staff_id, unit in rows.values_list("id", "organisation_id"):
        held.setdefault(unit, set()).add(staff_id)
    return next((held[unit] for unit in reversed(organisation_path(organisation_id)) if unit in held), set())


def unanswerable(staff_ids: Iterable[int]) -> set[int]:
    """Return those who are neither active nor covered by somebody active."""
    wanted = set(staff_ids)
    there = Staff.objects.filter(Q(active=True) | Q(covered_by__active=True), id__in=wanted)
    return wanted - set(there.values_list("id", flat=True))


def audience_of(by: Principal) -> frozenset[str]:
    """Return the live audiences a member of staff belongs to by person and organisation."""
    rows = Organisation.objects.values_list("id", flat=True)
    seen = {i for i in rows if by.permissions and by.sees(i)}
    return frozenset({by.key, *(f"org:{i}" for i in seen)})


def organisation_path(organisation_id: int) -> list[int]:
    """Return the ids from the group down to an organisation; raises DoesNotExist."""
    found = _PATH(unit=organisation_id)
    if not found:
        raise Organisation.DoesNotExist
    return list(found[0][0])


def organisations(by: Principal) -> list[dict[str, object]]:
    """Return the organisations in the data scope, parents first."""
    require(by, VIEW_STAFF)
    rows = Organisation.objects.order_by("path").values("id", "parent_id", "level", "name")
    return [dict(row) for row in rows if by.sees(row["id"])]


def organisation_names(by: Principal) -> dict[str, int]:
    """Return the organisations in the data scope by what they are called."""
    return {name: i for i, name in Organisation.objects.values_list("id", "name") if by.sees(i)}


def organisation(organisation_id: int) -> dict[str, Any]:
    """Return one unit that is there."""
    return dict(Organisation.objects.values("id", "parent_id", "level", "name").get(id=organisation_id))


def operator_name() -> str:
    """Return what the operator is called: the name of the group."""
    return Organisation.objects.filter(level="group").values_list("name", flat=True).first() or ""


def staff_exists() -> bool:
    """Tell whether anybody works here yet."""
    return Staff.objects.exists()
