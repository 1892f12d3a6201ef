"""A seat's time, split."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from shouwen.metrics.rules.presence import Day, day_of

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def span(start: int, end: int) -> tuple[datetime, datetime]:
    return NINE + timedelta(minutes=start), NINE + timedelta(minutes=end)


def test_contacts_go_before_states():
    """Ready for an hour with two contacts at once, then a break in which the last one is still written up."""
    day = day_of([span(0, 90)], [span(0, 60)], [span(10, 30), span(20, 40), span(55, 70)])
    minutes = [int(part.total_seconds() / 60) for part in (day.signed_in, day.busy, day.idle, day.away)]
    assert minutes == [90, 45, 25, 20]
    assert day.occupancy == Fraction(45, 70)


def test_who_was_never_there_has_no_occupancy():
    assert Day().occupancy is None


_spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: span(min(p), max(p))), max_size=6)


@given(_spans, _spans, _spans)
def test_busy_idle_and_away_are_the_time_signed_in(signed_in, ready, contacts):
    day = day_of(signed_in, ready, contacts)
    assert day.busy + day.idle + day.away == day.signed_in
