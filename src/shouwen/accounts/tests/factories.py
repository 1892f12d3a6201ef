"""People for tests: staff with a seat type, in a small organisation."""

from __future__ import annotations

from django.test import Client

from shouwen.accounts import queries
from shouwen.accounts.models import Organisation, Role, Staff
from shouwen.kit.principals import Principal
from shouwen.kit.testing import ApiClient

PASSWORD = "correct-horse-9"


def organisation(name: str = "苏州", level: str = "city") -> Organisation:
    """Return a unit of the small organisation 集团 / 江苏 / (`name`)."""
    if level == "group":
        return _unit("江海通信", "group", None)
    if level == "province":
        return _unit("江苏", "province", organisation(level="group"))
    return _unit(name, "city", organisation(level="province"))


def _unit(name: str, level: str, parent: Organisation | None) -> Organisation:
    row, made = Organisation.objects.get_or_create(name=name, level=level, parent=parent)
    if made:
        row.path = [*(parent.path if parent else []), row.id]
        row.save()
    return row


def staff(
    number: str = "8021",
    role: str = "comprehensive",
    organisation: Organisation | None = None,
    name: str = "方以宁",
    **fields: object,
) -> Staff:
    """Return a member of staff with one seat type; an existing number is returned as it is."""
    held = Staff.objects.filter(number=number).first()
    if held:
        return held
    unit = organisation or globals()["organisation"]()
    row = Staff.objects.create(number=number, name=name, organisation=unit, **fields)
    row.roles.set([Role.objects.get(code=role)])
    return row


def by(row: Staff) -> Principal:
    """Return the principal of a member of staff."""
    return queries.principal_of(row.id)


def staff_client(row: Staff) -> ApiClient:
    """Return a client whose session is already open."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(row)
    return ApiClient(client)
