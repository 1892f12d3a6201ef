"""What staff may see and do, and how they prove who they are. Pure."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import available_timezones

import pyotp

LEVELS = ("group", "province", "city", "team")
SCOPES = ("own", "team", "city", "province", "group")
STEP_SECONDS = 30
DISTINCT_MIN = 5
RECOVERY_CODES = 10
TOKEN_DAYS_MAX = 366
FIRST_PASSWORD_DAYS = 14
WARN_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class Policy:
    """What is asked of passwords and sessions."""

    password_min: int = 10
    password_history: int = 5
    password_days: int = 0
    lock_after: int = 5
    lock_minutes: int = 15
    session_hours: int = 12
    idle_minutes: int = 30


PACE = timedelta(minutes=1)


@dataclass(frozen=True)
class Lifetime:
    """How long a session lasts: to its end, and no longer than `idle` after its person did something."""

    ends_at: datetime
    idle: timedelta

    def until(self, acted_at: datetime) -> datetime:
        """Return when the session is over if nothing more is done."""
        return min(self.ends_at, acted_at + self.idle)

    def kept_until(self, acted_at: datetime) -> datetime:
        """Return until when the store keeps it: a minute more, so that it is written down once a minute at most."""
        return min(self.ends_at, acted_at + self.idle + PACE)


def lifetime(opened_at: datetime, policy: Policy) -> Lifetime:
    """Return how long a session that opens now will last."""
    return Lifetime(opened_at + timedelta(hours=policy.session_hours), timedelta(minutes=policy.idle_minutes))


BY_ITSELF = "none"


def acted_at(at: datetime, said: str) -> datetime | None:
    """Return when a person last did something, by the seconds his browser says; None for what goes on by itself.

    Who says nothing acts now.
    """
    if said == BY_ITSELF:
        return None
    seconds = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0
    return at - timedelta(seconds=seconds)


def lock_until(failures: int, at: datetime, policy: Policy) -> datetime | None:
    """Return until when an account is locked after `failures` in a row, or None while it is not."""
    return at + timedelta(minutes=policy.lock_minutes) if failures >= policy.lock_after else None


def password_fault(password: str, *, number: str, name: str, policy: Policy) -> str:
    """Return what is wrong with a password by itself, or "": short, digits, monotone, personal."""
    low = password.lower()
    faults = {
        "short": len(password) < policy.password_min,
        "digits": password.isdigit(),
        "monotone": len(set(password)) < DISTINCT_MIN,
        "personal": number.lower() in low or (len(name) > 1 and name.lower() in low),
    }
    return next((fault for fault, found in faults.items() if found), "")


def first_password_is_over(set_at: datetime | None, at: datetime) -> bool:
    """Tell whether a password that an administrator gave was left unused for too long."""
    return set_at is not None and at >= set_at + timedelta(days=FIRST_PASSWORD_DAYS)


def password_is_due(set_at: datetime | None, at: datetime, policy: Policy) -> bool:
    """Tell whether a password is older than the policy lets it become."""
    return bool(policy.password_days and set_at and at >= set_at + timedelta(days=policy.password_days))


def step_of(secret: str, code: str, at: datetime, last: int) -> int | None:
    """Return the time step of a code that is right now and was not used yet; half a minute early or late is right."""
    if not code.isascii():
        return None
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if step > last and hmac.compare_digest(totp.at(step * STEP_SECONDS), code):
            return step
    return None


def tidy(code: str) -> str:
    """Return a recovery code as it is kept, however it was typed."""
    return re.sub(r"[^A-Z2-7]", "", code.upper())


def qualification_state(valid_until: date | None, today: date) -> str:
    """Return how a qualification stands: valid, expiring within the month, or expired; it holds on its last day."""
    if valid_until is None or valid_until > today + WARN_BEFORE:
        return "valid"
    return "expiring" if valid_until >= today else "expired"


_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("QQBrowser/", "QQ"),
    ("360SE", "360"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """Return what a browser calls itself in two words: "Chrome · Windows"."""
    browser = next((word for mark, word in _BROWSERS if mark in agent), agent.split("/", maxsplit=1)[0][:30])
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part)


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


def wrong_in_operator(access_code: str, opens: time, closes: time, days: Sequence[int]) -> list[str]:
    """Return the fields of an operator's hours and number that cannot be; hours are the clock's on the wall."""
    zoned = opens.tzinfo is not None or closes.tzinfo is not None
    checks = {
        "access_code": is_access_code(access_code),
        "opens": not zoned and opens < closes,
        "weekdays": bool(days) and set(days) <= set(range(7)),
    }
    return [field for field, right in checks.items() if not right]


LONGEST_LEAVE_DAYS = 92


def are_days_of_leave(first: date, last: date, today: date) -> bool:
    """Tell whether somebody may be away from one day to another, both included."""
    return today <= first <= last and (last - first).days < LONGEST_LEAVE_DAYS


def state_of_leave(first: date, last: date, today: date, *, ended: bool) -> str:
    """Return how a leave stands on a day: ahead, running, over, or ended before its time."""
    if ended:
        return "ended"
    return "ahead" if today < first else "running" if today <= last else "over"


def is_time_zone(name: str) -> bool:
    """Tell whether the world's list of time zones has this name."""
    return name in available_timezones()


def with_keys(kept: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    """Return somebody's own keys after some changed; what is as usual is not kept."""
    return {title: combo for title, combo in {**kept, **changes}.items() if combo}
