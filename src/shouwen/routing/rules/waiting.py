"""What a waiting customer is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

SAMPLE = 20
"""How many of the last answers in a queue the pace is taken from."""


def pace(answered_at: Sequence[datetime], at: datetime) -> float | None:
    """Return the mean seconds between answers, from the last ones up to now; None with fewer than two."""
    if len(answered_at) < 2:
        return None
    return (at - min(answered_at)).total_seconds() / len(answered_at)


def expected_seconds(ahead: int, answered_at: Sequence[datetime], at: datetime) -> int | None:
    """Return how long somebody with `ahead` before him will wait at the present pace, or None when unknown."""
    step = pace(answered_at, at)
    return None if step is None else round(step * (ahead + 1))
