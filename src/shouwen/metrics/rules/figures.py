"""What is counted of visits and segments, and how.

The service level published here is F6: answered in time over answered and abandoned, short abandons left out.
A limit itself is inside; nothing over nothing is no figure, neither 0 nor 100 %.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

from shouwen.kernel.calendars import BEIJING

from .policy import Policy
from .shares import mean, ratio
from .visits import Segment, Visit

Variant = Literal["F1", "F2", "F3", "F4", "F5", "F6"]
Period = Literal["hour", "day", "month"]
_PERIODS: dict[Period, str] = {"hour": "%Y-%m-%d %H", "day": "%Y-%m-%d", "month": "%Y-%m"}


@dataclass(frozen=True)
class Counts:
    """How many visits came to what; sums of counts are the counts of the whole."""

    offered: int = 0
    answered: int = 0
    in_time: int = 0
    abandoned: int = 0
    short: int = 0
    abandoned_in_time: int = 0
    flow_out: int = 0
    callbacks: int = 0
    callbacks_kept: int = 0
    waiting: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self.parts, other.parts, strict=True)))

    @property
    def parts(self) -> tuple[int, ...]:
        """Return the counts in the order of the fields."""
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def is_in_time(visit: Visit, policy: Policy, now: datetime) -> bool:
    """Tell whether a visit was answered within the limit."""
    return visit.outcome == "answered" and visit.waited(now) <= policy.in_time


def is_kept(visit: Visit, policy: Policy) -> bool:
    """Tell whether a callback reached the customer within the window it was promised for."""
    reached = visit.reached_at
    return visit.outcome == "callback" and bool(
        reached and visit.left_at and reached - visit.left_at <= policy.callback_window
    )


def is_short(visit: Visit, policy: Policy, now: datetime) -> bool:
    """Tell whether the customer left so soon that nobody could have answered."""
    return visit.outcome == "abandoned" and visit.waited(now) < policy.short


def counts_for_level(visit: Visit, policy: Policy, now: datetime) -> bool:
    """Tell whether a visit is in the denominator of the published service level."""
    if visit.outcome == "callback":
        return policy.callback != "left_out"
    return visit.outcome in {"answered", "abandoned"} and not is_short(visit, policy, now)


def count(visits: Iterable[Visit], policy: Policy, now: datetime) -> Counts:
    """Count visits by what came of them."""
    rows = list(visits)
    gone = [v for v in rows if v.outcome == "abandoned"]
    return Counts(
        offered=len(rows),
        answered=sum(v.outcome == "answered" for v in rows),
        in_time=sum(is_in_time(v, policy, now) for v in rows),
        abandoned=len(gone),
        short=sum(is_short(v, policy, now) for v in gone),
        abandoned_in_time=sum(v.waited(now) <= policy.in_time for v in gone),
        flow_out=sum(v.outcome == "flow_out" for v in rows),
        callbacks=sum(v.outcome == "callback" for v in rows),
        callbacks_kept=sum(is_kept(v, policy) for v in rows),
        waiting=sum(v.outcome == "waiting" for v in rows),
    )


def service_level(counts: Counts, policy: Policy | None = None, variant: Variant = "F6") -> Fraction | None:
    """Return the share answered in time, in one of the six ways it is published; F6 is ours.

    Without a policy this is the bare formula; with one, callbacks count as its option says.
    """
    how = policy.callback if policy else "left_out"
    late = counts.callbacks if how != "left_out" else 0
    kept = counts.callbacks_kept if how == "when_kept" else 0
    everyone = counts.answered + counts.abandoned
    tops_and_bottoms = {
        "F1": (counts.in_time + counts.abandoned_in_time, everyone),
        "F2": (counts.in_time, counts.answered),
        "F3": (counts.in_time, everyone),
        "F4": (counts.in_time, everyone - counts.abandoned_in_time),
        "F5": (counts.in_time + counts.short, everyone),
        "F6": (counts.in_time + kept, everyone - counts.short + late),
    }
    return ratio(*tops_and_bottoms[variant])


def answer_rate(counts: Counts, *, without_short: bool = False) -> Fraction | None:
    """Return answered over answered and abandoned."""
    return ratio(counts.answered, counts.answered + counts.abandoned - counts.short * without_short)


def over_limit_rate(counts: Counts) -> Fraction | None:
    """Return the share of answers that came later than the limit (应答逾限率)."""
    return ratio(counts.answered - counts.in_time, counts.answered)


def by_period(visits: Iterable[Visit], period: Period, policy: Policy, now: datetime) -> dict[str, Counts]:
    """Count visits by the hour, day or month, in Beijing, in which they entered their queue."""
    groups: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        groups[visit.queued_at.astimezone(BEIJING).strftime(_PERIODS[period])].append(visit)
    return {name: count(rows, policy, now) for name, rows in sorted(groups.items())}


def abandon_rate(counts: Counts) -> Fraction | None:
    """Return abandoned over offered, short abandons included."""
    return ratio(counts.abandoned, counts.offered)


def speed_of_answer(visits: Iterable[Visit], now: datetime) -> timedelta | None:
    """Return the mean wait of answered visits (ASA); an answer at once counts as zero."""
    return mean([v.waited(now) for v in visits if v.outcome == "answered"])


def mean_wait(visits: Iterable[Visit], now: datetime) -> timedelta | None:
    """Return the mean wait of answered and abandoned visits."""
    return mean([v.waited(now) for v in visits if v.outcome in {"answered", "abandoned"}])


def handling_time(segments: Iterable[Segment]) -> timedelta | None:
    """Return the mean of talk, hold and wrap-up over finished segments (AHT), not over contacts."""
    return mean([s.handling for s in segments if s.handling is not None])


def longest_wait(visits: Iterable[Visit], now: datetime) -> timedelta | None:
    """Return the longest wait of those who wait now."""
    return max((v.waited(now) for v in visits if v.outcome == "waiting"), default=None)


def talk_time(segments: Iterable[Segment]) -> timedelta | None:
    """Return the mean time with the customer over finished segments, hold left out."""
    return mean([s.talk for s in segments if s.talk is not None])


def wrap_up_time(segments: Iterable[Segment]) -> timedelta | None:
    """Return the mean time of writing up over finished segments."""
    return mean([s.wrap_up for s in segments if s.wrap_up is not None])


def transfer_rate(segments: Iterable[Segment]) -> Fraction | None:
    """Return transferred segments over finished ones."""
    rows = [s for s in segments if s.handling is not None]
    return ratio(sum(s.transferred for s in rows), len(rows))


def is_disconnected(segment: Segment, policy: Policy) -> bool:
    """Tell whether a contact ended so soon after its answer that it should be looked at."""
    talk = segment.ended_at - segment.answered_at if segment.ended_at else None
    return not segment.transferred and talk is not None and talk <= policy.disconnect
