"""Times to restore, and shares of anything a room above has counted: the formulas are here, the rows are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ..rules.outages import Repair, repair
from ..rules.shares import ratio
from .today import percent, seconds

__all__ = ["Repair", "repair", "repair_figures", "share"]


def share(top: int, bottom: int) -> float | None:
    """Return a share as a percentage; nothing over nothing is no figure."""
    return percent(ratio(top, bottom))


def repair_figures(spans: Sequence[timedelta]) -> tuple[float | None, float | None, int]:
    """Return mean and ninetieth percentile in seconds, and how many there were."""
    found = repair(spans)
    return seconds(found.mean), seconds(found.p90), found.count
