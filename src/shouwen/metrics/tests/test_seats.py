"""A seat's time: the handbook's fixtures, and that nobody is busy twice at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.metrics.rules.agents import (
    Time,
    adherence,
    conformance,
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


HOUR = Time(talk=minutes(30), hold=minutes(4), wrap_up=minutes(10), ring=minutes(1), idle=minutes(15))


def test_occupancy_counts_ringing_as_work_and_breaks_not_at_all():
    assert occupancy(HOUR) == Fraction(45, 60)
    assert occupancy(HOUR + HOUR) == Fraction(45, 60)
    assert occupancy(Time()) is None


def test_utilisation_is_of_the_paid_time():
    assert utilisation(HOUR, minutes(75)) == Fraction(59, 75)
    assert utilisation(HOUR, minutes(0)) is None


def test_fourteen_at_their_seats_with_thirty_percent_shrinkage_are_twenty_people():
    """Fourteen times 1.3 would be nineteen, and too few."""
    assert shrinkage(minutes(42), minutes(60)) == Fraction(3, 10)
    assert staff_needed(14, Fraction(3, 10)) == 20


def test_fifteen_minutes_late_in_an_hour_is_three_quarters_kept():
    assert adherence([span(0, 60)], [span(15, 60)]) == Fraction(3, 4)


def test_who_makes_up_for_it_later_conforms_without_adhering():
    late = [span(15, 75)]
    assert adherence([span(0, 60)], late) == Fraction(3, 4)
    assert conformance([span(0, 60)], late) == 1
    assert conformance([span(0, 60)], [span(0, 90)]) == Fraction(3, 2)


def test_nobody_scheduled_keeps_nothing():
    assert adherence([], [span(0, 60)]) is None
    assert conformance([], []) is None


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
