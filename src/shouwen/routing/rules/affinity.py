"""Whom a customer knows already: the owner of his open matter before the agent who served him last. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

LAST_FOR = timedelta(hours=24)
"""So long after a contact its agent is still the one who knows it."""
AT_ONCE = timedelta(seconds=1)


@dataclass(frozen=True)
class Known:
    """Somebody the customer knows: why, and whether he is at work and has a place free now."""

    staff: int
    kind: Literal["owner", "last"]
    ready: bool
    free: bool


@dataclass(frozen=True)
class Preference:
    """Who should get a contact, and how long it waits for him alone."""

    staff: int
    hold: timedelta


def preference(known: Iterable[Known], patience: timedelta) -> Preference | None:
    """Return whom a contact is held for, or None.

    1. Who is not at work is not waited for. 2. The owner of an open matter is waited for as long as the queue says.
    3. Who served him last gets him when he has a place free now; nobody waits for that.
    """
    there = [one for one in known if one.ready and patience]
    owner = next((one for one in there if one.kind == "owner"), None)
    last = next((one for one in there if one.kind == "last" and one.free), None)
    if owner is not None:
        return Preference(owner.staff, patience)
    return None if last is None else Preference(last.staff, min(AT_ONCE, patience))
