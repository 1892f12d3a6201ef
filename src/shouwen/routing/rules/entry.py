"""How a contact comes in: which queue, as which class, past what, and what happens when we are closed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from .precedence import Klass, star_bonus

STRAIGHT_AFTER = 3
STRAIGHT_WINDOW = timedelta(days=30)
"""Who asked for a person so often within the window wants a person: he is not made to ask again."""
SLOWED_BY = timedelta(minutes=10)

Straight = Literal["", "age", "use"]


class Closed(StrEnum):
    """What happens to who comes outside the opening hours."""

    WAIT = "wait"
    REFUSE = "refuse"
    OTHER = "other"


@dataclass(frozen=True)
class Caller:
    """What is known of who comes."""

    kind: str = "public"
    key: bool = False
    star: int | None = None
    elderly: bool = False
    asked_for_people: int = 0
    nuisance: str = ""


@dataclass(frozen=True)
class Entry:
    """How somebody stands in line, and whether he goes straight to a person (and why)."""

    klass: Klass
    bonus_seconds: int = 0
    delay_seconds: int = 0
    green: bool = False
    straight: Straight = ""


def enter(caller: Caller) -> Entry:
    """Say how somebody comes in. A complaint never counts against him; only a marked nuisance is put back."""
    green = caller.kind == "gov_ent"
    return Entry(
        klass=Klass.GREEN if green else Klass.VIP if caller.key else Klass.PLAIN,
        bonus_seconds=star_bonus(caller.star),
        delay_seconds=round(SLOWED_BY.total_seconds()) if caller.nuisance == "slow" else 0,
        green=green,
        straight=straight(caller),
    )


def straight(caller: Caller) -> Straight:
    """Tell why somebody goes straight to a person: his age by record, or that he asks for one again and again."""
    if caller.elderly:
        return "age"
    return "use" if caller.asked_for_people >= STRAIGHT_AFTER else ""
