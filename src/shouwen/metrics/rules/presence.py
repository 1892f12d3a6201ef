"""A seat's time out of what it said, what it had and what was planned for it, moment by moment."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from itertools import groupby

from shouwen.kernel.calendars import BEIJING

from .agents import NONE, Span, adherence, conformance, occupancy, shrinkage, utilisation

State = tuple[str, datetime, datetime]
Plan = tuple[str, bool, datetime, datetime]
"""What somebody is to do, whether it is paid, from when until when."""
WORK = "work"
DAY = timedelta(days=1)
AT_WORK = frozenset({"ready", "acw"})


@dataclass(frozen=True)
class Seat:
    """What one person said he did, what he served and what rang for him, and what was planned for him."""

    said: Sequence[State] = ()
    served: Sequence[Span] = ()
    rang: Sequence[Span] = ()
    planned: Sequence[Plan] = ()


@dataclass(frozen=True)
class Day:
    """How long somebody was signed in: busy, idle and away together are that; and how he kept to his roster.

    `worked` (talk, hold, wrap-up and idle) and `attended` (signed in) count on days with a roster alone, so that they
    may be compared with `paid` and `planned`; `available` is the paid time that was free for contacts or had them.
    """

    signed_in: timedelta = NONE
    busy: timedelta = NONE
    idle: timedelta = NONE
    away: timedelta = NONE
    paid: timedelta = NONE
    worked: timedelta = NONE
    available: timedelta = NONE
    planned: timedelta = NONE
    kept: timedelta = NONE
    attended: timedelta = NONE

    def __add__(self, other: Day) -> Day:
        return Day(*(getattr(self, name) + getattr(other, name) for name in PARTS))

    @property
    def occupancy(self) -> Fraction | None:
        """Return busy over busy and idle."""
        return occupancy(self.busy, self.idle)

    @property
    def utilisation(self) -> Fraction | None:
        """Return worked over paid."""
        return utilisation(self.worked, self.paid)

    @property
    def shrinkage(self) -> Fraction | None:
        """Return what of the paid time was not available."""
        return shrinkage(self.available, self.paid)

    @property
    def adherence(self) -> Fraction | None:
        """Return kept over planned."""
        return adherence(self.kept, self.planned)

    @property
    def conformance(self) -> Fraction | None:
        """Return attended over planned, uncapped."""
        return conformance(self.attended, self.planned)


PARTS = tuple(part.name for part in fields(Day))


@dataclass
class _Now:
    """What holds at a moment of the sweep."""

    states: Counter[str] = field(default_factory=Counter)
    plans: Counter[str] = field(default_factory=Counter)
    paid: int = 0
    rostered: int = 0
    served: int = 0
    rang: int = 0

    def turn(self, what: str, word: str, by: int) -> None:
        match what:
            case "said":
                self.states[word] += by
            case "plan":
                self.plans[word] += by
            case "paid":
                self.paid += by
            case "rostered":
                self.rostered += by
            case "served":
                self.served += by
            case "rang":
                self.rang += by

    def parts(self) -> set[str]:
        """Return the parts of a day that a moment belongs to. Contacts go before states."""
        states, plans = {s for s in self.states if self.states[s]}, {p for p in self.plans if self.plans[p]}
        there = bool(states - {"offline"})
        busy = there and bool(self.served or self.rang)
        idle = "ready" in states and not busy
        at_work = busy or bool(states & AT_WORK)
        found = {
            "signed_in": there,
            "busy": busy,
            "idle": idle,
            "away": there and not busy and not idle,
            "paid": bool(self.paid),
            "worked": bool(self.rostered) and ((there and bool(self.served)) or idle),
            "available": bool(self.paid) and (busy or idle),
            "planned": bool(plans),
            "kept": bool(plans & states) or (WORK in plans and at_work),
            "attended": bool(self.rostered) and there,
        }
        return {name for name, holds in found.items() if holds}


def day_of(seat: Seat) -> Day:
    """Return the whole time of a seat, its parts told apart."""
    return sum((_day(parts, ended - begun) for parts, begun, ended in _moments(seat)), Day())


def days_of(seat: Seat, edges: Sequence[datetime]) -> list[Day]:
    """Return the time of a seat between each edge and the next; they add up to the whole between first and last."""
    found = [Day()] * (len(edges) - 1)
    for parts, begun, ended in _moments(seat):
        at, n = max(begun, edges[0]), max(bisect_right(edges, begun) - 1, 0)
        while at < ended and n < len(found):
            until = min(ended, edges[n + 1])
            found[n] += _day(parts, until - at)
            at, n = until, n + 1
    return found


def _day(parts: Iterable[str], lasted: timedelta) -> Day:
    return Day(**dict.fromkeys(parts, lasted))


def _moments(seat: Seat) -> Iterator[tuple[set[str], datetime, datetime]]:
    """Return the stretches between two changes, with the parts of a day they belong to."""
    now, since = _Now(), datetime.min.replace(tzinfo=UTC)
    for at, turns in groupby(_turns(seat), key=lambda turn: turn[0]):
        if (parts := now.parts()) and since < at:
            yield parts, since, at
        for _, what, word, by in turns:
            now.turn(what, word, by)
        since = at


def _turns(seat: Seat) -> list[tuple[datetime, str, str, int]]:
    marks = [("said", word, begun, ended) for word, begun, ended in seat.said]
    marks += [("served", "", *span) for span in seat.served] + [("rang", "", *span) for span in seat.rang]
    marks += [("plan", word, begun, ended) for word, _, begun, ended in seat.planned]
    marks += [("paid", "", begun, ended) for _, paid, begun, ended in seat.planned if paid]
    marks += [("rostered", "", begun, begun + DAY) for begun in _days(seat.planned)]
    real = [mark for mark in marks if mark[2] < mark[3]]
    return sorted(
        [(begun, what, word, 1) for what, word, begun, _ in real]
        + [(ended, what, word, -1) for what, word, _, ended in real]
    )


def _days(planned: Iterable[Plan]) -> set[datetime]:
    """Return the midnights, in Beijing, of the days for which somebody has a roster."""
    found: set[datetime] = set()
    for _, _, begun, ended in planned:
        day = datetime.combine(begun.astimezone(BEIJING).date(), time(), BEIJING)
        while day < ended:
            found.add(day)
            day += DAY
    return found
