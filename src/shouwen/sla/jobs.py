"""The sweep that notices deadlines coming near and passing, and pauses that last too long."""

from __future__ import annotations

from datetime import datetime

from . import actions


def sweep(at: datetime) -> int:
    """Do everything that is due; return how many clocks changed. Any number may sweep at once."""
    return sum(_drain(batch, at) for batch in (actions.end_pauses, actions.breach_due, actions.tell_due))


def _drain(batch: actions.Batch, at: datetime) -> int:
    return sum(iter(lambda: batch(at=at), 0))
