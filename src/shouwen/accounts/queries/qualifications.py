"""What staff are qualified for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.api import Page, page_of
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import StaffNotFound
from ..models import Qualification, QualificationKind, Staff
from ..permissions import VIEW_STAFF


@dataclass(frozen=True)
class QualificationView:
    """Who is qualified for what, at which level, until when, and how that stands today."""

    id: int
    staff_id: int
    number: str
    name: str
    kind: str
    zh: str
    en: str
    level: int
    valid_until: date | None
    state: str


_COLUMNS = (
    *("id", "staff_id", "staff__number", "staff__name", "kind__code", "kind__zh", "kind__en"),
    *("level", "valid_until"),
)


def qualification_kinds(by: Principal) -> list[dict[str, Any]]:
    """Return what one may be qualified for."""
    require(by, VIEW_STAFF)
    return [dict(row) for row in QualificationKind.objects.order_by("code").values("code", "zh", "en")]


def qualification_names() -> dict[str, tuple[str, str]]:
    """Return what one may be qualified for, by code, in both languages."""
    return {code: (zh, en) for code, zh, en in QualificationKind.objects.values_list("code", "zh", "en")}


def qualification_page(
    by: Principal, *, q: str = "", kind: str = "", state: str = "", cursor: str = "", limit: int = 50
) -> Page[QualificationView]:
    """Return the qualifications of active staff in the data scope; `state`: valid, expiring or expired."""
    require(by, VIEW_STAFF)
    rows = Qualification.objects.filter(staff__active=True)
    rows = rows.filter(Q(staff__number__icontains=q) | Q(staff__name__icontains=q))
    if by.organisations is not None:
        rows = rows.filter(staff__organisation_id__in=by.organisations)
    if kind:
        rows = rows.filter(kind__code=kind)
    rows = _in_state(rows, state)
    order = ("staff__number", "id")
    return page_of(rows.values(*_COLUMNS), order=order, cursor=cursor, limit=limit, shape=_shape)


def qualifications_of(staff_id: int, by: Principal) -> list[QualificationView]:
    """Return what one of the staff in the data scope is qualified for."""
    require(by, VIEW_STAFF)
    row = Staff.objects.filter(id=staff_id).first()
    if row is None or not by.sees(row.organisation_id):
        raise StaffNotFound(number=staff_id)
    rows = Qualification.objects.filter(staff=row).order_by("kind__code")
    return [_shape(dict(one)) for one in rows.values(*_COLUMNS)]


def qualified(staff_ids: Iterable[int], kind: str, *, level: int = 1, at: datetime) -> set[int]:
    """Return those who are qualified for something, at that level or above, on that day."""
    today = at.astimezone(BEIJING).date()
    rows = Qualification.objects.filter(staff_id__in=set(staff_ids), kind__code=kind, level__gte=level)
    return set(rows.filter(Q(valid_until=None) | Q(valid_until__gte=today)).values_list("staff_id", flat=True))


def _today() -> date:
    return clock.now().astimezone(BEIJING).date()


def _in_state(rows: QuerySet[Qualification], state: str) -> QuerySet[Qualification]:
    today = _today()
    soon = today + rules.WARN_BEFORE
    wanted = {
        "expired": Q(valid_until__lt=today),
        "expiring": Q(valid_until__gte=today, valid_until__lte=soon),
        "valid": Q(valid_until=None) | Q(valid_until__gt=soon),
    }
    return rows.filter(wanted[state]) if state in wanted else rows


def _shape(row: dict[str, Any]) -> QualificationView:
    return QualificationView(
        id=row["id"],
        staff_id=row["staff_id"],
        number=row["staff__number"],
        name=row["staff__name"],
        kind=row["kind__code"],
        zh=row["kind__zh"],
        en=row["kind__en"],
        level=row["level"],
        valid_until=row["valid_until"],
        state=rules.qualification_state(row["valid_until"], _today()),
    )
