"""What a seat's time went into. The words are used the other way round in places, so each carries its formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from .shares import over

Span = tuple[datetime, datetime]
NONE = timedelta()


@dataclass(frozen=True)
class Time:
    """A seat's time in a stretch: with contacts (ringing, talk, hold, wrap-up) and free for them."""

    talk: timedelta = NONE
    hold: timedelta = NONE
    wrap_up: timedelta = NONE
    ring: timedelta = NONE
    idle: timedelta = NONE

    def __add__(self, other: Time) -> Time:
        return Time(
            self.talk + other.talk,
            self.hold + other.hold,
            self.wrap_up + other.wrap_up,
            self.ring + other.ring,
            self.idle + other.idle,
        )

    @property
    def busy(self) -> timedelta:
        """Return the time with contacts, ringing included."""
        return self.talk + self.hold + self.wrap_up + self.ring


def occupancy(time: Time) -> Fraction | None:
    """Return (talk + hold + wrap-up + ring) over the same and the idle time."""
    return over(time.busy, time.busy + time.idle)


def utilisation(time: Time, paid: timedelta) -> Fraction | None:
    """Return (talk + hold + wrap-up + idle) over the paid time (工时利用率)."""
    return over(time.talk + time.hold + time.wrap_up + time.idle, paid)


def shrinkage(available: timedelta, paid: timedelta) -> Fraction | None:
    """Return the share of paid time that is not available for contacts."""
    share = over(available, paid)
    return None if share is None else 1 - share


def staff_needed(agents: int, shrinks: Fraction) -> int:
    """Return how many people must be paid so that `agents` sit there: N over (1 - s), never N times (1 + s)."""
    return math.ceil(agents / (1 - shrinks))


def adherence(scheduled: Iterable[Span], worked: Iterable[Span]) -> Fraction | None:
    """Return minutes worked when they were scheduled over minutes scheduled (遵时率)."""
    plan, done = merged(scheduled), merged(worked)
    kept = sum((_common(p, d) for p in plan for d in done), NONE)
    return over(kept, total(plan))


def conformance(scheduled: Iterable[Span], worked: Iterable[Span]) -> Fraction | None:
    """Return minutes worked over minutes scheduled, whenever they were; more than all is shown as it is."""
    return over(total(merged(worked)), total(merged(scheduled)))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans without overlap: somebody with three contacts at once is busy once."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif ends > begins:
            found.append((begins, ends))
    return found


def within(spans: Iterable[Span], outer: Iterable[Span]) -> list[Span]:
    """Return the parts of spans that lie in others; both may overlap among themselves."""
    theirs = merged(outer)
    cut = [(max(a[0], b[0]), min(a[1], b[1])) for a in merged(spans) for b in theirs]
    return [span for span in cut if span[0] < span[1]]


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return the parts of spans that no other covers."""
    free: list[Span] = []
    covers = merged(taken)
    for begins, ends in merged(spans):
        at = begins
        for start, stop in covers:
            if start < ends and stop > at:
                if start > at:
                    free.append((at, start))
                at = max(at, stop)
        if at < ends:
            free.append((at, ends))
    return free


def total(spans: Sequence[Span]) -> timedelta:
    """Return how long spans without overlap last together."""
    return sum((ends - begins for begins, ends in spans), NONE)


def _common(one: Span, other: Span) -> timedelta:
    return max(min(one[1], other[1]) - max(one[0], other[0]), NONE)
