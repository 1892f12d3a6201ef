"""Formulas over a seat's time: the handbook's fixtures; and that nobody is busy twice at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.metrics.rules.agents import (
    merged,
    occupancy,
    shrinkage,
    staff_needed,
    total,
    utilisation,
    within,
    without,
)

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def span(start: float, end: float) -> tuple[datetime, datetime]:
    return NINE + minutes(start), NINE + minutes(end)


def test_occupancy_and_utilisation_are_two_things():
    """Talk 30, hold 4, wrap-up 10, ring 1, idle 15 in 75 paid minutes: occupied 45 of 60, utilised 59 of 75."""
    assert occupancy(minutes(45), minutes(15)) == Fraction(3, 4)
    assert utilisation(minutes(59), minutes(75)) == Fraction(59, 75)
    assert (occupancy(minutes(0), minutes(0)), utilisation(minutes(0), minutes(0))) == (None, None)


def test_fourteen_at_their_seats_with_thirty_percent_shrinkage_are_twenty_people():
    """Fourteen times 1.3 would be nineteen, and too few."""
    assert shrinkage(minutes(42), minutes(60)) == Fraction(3, 10)
    assert shrinkage(minutes(0), minutes(0)) is None
    assert staff_needed(14, Fraction(3, 10)) == 20


_spans = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: span(min(p), max(p))),
    max_size=8,
)


@given(_spans, _spans)
def test_spans_split_by_others_add_up_again(some, others):
    inside, outside = within(some, others), without(some, others)
    assert total(inside) + total(outside) == total(merged(some))
    covered = {at for at in range(50) if any(a <= NINE + minutes(at + 0.5) < b for a, b in some)}
    assert total(merged(some)) == minutes(len(covered))


@pytest.mark.parametrize(("spans", "lasts"), [([(0, 10), (5, 20)], 20), ([(0, 5), (10, 15)], 10), ([], 0)])
def test_three_contacts_at_once_are_busy_once(spans, lasts):
    assert total(merged([span(*pair) for pair in spans])) == minutes(lasts)
