"""Facts about promises of time."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class DeadlineReached(Fact):
    """A rung of the ladder has come: this much of the time is used up, and these are to be told.

    Where several rungs come at once, as after quiet hours, they are one fact with the highest percentage.
    """

    subject: str
    subject_id: int
    metric: str
    percent: int
    to: list[str]


@dataclass(frozen=True)
class DeadlineBreached(Fact):
    """The promise was not met in time."""

    subject: str
    subject_id: int
    metric: str


@dataclass(frozen=True)
class PauseRanOut(Fact):
    """A clock stood as long as its reason allows, and runs on by itself."""

    subject: str
    subject_id: int
    metric: str
    reason: str
