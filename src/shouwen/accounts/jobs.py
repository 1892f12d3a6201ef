"""What comes round by itself."""

from __future__ import annotations

from shouwen.kit import clock

from . import actions


def end_expired() -> int:
    """End the sessions whose time is over; return how many."""
    return actions.end_expired()


def forget_sessions() -> int:
    """Forget old sign-ins; return how many."""
    return actions.forget_sessions()


def warn_of_endings() -> int:
    """Tell whose qualification ends within the month; return how many were told."""
    return actions.warn_of_endings(at=clock.now())


def check_provided() -> int:
    """Ask the identity provider whether those he let in are still welcome; return how many were asked about."""
    return actions.check_provided()
