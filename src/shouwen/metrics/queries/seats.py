"""A seat's time: what it had, from the counts here, put beside what it said and what was planned, from whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ..rules.agents import Span
from ..rules.presence import Day, Plan, Seat, State, days_of
from .table import contact_spans
from .today import percent, seconds

__all__ = ["Day", "Plan", "Span", "State", "seat_figures", "seat_time", "whole_day"]


def seat_time(
    said: Mapping[int, Sequence[State]], planned: Mapping[int, Sequence[Plan]], edges: Sequence[datetime]
) -> dict[int, list[Day]]:
    """Return how each person's time was spent between each edge and the next.

    `said` has the states of each from the ledger of presence, `planned` his roster.
    """
    people = {*said, *planned}
    had = contact_spans(edges[0], edges[-1], people)
    return {
        who: days_of(
            Seat(said.get(who, ()), had[who].served, had[who].rang, planned.get(who, ())),
            edges,
        )
        for who in people
    }


def whole_day(days: Iterable[Day]) -> Day:
    """Return the time of several people, or of several stretches, together."""
    return sum(days, Day())


def seat_figures(day: Day) -> dict[str, float | None]:
    """Return the figures of a seat's time by key."""
    conforms = percent(day.conformance)
    return {
        "signed_in": seconds(day.signed_in),
        "busy_time": seconds(day.busy),
        "idle_time": seconds(day.idle),
        "away_time": seconds(day.away),
        "occupancy": percent(day.occupancy),
        "paid_time": seconds(day.paid) if day.planned else None,
        "utilisation": percent(day.utilisation),
        "shrinkage": percent(day.shrinkage),
        "adherence": percent(day.adherence),
        "conformance": None if conforms is None else min(conforms, 100.0),
        "conformance_raw": conforms,
    }
