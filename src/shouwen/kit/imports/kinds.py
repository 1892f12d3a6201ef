"""What can be imported: declared by the rooms when the house starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.principals import Principal

from .errors import ImportUnknown

Values = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """One thing a row may say. `unique`: no two rows of one file may say the same."""

    key: str
    zh: str
    en: str
    required: bool = False
    unique: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""
    secret: bool = False


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one cell (or, without a field, with the row), in both languages."""

    field: str
    zh: str
    en: str


Check = Callable[[Principal, Sequence[Values]], list[list[Wrong]]]


@dataclass(frozen=True)
class Kind:
    """A table that a room takes.

    `may` refuses who may not. `check` looks a batch of rows over and says what is wrong with each; `write` makes one
    row and returns its number, inside the calling action, and may still refuse; `take_back` removes one that was
    written, inside the calling action; `subject` is what the audit trail calls it, and verbs in `looks` leave it
    untouched.
    """

    code: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    may: Callable[[Principal], None]
    check: Check
    write: Callable[[Principal, Values], int]
    take_back: Callable[[Principal, int], None]
    subject: str
    looks: tuple[str, ...] = ()

    def field(self, key: str) -> Field | None:
        """Return a field by its key."""
        return next((one for one in self.fields if one.key == key), None)


KINDS: dict[str, Kind] = {}


def kind(code: str, **parts: Any) -> None:
    """Take a table: see Kind for the parts."""
    KINDS[code] = Kind(code, **parts)


def kind_for(code: str, by: Principal) -> Kind:
    """Return a kind; refuses unless `by` may import it."""
    if code not in KINDS:
        raise ImportUnknown(kind=code[:60])
    KINDS[code].may(by)
    return KINDS[code]


def offered(by: Principal) -> list[Kind]:
    """Return what `by` may import."""
    return [found for found in KINDS.values() if _may(found, by)]


def _may(found: Kind, by: Principal) -> bool:
    try:
        found.may(by)
    except PermissionRefused:
        return False
    return True
