"""Seat types and what they allow; lock-out; passwords. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
PASSWORD_MIN = 10
LEVELS = ("group", "province", "city", "team")
SCOPES = ("own", "team", "city", "province", "group")


def lock_until(failures: int, at: datetime) -> datetime | None:
    """Return until when an account is locked after `failures` in a row, or None while it is not."""
    return at + LOCK_FOR if failures >= LOCK_AFTER else None


def is_strong(password: str, number: str) -> bool:
    """Tell whether a password is long, not only digits, and free of the staff number."""
    return len(password) >= PASSWORD_MIN and not password.isdigit() and number not in password


def anchor(path: Sequence[int], scope: str, *, sees_all: bool) -> int | None:
    """Return the unit below which somebody sees everything; None is the whole group.

    A scope narrower than the person's own unit is that unit. Without a scope he sees his unit and what is below it,
    or everything if his seat type does.
    """
    if scope == "group" or (not scope and sees_all):
        return None
    wanted = LEVELS.index(scope) if scope in LEVELS else len(path) - 1
    return path[min(wanted, len(path) - 1)]


def stands(depth: int, scope: str) -> bool:
    """Tell whether a scope can be given to somebody whose unit stands that deep: not one below his unit."""
    return scope not in LEVELS or LEVELS.index(scope) < depth


def permissions(
    declared: frozenset[str], *, granted: frozenset[str], withheld: frozenset[str], known: frozenset[str]
) -> list[str]:
    """Return what a role allows: what is declared for it and was granted, without what was withheld or is gone."""
    return sorted(((declared | granted) - withheld) & known)


def difference(wanted: frozenset[str], declared: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return what must be granted and what withheld, so that a role allows exactly what is wanted."""
    return sorted(wanted - declared), sorted(declared - wanted)


def encloses(wide: frozenset[int] | None, narrow: frozenset[int] | None) -> bool:
    """Tell whether one data scope lies inside another; None is everything."""
    return wide is None or (narrow is not None and narrow <= wide)


LOGO_BYTES = 200 * 1024
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def picture_kind(data: bytes) -> str | None:
    """Return what kind of picture this is by its first bytes, whatever its name says; None for anything else.

    SVG is left out: it may carry scripts.
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _PICTURES if data.startswith(magic)), None)


def is_access_code(text: str) -> bool:
    """Tell whether customers can dial this: 3 to 11 digits."""
    return text.isascii() and text.isdigit() and 3 <= len(text) <= 11
