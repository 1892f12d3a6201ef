"""What customers do by themselves."""

from __future__ import annotations

from . import actions


def forget_expired() -> int:
    """Remove codes and sessions that are long over; return how many."""
    return actions.forget_expired()
