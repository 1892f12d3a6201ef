"""What is told of the roster."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class RosterChanged(Fact):
    """Something was planned for somebody, or is no more."""

    staff_id: int
