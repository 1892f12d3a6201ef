"""A seat's time: what it had, from the counts here, put beside what it said, from whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from ..rules.agents import Span
from ..rules.presence import Day, day_of
from .table import busy_spans
from .today import percent, seconds

__all__ = ["Day", "Span", "seat_figures", "seat_time", "whole_day"]


def seat_time(
    said: Mapping[int, Sequence[tuple[str, datetime, datetime]]], *, since: datetime, until: datetime
) -> dict[int, Day]:
    """Return how each person's time was spent; `said` has the states of each from the ledger of presence."""
    had = busy_spans(since, until, said)
    return {
        who: day_of(
            signed_in=[(a, b) for state, a, b in spans if state != "offline"],
            ready=[(a, b) for state, a, b in spans if state == "ready"],
            contacts=had.get(who, []),
        )
        for who, spans in said.items()
    }


def whole_day(days: Iterable[Day]) -> Day:
    """Return the time of several people together."""
    return sum(days, Day())


def seat_figures(day: Day) -> dict[str, float | None]:
    """Return the figures of a seat's time by key."""
    return {
        "signed_in": seconds(day.signed_in),
        "busy_time": seconds(day.busy),
        "idle_time": seconds(day.idle),
        "away_time": seconds(day.away),
        "occupancy": percent(day.occupancy),
    }
