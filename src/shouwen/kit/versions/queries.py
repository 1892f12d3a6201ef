"""What is in force, what was, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from shouwen.kit.models import Version
from shouwen.kit.prepared import Prepared, Row
from shouwen.kit.principals import Principal

from .errors import VersionNotFound
from .kinds import Content


@dataclass(frozen=True)
class InForce:
    """A published version, as those need it who go by it."""

    id: int
    kind: str
    key: str
    number: int
    title: str
    content: Content
    valid_from: datetime
    organisation_id: int | None


_FIELDS = tuple(InForce.__dataclass_fields__)


def current(kind: str, key: str, at: datetime) -> InForce | None:
    """Return the version of a thing that is in force at an instant, or None."""
    found = _CURRENT(kind=kind, key=key, at=at)
    return _in_force(found[0], at) if found else None


def all_current(kind: str, at: datetime) -> list[InForce]:
    """Return what is in force at an instant, one version a thing, by key."""
    found = (_in_force(row, at) for row in _ALL_CURRENT(kind=kind, at=at))
    return [version for version in found if version is not None]


def retired(kind: str, at: datetime) -> list[str]:
    """Return the keys of what was published once and retired by then; some may be in force again."""
    rows = Version.objects.filter(kind=kind, state="retired", retired_at__lte=at, valid_from__lte=at)
    return list(rows.order_by("key").values_list("key", flat=True).distinct())


def version(kind: str, key: str, number: int) -> InForce:
    """Return one published version: what runs keeps the one it began with, also after it is retired."""
    rows = Version.objects.filter(kind=kind, key=key, number=number, state__in=["published", "retired"])
    row = rows.values(*_FIELDS).first()
    if row is None:
        raise VersionNotFound
    return InForce(**row)


def visible(by: Principal) -> QuerySet[Version]:
    """Return the versions inside a data scope."""
    rows = Version.objects.all()
    if by.organisations is None:
        return rows
    return rows.filter(Q(organisation_id=None) | Q(organisation_id__in=by.organisations))


def _came_into_force(kind: Any, at: Any) -> QuerySet[Version]:
    """Return what had come into force by then, the latest first; what was withdrawn before its date never did."""
    rows = Version.objects.filter(kind=kind, state__in=["published", "retired"], valid_from__lte=at)
    rows = rows.filter(Q(retired_at=None) | Q(retired_at__gt=F("valid_from")))
    return rows.order_by("-valid_from", "-number")


def _in_force(row: Row, at: datetime) -> InForce | None:
    *found, retired_at = row
    return None if retired_at is not None and retired_at <= at else InForce(*found)


@Prepared
def _CURRENT(kind: Any, key: Any, at: Any) -> QuerySet[Any, Any]:  # noqa: N802  a query, written once
    return _came_into_force(kind, at).filter(key=key).values_list(*_FIELDS, "retired_at")[:1]


@Prepared
def _ALL_CURRENT(kind: Any, at: Any) -> QuerySet[Any, Any]:  # noqa: N802
    rows = _came_into_force(kind, at).order_by("key", "-valid_from", "-number").distinct("key")
    return rows.values_list(*_FIELDS, "retired_at")
