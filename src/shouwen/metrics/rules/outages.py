"""How long things were broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from .agents import merged, total, within, without
from .shares import mean, over, percentile


@dataclass(frozen=True)
class Outage:
    """A stretch in which something did not work; `planned` work is counted apart."""

    began: datetime
    restored: datetime
    planned: bool = False

    @property
    def lasted(self) -> timedelta:
        """Return from the beginning to the restoring."""
        return max(self.restored - self.began, timedelta())


@dataclass(frozen=True)
class Repair:
    """Times to restore: how many, the mean (MTTR) and what nine in ten do not pass."""

    count: int
    mean: timedelta | None
    p90: timedelta | None


def repair(spans: Sequence[timedelta]) -> Repair:
    """Return the time to restore over several faults."""
    return Repair(len(spans), mean(spans), percentile(spans, 90))


@dataclass(frozen=True)
class Availability:
    """The share of a period in which something worked; planned work stands beside it and lowers nothing."""

    share: Fraction | None
    planned: timedelta
    down: timedelta
    between: timedelta | None
    """Mean time between failures: the time it worked over the number of failures."""


def availability(outages: Sequence[Outage], since: datetime, until: datetime) -> Availability:
    """Return one less the unplanned down time over the period; overlapping outages count once."""
    period = [(since, until)]
    planned = within([(o.began, o.restored) for o in outages if o.planned], period)
    down = without(within([(o.began, o.restored) for o in outages if not o.planned], period), planned)
    failures = len(merged(down))
    up = until - since - total(down)
    return Availability(
        share=over(up, until - since),
        planned=total(planned),
        down=total(down),
        between=up / failures if failures else None,
    )
