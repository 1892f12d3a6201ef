"""Keeps the journal's months ahead of the clock."""

from __future__ import annotations

from datetime import datetime

from . import actions


def sweep(at: datetime) -> int:
    """Make the journal's months ahead of time; return how many were missing."""
    return actions.make_months(at=at)
