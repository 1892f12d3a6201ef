"""Shares, means and percentiles over anything; nothing over nothing is no figure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction


def ratio(top: int, bottom: int) -> Fraction | None:
    """Return a share exactly; nothing over nothing is no figure, neither 0 nor 100 %."""
    return Fraction(top, bottom) if bottom else None


def over(part: timedelta, whole: timedelta) -> Fraction | None:
    """Return the share of a span in another, to the microsecond."""
    step = timedelta(microseconds=1)
    return ratio(part // step, whole // step)


def mean(spans: Sequence[timedelta]) -> timedelta | None:
    """Return the mean; of nothing there is none."""
    return sum(spans, timedelta()) / len(spans) if spans else None


def percentile(spans: Iterable[timedelta], percent: int) -> timedelta | None:
    """Return the smallest span that at least `percent` of all do not pass (nearest rank)."""
    rows = sorted(spans)
    return rows[max(math.ceil(len(rows) * percent / 100), 1) - 1] if rows else None


@dataclass(frozen=True)
class Use:
    """How many of something were in use: at most, and on average over the time."""

    peak: Fraction | None
    mean: Fraction | None


def in_use(levels: Sequence[tuple[datetime, int]], until: datetime, installed: int) -> Use:
    """Return the share of installed ports in use, from the moments at which their number changed.

    The mean weighs each level with the time it lasted (系统占用率).
    """
    if not levels or not installed:
        return Use(None, None)
    ends = [at for at, _ in levels[1:]] + [until]
    step = timedelta(microseconds=1)
    busy = sum(level * ((end - at) // step) for (at, level), end in zip(levels, ends, strict=True))
    whole = (until - levels[0][0]) // step
    return Use(Fraction(max(level for _, level in levels), installed), ratio(busy, whole * installed))


def wape(forecast: Mapping[object, float], actual: Mapping[object, float]) -> float | None:
    """Return the weighted error of a forecast: the sum of absolute errors over the sum of what came."""
    came = sum(actual.values())
    missed = sum(abs(forecast.get(k, 0) - actual.get(k, 0)) for k in {*forecast, *actual})
    return missed / came if came else None
