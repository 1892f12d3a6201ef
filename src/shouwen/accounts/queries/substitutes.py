"""Who is away, and who decides in his place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.approvals import Absent
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import StaffNotFound
from ..models import Staff, Substitution
from ..permissions import NAME_SUBSTITUTES

PAST = 20


@dataclass(frozen=True)
class SubstitutionView:
    """On which days somebody is away, who decides in his place, and how that stands today."""

    id: int
    staff_id: int
    staff_number: str
    staff_name: str
    substitute_id: int
    substitute_number: str
    substitute_name: str
    first_day: date
    last_day: date
    reason: str
    placed_by_name: str
    state: str


@dataclass(frozen=True)
class OwnSubstitutions:
    """When I am away, and for whom I stand in."""

    away: list[SubstitutionView]
    standing_in: list[SubstitutionView]


_PEOPLE = tuple(f"{who}__{what}" for who in ("staff", "substitute") for what in ("number", "name"))
_COLUMNS = (
    "id",
    "staff_id",
    "substitute_id",
    "first_day",
    "last_day",
    "reason",
    "placed_by_name",
    "ended_at",
    *_PEOPLE,
)


def own_substitutions(by: Principal) -> OwnSubstitutions:
    """Return when one is away, the latest first, and for whom one stands in now or soon."""
    today = _today(clock.now())
    mine = _shown(_away(by.id), today)
    others = Substitution.objects.filter(substitute_id=by.id, ended_at=None, last_day__gte=today)
    return OwnSubstitutions(mine, _shown(others.order_by("first_day", "id"), today))


def substitutions_of(staff_id: int, by: Principal) -> list[SubstitutionView]:
    """Return when somebody in the data scope is away, the latest first."""
    require(by, NAME_SUBSTITUTES)
    unit = Staff.objects.filter(id=staff_id).values_list("organisation_id", flat=True).first()
    if unit is None or not by.sees(unit):
        raise StaffNotFound(number=staff_id)
    return _shown(
        Substitution.objects.filter(staff_id=staff_id).order_by("-last_day", "-id")[:PAST], _today(clock.now())
    )


def stands_in_for(staff_id: int, at: datetime) -> list[Absent]:
    """Return for whom somebody stands in: who left and is covered by him, and who is away today."""
    today = _today(at)
    away = Substitution.objects.filter(
        substitute_id=staff_id, ended_at=None, first_day__lte=today, last_day__gte=today
    ).values("staff_id")
    covered = Q(covered_by_id=staff_id, active=False) | Q(id__in=away, active=True)
    rows = Staff.objects.filter(covered).order_by("id").prefetch_related("roles")
    return [Absent(f"staff:{row.pk}", row.name, frozenset(role.code for role in row.roles.all())) for row in rows]


def substitution(substitution_id: int) -> SubstitutionView:
    """Return one as it stands now."""
    return _shown(Substitution.objects.filter(id=substitution_id), _today(clock.now()))[0]


def _away(staff_id: int) -> QuerySet[Substitution]:
    return Substitution.objects.filter(staff_id=staff_id).order_by("-last_day", "-id")[:PAST]


def _today(at: datetime) -> date:
    return at.astimezone(BEIJING).date()


def _shown(rows: QuerySet[Substitution], today: date) -> list[SubstitutionView]:
    return list(_views(rows.values(*_COLUMNS), today))


def _views(rows: Iterable[dict[str, Any]], today: date) -> Iterable[SubstitutionView]:
    for row in rows:
        ended = row.pop("ended_at") is not None
        state = rules.state_of_leave(row["first_day"], row["last_day"], today, ended=ended)
        yield SubstitutionView(state=state, **{name.replace("__", "_"): value for name, value in row.items()})
