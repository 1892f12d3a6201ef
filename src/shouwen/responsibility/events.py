"""Facts about who answers for what."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class OwnerChanged(Fact):
    """Somebody else answers for the matter now."""

    subject: str
    subject_id: int
    from_id: int
    to_id: int


@dataclass(frozen=True)
class HandlerChanged(Fact):
    """Somebody else works on the matter now; None when it is back in its queue."""

    subject: str
    subject_id: int
    from_id: int | None
    to_id: int | None


@dataclass(frozen=True)
class HandOverOffered(Fact):
    """A colleague is asked to answer for the matter; nothing has moved yet."""

    subject: str
    subject_id: int
    from_id: int
    to_id: int
