"""Facts about activities."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class ActivityAnswered(Fact):
    """A run has its answer, by the machine or by a person; `caller` goes on."""

    run_id: int
    code: str
    key: str
    caller: str


@dataclass(frozen=True)
class ActivityNeedsPerson(Fact):
    """A run goes no further by itself."""

    run_id: int
    code: str
    key: str
    caller: str
