"""A seat's time out of what it said and what it had: signed in, busy, idle, away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from .agents import NONE, Span, merged, total, within, without
from .shares import over


@dataclass(frozen=True)
class Day:
    """How long somebody was signed in, had contacts, was free for them, and was away; the last three are the first."""

    signed_in: timedelta = NONE
    busy: timedelta = NONE
    idle: timedelta = NONE
    away: timedelta = NONE

    def __add__(self, other: Day) -> Day:
        return Day(
            self.signed_in + other.signed_in,
            self.busy + other.busy,
            self.idle + other.idle,
            self.away + other.away,
        )

    @property
    def occupancy(self) -> Fraction | None:
        """Return busy over busy and idle."""
        return over(self.busy, self.busy + self.idle)


def day_of(signed_in: Sequence[Span], ready: Sequence[Span], contacts: Sequence[Span]) -> Day:
    """Split the time somebody was signed in. Contacts go before states: who writes up during a break is busy."""
    there = merged(signed_in)
    busy = within(contacts, there)
    idle = without(within(ready, there), busy)
    rest = without(without(there, busy), idle)
    return Day(total(there), total(busy), total(idle), total(rest))
