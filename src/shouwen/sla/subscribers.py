"""What the time limits do when something happens below."""

from __future__ import annotations

from shouwen.accounts.events import OperatorSet
from shouwen.kit.events import subscribe

from . import actions


@subscribe(OperatorSet)
def follow_hours(_fact: OperatorSet) -> None:
    """The calendar of service hours says what the operator says."""
    actions.follow_hours()
