"""Pages of lists that are counted in memory: the same cursor manners as lists from tables."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta

from shouwen.kit.api.paging import LIMIT, CursorInvalid

from .rows import Row

Place = tuple[int, int, int]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def cut(rows: list[Row], *, cursor: str, limit: int) -> tuple[list[Row], str | None]:
    """Return one page by time and number, and the cursor of the rest."""
    limit = max(1, min(limit, LIMIT))
    after = _decode(cursor) if cursor else (-1, 0, 0)
    left = [(place, row) for place, row in _placed(rows) if place > after]
    page = left[:limit]
    following = _encode(page[-1][0]) if len(left) > limit else None
    return [row for _, row in page], following


def _placed(rows: list[Row]) -> list[tuple[Place, Row]]:
    """Give each row a place of its own; rows alike in time and number are told apart by their order."""
    placed: list[tuple[Place, Row]] = []
    for row in sorted(rows, key=lambda row: (row.at, row.id)):
        place = ((row.at - _EPOCH) // _TICK, row.id, 0)
        if placed and placed[-1][0][:2] == place[:2]:
            place = (*place[:2], placed[-1][0][2] + 1)
        placed.append((place, row))
    return placed


def _encode(place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _decode(cursor: str) -> Place:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        first, second, third = (int(value) for value in values)
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise CursorInvalid from None
    return first, second, third
