"""Staff as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from shouwen.kit.exports import Column, kind
from shouwen.kit.exports.kinds import Filter, Value
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .models import Staff
from .permissions import VIEW_STAFF

COLUMNS = (
    Column("number", "工号", "Number"),
    Column("name", "姓名", "Name"),
    Column("organisation", "组织", "Organisation"),
    Column("roles", "台席类型", "Seat types"),
    Column("email", "邮箱", "E-mail"),
    Column("business", "专席业务", "Business"),
    Column("active", "在岗", "Active"),
)
PAGE = 500


class People:
    """Reads the staff in the data scope, by number."""

    def count(self, by: Principal, wanted: Filter) -> int:
        """Return how many there are."""
        return _wanted(by, wanted).count()

    def read(self, by: Principal, wanted: Filter) -> Iterator[Mapping[str, Value]]:
        """Return them page by page."""
        last = ""
        while rows := list(_page(_wanted(by, wanted).filter(number__gt=last))):
            yield from map(_row, rows)
            last = rows[-1].number


def check(by: Principal, wanted: Filter) -> Filter:
    """Refuse who may not see staff."""
    require(by, VIEW_STAFF)
    active = wanted.get("active")
    return {"q": str(wanted.get("q") or "")[:60], "active": active if isinstance(active, bool) else None}


def _wanted(by: Principal, wanted: Filter) -> QuerySet[Staff]:
    rows = Staff.objects.filter(Q(number__icontains=wanted["q"]) | Q(name__icontains=wanted["q"]))
    if by.organisations is not None:
        rows = rows.filter(organisation_id__in=by.organisations)
    return rows if wanted["active"] is None else rows.filter(active=wanted["active"])


def _page(rows: QuerySet[Staff]) -> QuerySet[Staff]:
    return rows.select_related("organisation").prefetch_related("roles").order_by("number")[:PAGE]


def _row(one: Staff) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "organisation": one.organisation.name,
        "roles": "、".join(sorted(role.zh for role in one.roles.all())),
        "email": one.email,
        "business": one.business,
        "active": one.active,
    }


kind("accounts.staff", zh="人员", en="Staff", columns=COLUMNS, rows=People(), check=check)
