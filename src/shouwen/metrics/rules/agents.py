"""Formulas over a seat's time, and spans. The words are used the other way round in places: go by the formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from .shares import over

Span = tuple[datetime, datetime]
NONE = timedelta()


def occupancy(busy: timedelta, idle: timedelta) -> Fraction | None:
    """Return (talk + hold + wrap-up + ring) over the same and the idle time (占用率)."""
    return over(busy, busy + idle)


def utilisation(worked: timedelta, paid: timedelta) -> Fraction | None:
    """Return (talk + hold + wrap-up + idle) over the paid time (工时利用率)."""
    return over(worked, paid)


def shrinkage(available: timedelta, paid: timedelta) -> Fraction | None:
    """Return the share of paid time that is not available for contacts (缩减率)."""
    share = over(available, paid)
    return None if share is None else 1 - share


def staff_needed(agents: int, shrinks: Fraction) -> int:
    """Return how many people must be paid so that `agents` sit there: N over (1 - s), never N times (1 + s)."""
    return math.ceil(agents / (1 - shrinks))


def adherence(kept: timedelta, planned: timedelta) -> Fraction | None:
    """Return the time in the planned state at the planned time over the time planned (遵时率)."""
    return over(kept, planned)


def conformance(attended: timedelta, planned: timedelta) -> Fraction | None:
    """Return the time worked over the time planned, whenever it was; more than all is shown as it is (符合率)."""
    return over(attended, planned)


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
