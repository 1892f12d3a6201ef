"""What is in force, what was, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet

from shouwen.kit.models import Version
from shouwen.kit.prepared import Prepared
from shouwen.kit.principals import Principal
from shouwen.kit.statements import Row

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
_MARK = ("id", "published_at", "organisation_id")
KNOWN_MOST = 500


def current(kind: str, key: str, at: datetime) -> InForce | None:
    """Return the version of a thing that is in force at an instant, or None."""
    found = read_once(_in_force(_CURRENT(kind=kind, key=key, at=at), at))
    return found[0] if found else None


def all_current(kind: str, at: datetime) -> list[InForce]:
    """Return what is in force at an instant, one version a thing, by key."""
    return list(read_once(_in_force(_ALL_CURRENT(kind=kind, at=at), at)))


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


def _in_force(rows: list[Row], at: datetime) -> tuple[Row, ...]:
    """Return by what the versions are known that are not retired by then."""
    return tuple(row[:-1] for row in rows if row[-1] is None or row[-1] > at)


@lru_cache(maxsize=KNOWN_MOST)
def read_once(marks: tuple[Row, ...]) -> tuple[InForce, ...]:
    """Return what some versions say, by key. What was published never changes, so it is read once."""
    return tuple(InForce(*row) for row in _NUMBERED(ids=[id_ for id_, *_ in marks])) if marks else ()


@Prepared
def _CURRENT(kind: Any, key: Any, at: Any) -> QuerySet[Any, Any]:  # noqa: N802  a query, written once
    return _came_into_force(kind, at).filter(key=key).values_list(*_MARK, "retired_at")[:1]


@Prepared
def _ALL_CURRENT(kind: Any, at: Any) -> QuerySet[Any, Any]:  # noqa: N802
    rows = _came_into_force(kind, at).order_by("key", "-valid_from", "-number").distinct("key")
    return rows.values_list(*_MARK, "retired_at")


@Prepared
def _NUMBERED(ids: Any) -> QuerySet[Any, Any]:  # noqa: N802
    return Version.objects.filter(id__any=ids).order_by("key").values_list(*_FIELDS)
