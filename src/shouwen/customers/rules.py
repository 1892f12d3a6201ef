"""Who is a key customer, how often codes may be asked for, how long sessions and links live. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

WANTED = ("number_proven", "email", "birth_date", "account_number", "organisation", "consent")
KEY_STAR = 5
ELDERLY_AGE = 65

Limits = Sequence[tuple[timedelta, int]]

CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5
PER_NUMBER: Limits = ((timedelta(minutes=1), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
PER_ADDRESS: Limits = ((timedelta(minutes=1), 10), (timedelta(hours=1), 60))
KEEP_CODES = timedelta(days=2)

CUSTOMER_IDLE = timedelta(hours=12)
CUSTOMER_LONGEST = timedelta(days=30)
VISITOR_IDLE = timedelta(days=2)
VISITOR_LONGEST = timedelta(days=14)
SLIDE_EVERY = timedelta(minutes=5)

LINK_LIFE = timedelta(days=14)

PIN_TRIES = 5
PIN_LOCK = timedelta(minutes=15)
REASON_MIN = 4

_BIRTHDAYS = ("%y%m%d", "%Y%m", "%m%d%y", "%d%m%y")
_DATE = r"\d{4}-\d{2}-\d{2}"
_NUMBER = re.compile(rf"(?<![A-Za-z0-9-])(?!{_DATE}(?!\d))\+?\d(?:[ -]?\d){{6,}}[Xx]?")
_ADDRESS = re.compile(r"[^\s@,;:，；：、。（）()<>]+@[^\s@,;:，；：、。（）()<>]+")
_EMAIL = re.compile(r"^[^@\s,;<>\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?\.[A-Za-z]{2,24}$")


def is_key(kind: str, star: int | None) -> bool:
    """Tell whether a customer is a key customer (重点客户), whose data need an extra permission."""
    return kind == "gov_ent" or (star is not None and star >= KEY_STAR)


def age(birth_date: date | None, today: date) -> int | None:
    """Return full years of age; someone born on 29 February is a year older on 1 March of a common year."""
    if birth_date is None:
        return None
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def is_elderly(birth_date: date | None, today: date) -> bool:
    """Tell whether a customer reaches a person without menus."""
    years = age(birth_date, today)
    return years is not None and years >= ELDERLY_AGE


def missing(kind: str, known: Mapping[str, bool]) -> list[str]:
    """Return what is not known yet of a customer; a firm has no birthday."""
    return [name for name in WANTED if not known[name] and not (name == "birth_date" and kind != "public")]


def completeness(kind: str, known: Mapping[str, bool]) -> int:
    """Return how complete a customer's data are, in percent of what is wanted of his kind."""
    wanted = len(WANTED) - (kind != "public")
    return round(100 * (wanted - len(missing(kind, known))) / wanted)


def is_email(text: str) -> bool:
    """Tell whether a text has the shape of an e-mail address."""
    return len(text) <= 254 and ".." not in text and _EMAIL.match(text) is not None


def wait_for_code(asked: Sequence[datetime], limits: Limits, at: datetime) -> timedelta:
    """Return how long to wait before one more request is inside every limit; zero when it may be made now.

    `asked` are the times of earlier requests. A limit (span, n) allows n requests in any span.
    """
    waits = [_wait(asked, span, most, at) for span, most in limits]
    return max([timedelta(0), *waits])


def _wait(asked: Sequence[datetime], span: timedelta, most: int, at: datetime) -> timedelta:
    recent = sorted(moment for moment in asked if moment > at - span)
    return recent[-most] + span - at if len(recent) >= most else timedelta(0)


@dataclass(frozen=True)
class CodeState:
    """What is known about a code when somebody offers one."""

    made: bool
    expires_at: datetime
    attempts: int
    used: bool


class Verdict(Enum):
    """What becomes of an offered code."""

    SPENT = "spent"
    WRONG = "wrong"
    DEAD = "dead"


def judge(code: CodeState, *, matches: bool, at: datetime) -> Verdict:
    """Say whether an offered code opens a session, costs a try, or is beyond use (limits included)."""
    if not code.made or code.used or at > code.expires_at or code.attempts >= CODE_TRIES:
        return Verdict.DEAD
    return Verdict.SPENT if matches else Verdict.WRONG


def session_end(kind: str, opened_at: datetime, seen_at: datetime) -> datetime:
    """Return until when a session lives that was last used at `seen_at`: it slides, but not for ever."""
    idle, longest = (CUSTOMER_IDLE, CUSTOMER_LONGEST) if kind == "customer" else (VISITOR_IDLE, VISITOR_LONGEST)
    return min(seen_at + idle, opened_at + longest)


def slides(seen_at: datetime, at: datetime) -> bool:
    """Tell whether it is time to write that a session is in use; not at every request."""
    return at - seen_at >= SLIDE_EVERY


def pin_is_weak(pin: str, *, numbers: Collection[str], birth_date: date | None) -> bool:
    """Tell whether a service password is no six digits or easily guessed."""
    if not re.fullmatch(r"[0-9]{6}", pin) or len(set(pin)) == 1 or _is_row(pin):
        return True
    if any(pin in number for number in numbers):
        return True
    return birth_date is not None and pin in {birth_date.strftime(form) for form in _BIRTHDAYS}


def _is_row(pin: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(pin)}
    return steps in ({1}, {9})


def pin_after_failure(failures: int, at: datetime) -> tuple[int, datetime | None]:
    """Return the failures to keep and until when the service password is locked, after one more wrong try."""
    return (0, at + PIN_LOCK) if failures + 1 >= PIN_TRIES else (failures + 1, None)


def scrub(text: str, secrets: Collection[str]) -> str:
    """Hide what tells who a customer is: his name and contacts, and whatever looks like a number or an address.

    Ticket numbers and dates stay readable.
    """
    for secret in sorted((s for s in secrets if s), key=len, reverse=True):
        text = text.replace(secret, "*" * min(len(secret), 8))
    return _NUMBER.sub("*******", _ADDRESS.sub("***@***", text))
