"""Keeps the journal's months ahead of the clock, and the list of wrap-up codes at what is published."""

from __future__ import annotations

from datetime import datetime

from . import actions


def sweep(at: datetime) -> int:
    """Make the journal's months ahead of time; return how many were missing."""
    return actions.make_months(at=at)


def adopt(at: datetime) -> int:
    """Bring the wrap-up codes to what is in force; return how many changed."""
    return actions.adopt_wrap_up_codes(at)
