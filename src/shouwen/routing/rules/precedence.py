"""Who comes first: one table, turned into a constant virtual arrival time.

Each class is ahead of its real arrival by a fixed lead. The lead never grows, so waiting items age linearly, the
order of two items never changes, and an item waits behind another class no longer than the difference of the leads.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Klass(StrEnum):
    """Why a work item waits, from the most to the least pressing."""

    RE_OFFER = "re_offer"
    TRANSFER = "transfer"
    GREEN = "green"
    VIP = "vip"
    CALLBACK = "callback"
    PLAIN = "plain"


class Discipline(StrEnum):
    """How a queue weighs class against age; re-offers and transfers come first in all of them."""

    WEIGHTED = "weighted"
    FIFO = "fifo"
    PRIORITY = "priority"


_FIRST = {Klass.RE_OFFER: timedelta(days=2), Klass.TRANSFER: timedelta(days=1)}
_NONE = timedelta()
LEADS: dict[Discipline, dict[Klass, timedelta]] = {
    Discipline.WEIGHTED: {
        **_FIRST,
        Klass.GREEN: timedelta(minutes=15),
        Klass.VIP: timedelta(minutes=10),
        Klass.CALLBACK: timedelta(minutes=5),
        Klass.PLAIN: _NONE,
    },
    Discipline.FIFO: {**_FIRST, Klass.GREEN: _NONE, Klass.VIP: _NONE, Klass.CALLBACK: _NONE, Klass.PLAIN: _NONE},
    Discipline.PRIORITY: {
        **_FIRST,
        Klass.GREEN: timedelta(hours=3),
        Klass.VIP: timedelta(hours=2),
        Klass.CALLBACK: timedelta(hours=1),
        Klass.PLAIN: _NONE,
    },
}
BONUS_LIMIT = timedelta(minutes=4)
"""A plain item with all its bonuses still stands behind a callback that is due."""
STAR_SECONDS = 30


def star_bonus(star: int | None) -> int:
    """Return the bonus in seconds of a customer of `star` 1 to 7; none without a star."""
    return STAR_SECONDS * star if star else 0


def lead(klass: Klass, discipline: Discipline = Discipline.WEIGHTED, bonus: timedelta = _NONE) -> timedelta:
    """Return how far a class is ahead of its real arrival; bonuses count for plain items of weighted queues."""
    earned = min(max(bonus, _NONE), BONUS_LIMIT)
    counts = klass is Klass.PLAIN and discipline is Discipline.WEIGHTED
    return LEADS[discipline][klass] + (earned if counts else _NONE)


def virtual_arrival(
    *,
    klass: Klass,
    requested_at: datetime,
    discipline: Discipline = Discipline.WEIGHTED,
    bonus: timedelta = _NONE,
    patience: timedelta = _NONE,
) -> datetime:
    """Return the time an item of a class counts as having arrived; smaller is served first.

    A medium's patience puts it behind those who cannot wait; re-offers and transfers have been patient already.
    """
    waits = _NONE if klass in _FIRST else patience
    return requested_at - lead(klass, discipline, bonus) + waits


def starvation_bound(discipline: Discipline = Discipline.WEIGHTED, patience: timedelta = _NONE) -> timedelta:
    """Return how much later an item of any class may arrive and still pass the least pressing one."""
    return max(LEADS[discipline].values()) + patience


def passing_bound(discipline: Discipline = Discipline.WEIGHTED, patience: timedelta = _NONE) -> timedelta:
    """Return the same for contacts that are new: neither sent back nor transferred."""
    return max(ahead for klass, ahead in LEADS[discipline].items() if klass not in _FIRST) + patience
