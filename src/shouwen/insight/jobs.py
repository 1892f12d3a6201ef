"""Looks at the floor every few seconds."""

from __future__ import annotations

from datetime import datetime

from . import actions


def watch(at: datetime) -> int:
    """Raise and end alerts; return how many were raised."""
    return actions.watch(at=at)
