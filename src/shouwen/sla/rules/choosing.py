"""Which policy a promise runs under: of those whose conditions all fit, the most specific one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

DIMENSIONS = ("kind", "area", "channel", "tier", "customer", "urgency")
"""What a policy may ask about, the weightiest first: at the same number of conditions the weightier ones win."""

Facets = Mapping[str, str]
"""What is known of a matter, by dimension; what is not known is absent or empty."""

Conditions = Mapping[str, Sequence[str]]
"""The values that fit, by dimension; a dimension without an entry does not matter."""


@dataclass(frozen=True)
class Candidate:
    """A policy as far as choosing goes."""

    code: str
    conditions: Conditions


def fits(conditions: Conditions, facets: Facets) -> bool:
    """Tell whether a matter meets every condition."""
    return all(facets.get(dimension, "") in allowed for dimension, allowed in conditions.items())


def choose(candidates: Iterable[Candidate], facets: Facets) -> Candidate | None:
    """Return the most specific candidate that fits, or None where none does.

    More conditions win; at the same number the weightier dimensions; at the same dimensions, which publishing
    refuses, the first code, so that the choice never depends on the order of the rows.
    """
    fitting = [one for one in candidates if fits(one.conditions, facets)]
    return min(fitting, key=lambda one: (_lightness(one.conditions), one.code), default=None)


def clash(one: Conditions, other: Conditions) -> bool:
    """Tell whether two policies could be equally specific for the same matter."""
    return one.keys() == other.keys() and all(set(values) & set(other[name]) for name, values in one.items())


def _lightness(conditions: Conditions) -> tuple[int, tuple[bool, ...]]:
    return -len(conditions), tuple(dimension not in conditions for dimension in DIMENSIONS)
