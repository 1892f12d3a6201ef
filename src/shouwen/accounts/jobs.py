"""What comes round by itself."""

from __future__ import annotations

from shouwen.kit import clock

from . import actions


def forget_sessions() -> int:
    """Remove sessions that are over; return how many sign-ins were forgotten."""
    return actions.forget_sessions()


def warn_of_endings() -> int:
    """Tell whose qualification ends within the month; return how many were told."""
    return actions.warn_of_endings(at=clock.now())


def check_provided() -> int:
    """Ask the identity provider whether those he let in are still welcome; return how many were asked about."""
    return actions.check_provided()
