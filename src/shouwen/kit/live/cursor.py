"""Where a listener stands in the stream of facts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

_SHAPE = re.compile(r"^(\d{1,19})-(\d{1,19})$")
LAST = 2**63 - 1


@dataclass(frozen=True, order=True)
class Cursor:
    """A place in commit order: the writing transaction, then the fact."""

    xid: int
    id: int

    def __str__(self) -> str:
        return f"{self.xid}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """Read a `Last-Event-ID`; anything else is no place."""
        found = _SHAPE.match(text)
        if found is None:
            return None
        xid, number = int(found[1]), int(found[2])
        return cls(xid, number) if max(xid, number) <= LAST else None


@dataclass(frozen=True)
class Told:
    """A fact as it is told: its place, its audience, and the bytes every listener gets."""

    cursor: Cursor
    name: str
    audience: frozenset[str]
    frame: bytes


def frame(cursor: Cursor, name: str, payload: Any) -> bytes:
    """Write one server-sent event."""
    data = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return f"id: {cursor}\nevent: {name}\ndata: {data}\n\n".encode()
