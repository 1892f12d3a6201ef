"""Staff."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Func, Q, QuerySet, TextField
from django.http import HttpRequest
from ninja import Router

from shouwen.kit.api import Page, command, page_of, principal
from shouwen.kit.permissions import require

from .. import actions
from ..errors import CoverNeeded
from ..models import Staff
from ..permissions import VIEW_STAFF
from .schemas import StaffIn, StaffOut, StaffPatchIn, StaffRolesIn

staff_router = Router(tags=["staff"])
_COLUMNS = ("id", "number", "name", "organisation_id", "organisation__name", "email", "business", "scope", "active")
Sort = Literal["number", "-number", "name", "-name", "organisation", "-organisation", "active", "-active"]
ORDERS: dict[Sort, tuple[str, ...]] = {
    "number": ("number", "id"),
    "-number": ("-number", "-id"),
    "name": ("reading", "id"),
    "-name": ("-reading", "-id"),
    "organisation": ("organisation__name", "number", "id"),
    "-organisation": ("-organisation__name", "number", "id"),
    "active": ("active", "number", "id"),
    "-active": ("-active", "number", "id"),
}
# GB 18030 begins with its common characters in the order of their pinyin
READING = Func("name", template="encode(convert_to(%(expressions)s, 'GB18030'), 'hex')", output_field=TextField())


@staff_router.get("/staff", operation_id="listStaff", response=Page[StaffOut])
def list_staff(
    request: HttpRequest,
    *,
    q: str = "",
    active: bool | None = None,
    role: str = "",
    sort: Sort = "number",
    cursor: str = "",
    limit: int = 50,
) -> Page[StaffOut]:
    """List staff in the data scope; `q` finds in number and name, `role` those with a seat type."""
    by = principal(request)
    require(by, VIEW_STAFF)
    rows = Staff.objects.filter(Q(number__icontains=q) | Q(name__icontains=q))
    if by.organisations is not None:
        rows = rows.filter(organisation_id__in=by.organisations)
    if active is not None:
        rows = rows.filter(active=active)
    if role:
        rows = rows.filter(roles__code=role)
    page = page_of(_ranked(rows, sort), order=ORDERS[sort], cursor=cursor, limit=limit, shape=dict)
    held = _roles_of([row["id"] for row in page.items])
    return Page[StaffOut](items=[_shape(row, held) for row in page.items], next=page.next)


@staff_router.post("/staff", operation_id="registerStaff", response={201: StaffOut})
@command(status=201)
def register_staff(request: HttpRequest, body: StaffIn) -> StaffOut:
    """Add a member of staff."""
    return _one(actions.register(**body.model_dump(), by=principal(request)))


@staff_router.patch("/staff/{staff_id}", operation_id="updateStaff", response=StaffOut)
@command()
def update_staff(request: HttpRequest, staff_id: int, body: StaffPatchIn) -> StaffOut:
    """Change, deactivate (naming who covers) or reactivate a member of staff."""
    by = principal(request)
    if body.active is False:
        if body.covered_by is None:
            raise CoverNeeded
        actions.deactivate(staff_id=staff_id, covered_by=body.covered_by, by=by)
    elif body.active:
        actions.activate(staff_id=staff_id, by=by)
    changes = body.model_dump(exclude={"active", "covered_by"}, exclude_unset=True)
    if changes or body.active is None:
        actions.update(staff_id=staff_id, by=by, **changes)
    return _one(staff_id)


@staff_router.put("/staff/{staff_id}/roles", operation_id="assignRoles", response=StaffOut)
@command()
def assign_roles(request: HttpRequest, staff_id: int, body: StaffRolesIn) -> StaffOut:
    """Give somebody his seat types."""
    actions.assign_roles(staff_id=staff_id, roles=body.roles, by=principal(request))
    return _one(staff_id)


def _one(staff_id: int) -> StaffOut:
    return _shape(Staff.objects.values(*_COLUMNS).get(id=staff_id), _roles_of([staff_id]))


def _ranked(rows: QuerySet[Staff], sort: Sort) -> QuerySet[Any, Any]:
    """Put beside staff what an order looks at."""
    extra = {"reading": READING} if "name" in sort else {}
    found: QuerySet[Any, Any] = rows.annotate(**extra).values(*_COLUMNS, *extra)
    return found


def _roles_of(ids: list[int]) -> dict[int, list[str]]:
    held: dict[int, list[str]] = {i: [] for i in ids}
    for staff_id, code in Staff.objects.filter(id__in=ids, roles__isnull=False).values_list("id", "roles__code"):
        held[staff_id].append(str(code))
    return held


def _shape(row: dict[str, Any], roles: dict[int, list[str]]) -> StaffOut:
    return StaffOut(**row, organisation_name=row["organisation__name"], roles=sorted(roles[row["id"]]))
