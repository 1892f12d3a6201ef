"""Shares, percentiles, ports, forecasts, ratings and outages by their fixtures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.metrics.rules.opinion import effort, promoters, satisfaction, wilson
from shouwen.metrics.rules.outages import Outage, availability, repair
from shouwen.metrics.rules.policy import Policy
from shouwen.metrics.rules.shares import Use, in_use, over, percentile, ratio, wape

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


@pytest.mark.req("R-KPI-001")
@pytest.mark.parametrize(
    ("accurate", "sampled", "share"), [(49, 50, Fraction(49, 50)), (0, 50, Fraction(0)), (0, 0, None)]
)
def test_accuracy_is_accurate_over_sampled(accurate, sampled, share):
    """Query accuracy by fixtures: accurate answers over sampled ones; nothing sampled has no accuracy."""
    assert ratio(accurate, sampled) == share


def test_a_percentile_is_a_wait_that_really_was():
    waits = [hours(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]
    assert (percentile(waits, 50), percentile(waits, 90), percentile(waits, 100)) == (hours(5), hours(9), hours(10))
    assert percentile([hours(3)], 90) == hours(3)
    assert percentile([], 90) is None


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(1, 100))
def test_a_percentile_covers_its_share_and_no_smaller_value_does(values, percent):
    found = percentile([timedelta(seconds=v) for v in values], percent)
    assert found is not None
    least = found.total_seconds()
    assert 100 * sum(v <= least for v in values) >= percent * len(values)
    assert 100 * sum(v < least for v in values) < percent * len(values)


def test_ports_in_use_at_most_and_on_average():
    levels = [(NOON, 0), (NOON + hours(1), 30), (NOON + hours(2), 10)]
    assert in_use(levels, NOON + hours(4), 60) == Use(Fraction(1, 2), Fraction(50, 240))
    assert in_use([], NOON, 60) == Use(None, None)


def test_a_span_in_a_span():
    assert over(hours(1), hours(4)) == Fraction(1, 4)
    assert over(hours(1), hours(0)) is None


def test_the_error_of_a_forecast_is_weighed_by_what_came():
    assert wape({"09:00": 90.0, "09:30": 110.0}, {"09:00": 100.0, "09:30": 100.0}) == 0.1
    assert wape({"09:00": 5.0}, {}) is None


def test_ratings_have_a_mean_a_share_how_many_and_how_sure():
    found = satisfaction([5, 4, 4, 2], asked=10, policy=Policy())
    assert (found.valid, found.mean, found.top, found.response) == (4, Fraction(15, 4), Fraction(3, 4), Fraction(2, 5))
    bounds = found.interval
    assert bounds is not None
    assert [round(b, 3) for b in bounds] == [0.301, 0.954]
    none = satisfaction([], asked=0, policy=Policy())
    assert (none.mean, none.top, none.response, none.interval) == (None, None, None, None)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share_and_narrows_with_numbers(top, bottom):
    low, high = wilson(min(top, bottom), bottom) or (0, 0)
    assert 0 <= low <= min(top, bottom) / bottom <= high <= 1


def test_fifty_promoters_thirty_passive_twenty_detractors_are_thirty():
    assert promoters([9] * 25 + [10] * 25 + [7] * 15 + [8] * 15 + [0] * 10 + [6] * 10) == 30
    assert promoters([]) is None


def test_easy_is_five_to_seven():
    assert effort([1, 4, 5, 7]) == Fraction(1, 2)
    assert effort([]) is None


def test_time_to_restore_is_a_mean_and_what_nine_in_ten_keep():
    found = repair([hours(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 55)])
    assert (found.count, found.mean, found.p90) == (10, hours(10), hours(9))
    assert (repair([]).mean, repair([]).p90) == (None, None)


def test_planned_work_stands_beside_availability_and_lowers_nothing():
    outages = [
        Outage(NOON + hours(1), NOON + hours(2)),
        Outage(NOON + hours(1.5), NOON + hours(3)),
        Outage(NOON + hours(10), NOON + hours(12), planned=True),
        Outage(NOON + hours(23), NOON + hours(30)),
    ]
    found = availability(outages, NOON, NOON + hours(24))
    assert found.share == Fraction(21, 24)
    assert (found.planned, found.down, found.between) == (hours(2), hours(3), hours(10.5))
    assert availability([], NOON, NOON + hours(24)).share == 1
    assert availability([], NOON, NOON).share is None
