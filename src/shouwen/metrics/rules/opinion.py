"""What customers think of us: ratings, recommendation, effort; with how many said it and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .policy import Policy
from .shares import ratio

Z95 = 1.959964


@dataclass(frozen=True)
class Satisfaction:
    """Ratings on the scale of 1 to 5; refused and blank ones are in no denominator."""

    valid: int
    asked: int
    satisfied: int
    points: int

    @property
    def mean(self) -> Fraction | None:
        """Return the mean score."""
        return ratio(self.points, self.valid)

    @property
    def top(self) -> Fraction | None:
        """Return the share of satisfied ratings (top-2-box)."""
        return ratio(self.satisfied, self.valid)

    @property
    def response(self) -> Fraction | None:
        """Return the share of those asked who answered."""
        return ratio(self.valid, self.asked)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return within what bounds the share lies with 95 % confidence (Wilson); None without ratings."""
        return wilson(self.satisfied, self.valid)


def satisfaction(scores: Sequence[int], asked: int, policy: Policy) -> Satisfaction:
    """Count ratings."""
    return Satisfaction(len(scores), asked, sum(s >= policy.satisfied for s in scores), sum(scores))


def wilson(top: int, bottom: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share, honest also for few."""
    if not bottom:
        return None
    p, z = top / bottom, Z95
    spread = z * math.sqrt(p * (1 - p) / bottom + z * z / (4 * bottom * bottom))
    centre, scale = p + z * z / (2 * bottom), 1 + z * z / bottom
    low = (centre - spread) / scale if top else 0.0
    return (low, (centre + spread) / scale if top < bottom else 1.0)


def promoters(scores: Sequence[int]) -> Fraction | None:
    """Return the net promoter score, -100 to 100: 9 and 10 less 0 to 6, over all; 0 is a detractor too."""
    share = ratio(sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores), len(scores))
    return None if share is None else share * 100


def effort(scores: Sequence[int]) -> Fraction | None:
    """Return the share who found it easy: 5 to 7 on a scale of 1 to 7 (CES)."""
    return ratio(sum(s >= 5 for s in scores), len(scores))
