"""Facts about promises of time."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class DeadlineWarned(Fact):
    """Most of the allowance is used up and the promise is not met yet."""

    subject: str
    subject_id: int
    metric: str


@dataclass(frozen=True)
class DeadlineBreached(Fact):
    """The promise was not met in time."""

    subject: str
    subject_id: int
    metric: str
