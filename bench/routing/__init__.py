"""The matching: against brute force, in every snapshot, on time, and how fast beside bare durable writes."""

from __future__ import annotations

import os
from collections.abc import Sequence

from shouwen.routing.rules import media
from shouwen.routing.rules.precedence import Discipline, passing_bound, starvation_bound

from ..parts import Part, judge
from .database import durable_database


def measure() -> Sequence[Part]:
    """Run each part on a durable database of its own; sizes by EVENTS, CROWD_SECONDS, SECONDS, STEADY_SECONDS."""
    with durable_database() as url:
        from . import against_oracle, crowd, rates  # Django is set up by now

        _say_bounds()
        parts = [judge("routing", "differing", ours=float(against_oracle.differing(_size("EVENTS", 100_000))), unit="")]
        parts += crowd.parts(url, _size("CROWD_SECONDS", 30))
        parts += rates.parts(url, _size("SECONDS", 10), _size("STEADY_SECONDS", 60))
    return parts


def _size(name: str, usual: int) -> int:
    return int(os.environ.get(name) or usual)


def _say_bounds() -> None:
    """Print how long nobody waits longer than: the starvation bound of each discipline and medium."""
    for discipline in Discipline:
        for medium in ("voice", "email", "back_office"):
            patience = media.of(medium).patience
            new, all_ = passing_bound(discipline, patience), starvation_bound(discipline, patience)
            print(f"starvation bound, {discipline} {medium}: {new} by new contacts, {all_} by any")
