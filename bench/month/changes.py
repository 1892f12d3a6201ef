"""What is tried besides the ways of the log."""

from __future__ import annotations

from dataclasses import dataclass

CALLBACK_LATER = 600.0


@dataclass(frozen=True)
class Change:
    """What is tried besides the log's own ways."""

    name: str
    rings: int = 0
    """Who rarely takes a type of call joins in after so many seconds of waiting only; 0: at once, as in the log."""
    vip: bool = False
    """Important callers are a class of their own, ten minutes ahead."""
    callback_after: float = 0.0
    callback_share: float = 0.0
    """Who has waited so long is offered a callback; so many accept. They are called CALLBACK_LATER seconds later."""


AS_LOGGED = Change("as the log")
