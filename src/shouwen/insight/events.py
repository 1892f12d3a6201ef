"""What is told of alerts."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class AlertRaised(Fact):
    """Something on the floor needs a person."""

    alert_id: int
    kind: str


@dataclass(frozen=True)
class AlertAcknowledged(Fact):
    """Somebody has seen an alert and takes care."""

    alert_id: int
    staff_id: int


@dataclass(frozen=True)
class AlertCleared(Fact):
    """What an alert was about is over."""

    alert_id: int
    kind: str
