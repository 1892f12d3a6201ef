"""Facts about approvals."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class ApprovalAsked(Fact):
    """Something waits for another person's decision."""

    approval_id: int
    kind: str
    subject: str
    subject_id: int


@dataclass(frozen=True)
class ApprovalDecided(Fact):
    """A request came to its end: `approved`, `refused`, `withdrawn` or `expired`."""

    approval_id: int
    kind: str
    subject: str
    subject_id: int
    state: str
