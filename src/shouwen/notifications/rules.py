"""When a message is tried again, and what a template makes of its values. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import Formatter

DELAYS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
LEASE = timedelta(seconds=60)
# what one try takes at most; a sender begins none that its lease would not outlast
LONGEST_TRY = timedelta(seconds=25)
OVERDUE = timedelta(seconds=30)
_RECIPIENT = re.compile(r"(staff|customer):([1-9][0-9]*)")


def next_try(attempts: int, at: datetime, *, final: bool) -> datetime | None:
    """Return when a message is tried again after its `attempts`-th failure, or None to give up."""
    if final or attempts > len(DELAYS):
        return None
    return at + DELAYS[attempts - 1]


def is_too_late(queued_at: datetime, valid_for: timedelta | None, at: datetime) -> bool:
    """Tell whether a message has no use any more (at the limit itself it still has)."""
    return valid_for is not None and at > queued_at + valid_for


def parse_recipient(recipient: str) -> tuple[str, int]:
    """Split `staff:3`; raises ValueError for anybody who has no notices."""
    match = _RECIPIENT.fullmatch(recipient)
    if match is None:
        raise ValueError(f"{recipient!r} cannot be notified")
    return match[1], int(match[2])


@dataclass(frozen=True)
class Text:
    """A template in one language. `message` is what leaves the house; without one it is the body."""

    title: str
    body: str
    message: str = ""


@dataclass(frozen=True)
class Template:
    """What we say at one occasion. Secrets stand in the outgoing message only and are kept sealed."""

    zh: Text
    en: Text
    params: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    channels: tuple[str, ...] = ("inapp",)
    valid_for: timedelta | None = None
    optional: bool = False
    """Whether a member of staff may do without it."""

    def text(self, language: str) -> Text:
        """Return the text for a reader's language (Chinese unless it starts with "en")."""
        return self.en if language.startswith("en") else self.zh


def needs(text: str) -> frozenset[str]:
    """Return the names of the values that a text shows."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def misfits(template: Template, given: frozenset[str]) -> frozenset[str]:
    """Return the values that are missing or not asked for."""
    return given ^ (template.params | template.secrets)


def notice(template: Template, language: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Return title and body of a notice in the app, which shows no secret."""
    text = template.text(language)
    return text.title.format_map(values), text.body.format_map(values)


def message(template: Template, language: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Return title and body of a message that leaves the house."""
    text = template.text(language)
    return text.title.format_map(values), (text.message or text.body).format_map(values)
