"""How a promise stands at an instant."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

State = Literal["running", "late", "paused", "met", "cancelled"]


def state(
    *,
    due_at: datetime,
    met_at: datetime | None,
    cancelled_at: datetime | None,
    paused_at: datetime | None,
    breached_at: datetime | None,
    at: datetime,
) -> State:
    """Say how a promise stands at an instant."""
    if met_at is not None:
        return "met"
    if cancelled_at is not None:
        return "cancelled"
    if breached_at is None and paused_at is not None:
        return "paused"
    return "late" if breached_at is not None or at > due_at else "running"
