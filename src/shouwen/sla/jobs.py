"""The sweep that notices deadlines coming near and passing."""

from __future__ import annotations

from datetime import datetime

from . import actions


def sweep(at: datetime) -> int:
    """Warn of and mark every deadline that is due; return how many changed. Any number may sweep at once."""
    return _drain(actions.breach_due, at) + _drain(actions.warn_due, at)


def _drain(batch: actions.Batch, at: datetime) -> int:
    return sum(iter(lambda: batch(at=at), 0))
