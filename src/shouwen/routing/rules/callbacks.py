"""When we may call somebody back, and how often we try."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from shouwen.kernel.calendars import BEIJING

ATTEMPTS = 3
AGAIN_AFTER = timedelta(minutes=30)


def allowed_from(at: datetime, opens: time, closes: time) -> datetime:
    """Return the first moment from `at` on at which calls are allowed."""
    local = at.astimezone(BEIJING)
    first = datetime.combine(local.date(), opens, BEIJING)
    last = datetime.combine(local.date(), closes, BEIJING)
    if at < first:
        return first
    return at if at < last else first + timedelta(days=1)
