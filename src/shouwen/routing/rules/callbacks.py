"""When we may call somebody back, and how often we try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from shouwen.kernel.calendars import BEIJING


@dataclass(frozen=True)
class Again:
    """How often somebody who is not reached is called in all, and how far apart."""

    tries: int = 3
    after: timedelta = timedelta(minutes=30)


AGAIN = Again()


def allowed_from(at: datetime, opens: time, closes: time) -> datetime:
    """Return the first moment from `at` on at which calls are allowed."""
    local = at.astimezone(BEIJING)
    first = datetime.combine(local.date(), opens, BEIJING)
    last = datetime.combine(local.date(), closes, BEIJING)
    if at < first:
        return first
    return at if at < last else first + timedelta(days=1)
