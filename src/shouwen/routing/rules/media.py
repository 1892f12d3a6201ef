"""How a medium takes its person, and how long it can wait beside others.

A call takes the whole person: while he carries one he is offered nothing else, and he is offered one only when he
carries no live contact. Written work can be laid aside when a customer comes who waits on the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Medium:
    """One way to contact us. `patience`: so much later a contact that cannot wait may arrive and still come first."""

    exclusive: bool = False
    interruptible: bool = False
    patience: timedelta = timedelta()


_LIVE = Medium()
_CALL = Medium(exclusive=True)
_PAPER = Medium(interruptible=True, patience=timedelta(hours=8))
MEDIA: Mapping[str, Medium] = {
    "voice": _CALL,
    "callback": _CALL,
    "sms": Medium(patience=timedelta(minutes=2)),
    "email": Medium(interruptible=True, patience=timedelta(hours=4)),
    "back_office": _PAPER,
    "e_form": _PAPER,
    "letter": _PAPER,
    "fax": _PAPER,
    "voice_mailbox": _PAPER,
}
"""Everything else (chat, social platforms) is live and shared."""


def of(medium: str) -> Medium:
    """Return how a medium behaves."""
    return MEDIA.get(medium, _LIVE)


def blocked(medium: str, carried: Iterable[str]) -> bool:
    """Tell whether what a person carries forbids to offer him `medium`, whatever slots he has free."""
    kinds = [of(one) for one in carried]
    if any(kind.exclusive for kind in kinds):
        return True
    return of(medium).exclusive and any(not kind.interruptible for kind in kinds)
