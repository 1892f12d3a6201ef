"""Which lists can be exported: declared by the rooms when the house starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from shouwen.kit.permissions import PermissionRefused, declare, require
from shouwen.kit.principals import Principal

from .errors import ExportUnknown

Value = str | int | float | bool | datetime | date | None
Filter = Mapping[str, Any]

EXPORT = declare(
    "kit.export",
    zh="导出列表",
    en="Export lists",
    default_for=("shift_leader", "duty_leader", "data_maintenance", "quality", "system_management"),
)


@dataclass(frozen=True)
class Column:
    """One column: its key in a row, and its heading in both languages."""

    key: str
    zh: str
    en: str


class Rows(Protocol):
    """Reads a list in the name of somebody."""

    def count(self, by: Principal, wanted: Filter) -> int:
        """Return how many rows there will be; may be off by what changes meanwhile."""
        ...

    def read(self, by: Principal, wanted: Filter) -> Iterator[Mapping[str, Value]]:
        """Return the rows, in parts, so that they never stand in memory together."""
        ...


@dataclass(frozen=True)
class Kind:
    """A list that can be exported."""

    code: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: Rows
    check: Callable[[Principal, Filter], Filter]
    """Refuses who may not, and returns the filter as it will be used."""


KINDS: dict[str, Kind] = {}


def kind(
    code: str,
    *,
    zh: str,
    en: str,
    columns: tuple[Column, ...],
    rows: Rows,
    check: Callable[[Principal, Filter], Filter],
) -> None:
    """Offer a list for export."""
    KINDS[code] = Kind(code, zh, en, columns, rows, check)


def checked(code: str, by: Principal, wanted: Filter) -> tuple[Kind, Filter]:
    """Return a kind and the filter that will be used; refuses unless `by` may export it."""
    require(by, EXPORT)
    if code not in KINDS:
        raise ExportUnknown(kind=code[:60])
    found = KINDS[code]
    return found, found.check(by, wanted)


def offered(by: Principal) -> list[Kind]:
    """Return the lists that `by` may export."""
    return [found for found in KINDS.values() if _may(found, by)]


def _may(found: Kind, by: Principal) -> bool:
    try:
        checked(found.code, by, {})
    except PermissionRefused:
        return False
    return True
