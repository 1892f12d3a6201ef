"""Counts of an interval: what is summed, and the figures made of the sums. Percentages are never summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from fractions import Fraction

from .figures import Counts, abandon_rate, answer_rate, over_limit_rate, service_level
from .policy import Policy
from .shares import ratio

STEP = timedelta(minutes=15)


@dataclass(frozen=True)
class Sums:
    """What an interval, a day, a queue, a person or a channel came to; sums of sums are the sums of the whole."""

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
    wait_answered_ms: int = 0
    wait_abandoned_ms: int = 0
    handled: int = 0
    handling_ms: int = 0
    talk_ms: int = 0
    held_ms: int = 0
    wrap_up_ms: int = 0
    transferred: int = 0
    disconnected: int = 0
    missed_offers: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in COUNTS))

    @property
    def counts(self) -> Counts:
        """Return the counts of visits."""
        return Counts(**{f.name: getattr(self, f.name) for f in fields(Counts)})


COUNTS = tuple(f.name for f in fields(Sums))
PERSONAL = (
    "answered",
    "in_time",
    "asa",
    "handled",
    "handling_time",
    "talk_time",
    "hold_time",
    "wrap_up_time",
    "transfer_rate",
    "disconnected",
    "missed_offers",
)
"""Figures that can be told of one person: who left before an answer left nobody's queue."""


def figures_of(sums: Sums, policy: Policy) -> dict[str, float | None]:
    """Return the figures by key, in their units: percent 0 to 100 with one decimal, seconds on the millisecond."""
    c = sums.counts
    shares: Mapping[str, Fraction | None] = {
        "service_level": service_level(c, policy),
        "service_level_strict": service_level(c, policy, "F3"),
        "answer_rate": answer_rate(c),
        "answer_rate_net": answer_rate(c, without_short=True),
        "over_limit_rate": over_limit_rate(c),
        "abandon_rate": abandon_rate(c),
        "abandon_rate_net": ratio(c.abandoned - c.short, c.offered - c.short),
        "transfer_rate": ratio(sums.transferred, sums.handled),
    }
    spans: Mapping[str, Fraction | None] = {
        "asa": ratio(sums.wait_answered_ms, c.answered),
        "mean_wait": ratio(sums.wait_answered_ms + sums.wait_abandoned_ms, c.answered + c.abandoned),
        "handling_time": ratio(sums.handling_ms, sums.handled),
        "talk_time": ratio(sums.talk_ms, sums.handled),
        "hold_time": ratio(sums.held_ms, sums.handled),
        "wrap_up_time": ratio(sums.wrap_up_ms, sums.handled),
    }
    return {
        "offered": c.offered,
        "answered": c.answered,
        "in_time": c.in_time,
        "abandoned": c.abandoned,
        "short_abandoned": c.short,
        "flow_out": c.flow_out,
        "callbacks": c.callbacks,
        "handled": sums.handled,
        "disconnected": sums.disconnected,
        "missed_offers": sums.missed_offers,
        **{key: None if share is None else float(round(share * 100, 1)) for key, share in shares.items()},
        **{key: None if span is None else float(round(span / 1000, 3)) for key, span in spans.items()},
    }
