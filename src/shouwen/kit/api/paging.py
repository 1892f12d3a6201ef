"""Pages by cursor: stable while rows come and go, and as fast on page 1,000 as on page 1."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from shouwen.kernel.errors import InvalidInput

from .shapes import Shape

T = TypeVar("T")
LIMIT = 200


class Page(Shape, Generic[T]):
    """Some rows of a list, and the cursor of the rest (null at the end)."""

    items: list[T]
    next: str | None


class CursorInvalid(InvalidInput):
    """The cursor was not made by us, or for another list or order."""

    code = "cursor-invalid"
    field = "cursor"
    zh = "翻页位置无效。请从第一页重新开始。"
    en = "The cursor is not valid. Start again from the first page."


def page_of(
    rows: QuerySet[Any, Any],
    *,
    order: Sequence[str],
    cursor: str = "",
    limit: int = 50,
    shape: Callable[[dict[str, Any]], T],
) -> Page[T]:
    """Cut one page out of a `.values()` queryset ordered by not-null columns, the last one unique."""
    limit = within(limit)
    if cursor:
        rows = _beyond(rows, order, _decode(cursor, order))
    return cut(list(rows.order_by(*order)[: limit + 1]), order=order, limit=limit, shape=shape)


def within(limit: int) -> int:
    """Return how many rows a page has that was asked to have `limit`."""
    return max(1, min(limit, LIMIT))


def cut(
    found: Sequence[dict[str, Any]], *, order: Sequence[str], limit: int, shape: Callable[[dict[str, Any]], T]
) -> Page[T]:
    """Make a page of rows that were asked for with one more than it holds, to know whether it is the last."""
    after = _encode(found[limit - 1], order) if len(found) > limit else None
    return Page[T](items=[shape(row) for row in found[:limit]], next=after)


def _beyond(rows: QuerySet[Any, Any], order: Sequence[str], values: list[Any]) -> QuerySet[Any, Any]:
    try:
        return rows.filter(_after(order, values))
    except (TypeError, ValueError, ValidationError):  # values that these columns cannot hold
        raise CursorInvalid from None


def _after(order: Sequence[str], values: list[Any]) -> Q:
    """Build (a, b) beyond (x, y) as a > x or (a = x and b > y), each column in its own direction."""
    beyond, equal = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        column = name.removeprefix("-")
        operator = "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{column}__{operator}": value})
        equal &= Q(**{column: value})
    return beyond


def _encode(row: dict[str, Any], order: Sequence[str]) -> str:
    values = [row[name.removeprefix("-")] for name in order]
    plain = [v.isoformat() if isinstance(v, datetime | date) else str(v) if isinstance(v, UUID) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps([_named(order), *plain]).encode()).decode().rstrip("=")


def _named(order: Sequence[str]) -> int:
    """Name an order in a few digits, so that a cursor is no place in a list ordered otherwise."""
    return crc32(",".join(order).encode())


def _decode(cursor: str, order: Sequence[str]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise CursorInvalid from None
    if not isinstance(values, list) or values[:1] != [_named(order)] or len(values) != len(order) + 1:
        raise CursorInvalid
    if {type(v) for v in values} - {str, int, bool}:
        raise CursorInvalid
    return values[1:]
