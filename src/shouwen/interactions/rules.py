"""What may be said, and what a service record needs. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MESSAGE_LIMIT = 4000
NOTE_LIMIT = 4000
_KEPT = frozenset("\n\t")
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Handling:
    """One way a contact can have been dealt with (处理方式)."""

    code: str
    zh: str
    en: str


HANDLINGS = (
    Handling("answered", "当场答复", "Answered at once"),
    Handling("ticket", "建单跟进", "Ticket opened"),
    Handling("progress", "告知进度", "Progress told"),
    Handling("referred", "转其他部门", "Referred elsewhere"),
    Handling("callback", "约定回复", "Reply agreed"),
    Handling("none", "无需处理", "Nothing to do"),
)
HANDLING_CODES = frozenset(h.code for h in HANDLINGS)


def clean(text: str) -> str:
    """Return what a person meant to write: line ends as `\\n`, without control and direction-changing characters."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in unified if _may_stay(c)).strip()


def _may_stay(character: str) -> bool:
    if character in _KEPT:
        return True
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in _DIRECTION_MARKS


def is_too_long(body: str) -> bool:
    """Tell whether a message is beyond the limit; the limit itself is inside."""
    return len(body) > MESSAGE_LIMIT


def missing(*, reason: str, handling: str) -> tuple[str, ...]:
    """Return which parts a service record still needs before its contact can be closed."""
    return tuple(name for name, value in (("reason", reason), ("handling", handling)) if not value)
