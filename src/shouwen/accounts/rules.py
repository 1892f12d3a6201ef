"""Seat types and what they allow; lock-out; passwords. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
PASSWORD_MIN = 10


def lock_until(failures: int, at: datetime) -> datetime | None:
    """Return until when an account is locked after `failures` in a row, or None while it is not."""
    return at + LOCK_FOR if failures >= LOCK_AFTER else None


def is_strong(password: str, number: str) -> bool:
    """Tell whether a password is long, not only digits, and free of the staff number."""
    return len(password) >= PASSWORD_MIN and not password.isdigit() and number not in password


def scope(path: list[int], descendants: frozenset[int], role_codes: frozenset[str]) -> frozenset[int] | None:
    """Return the organisations a member of staff may see: everything for the system desk, else his own and below."""
    if "system_management" in role_codes:
        return None
    return descendants | {path[-1]}
