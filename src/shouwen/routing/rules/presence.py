"""What somebody is doing, and the sum of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """What a member of staff is doing; only `ready` is given work."""

    READY = "ready"
    NOT_READY = "not_ready"
    ACW = "acw"
    BREAK = "break"
    TRAINING = "training"
    MEETING = "meeting"
    OFFLINE = "offline"


NO_ANSWER = "no_answer"
LOST = "lost"
FORCED = "forced"
LOST_AFTER = timedelta(seconds=13)
"""A seat whose screen was not heard of for so long (on the wall) is given no more work. Screens are heard of every
5 s and the sweep comes every second, so that a closed lid is found out within 15 s."""

Span = tuple[State, datetime, datetime | None]


def totals(spans: Iterable[Span], at: datetime) -> dict[State, timedelta]:
    """Return the time spent in each state; a span still open counts up to now."""
    sums = dict.fromkeys(State, timedelta())
    for state, started, ended in spans:
        sums[state] += (ended or at) - started
    return sums


def signed_in(spans: Iterable[Span], at: datetime) -> timedelta:
    """Return the time spent in any state but offline."""
    return sum((span for state, span in totals(spans, at).items() if state is not State.OFFLINE), timedelta())
