from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel.calendars import BEIJING
from shouwen.kernel.errors import DomainError
from shouwen.project.replay.arrivals import FLAT, by_hours, own_times, read_profile

START = datetime(2026, 11, 23, 8, 0, tzinfo=BEIJING)
moments = st.datetimes(min_value=datetime(2011, 1, 1), max_value=datetime(2026, 1, 1)).map(
    lambda t: t.replace(tzinfo=BEIJING)
)


@given(st.lists(moments, min_size=1, max_size=50), st.floats(0.01, 30))
def test_compressed_times_keep_order_and_proportion(written: list[datetime], days: float) -> None:
    written.sort()
    laid = own_times(written, start=START, days=days)
    assert laid == sorted(laid)
    assert laid[0] == START
    assert laid[-1] <= START + timedelta(days=days) + timedelta(milliseconds=1)
    middle = (written[len(written) // 2] - written[0]) / ((written[-1] - written[0]) or timedelta(seconds=1))
    assert abs((laid[len(written) // 2] - START) / timedelta(days=days) - middle) < 1e-6


@given(st.integers(0, 300), st.lists(st.integers(0, 9), min_size=24, max_size=24), st.integers(1, 5), st.integers())
def test_drawn_times_fall_in_busy_hours_only_and_repeat_with_the_seed(
    count: int, weights: list[int], days: int, seed: int
) -> None:
    profile = tuple(weights)
    drawn = by_hours(count, profile, start=START, days=days, seed=seed)
    assert drawn == by_hours(count, profile, start=START, days=days, seed=seed)
    assert len(drawn) == count
    assert drawn == sorted(drawn)
    assert all(START <= moment < START + timedelta(days=days) for moment in drawn)
    if any(weights):
        assert all(profile[moment.hour] for moment in drawn)


def test_busy_hours_get_their_share() -> None:
    profile = (*[0] * 10, 3, 1, *[0] * 12)
    drawn = by_hours(4000, profile, start=START, days=1, seed=1)
    share = sum(moment.hour == 10 for moment in drawn) / 4000
    assert 0.72 < share < 0.78


def test_calls_are_counted_by_the_hour(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("call_id,vru_entry\n1,0:10:10\n2,13:05:00\n3,1999-08-01 13:59:59\n")
    found = read_profile(file)
    assert (found[0], found[13], sum(found)) == (1, 2, 3)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("call_id,server\n1,A\n", "vru_entry"),
        ("call_id,vru_entry\n1,soon\n", "Line 2, column “vru_entry”"),
        ("call_id,vru_entry\n1,25:00:00\n", "25:00:00"),
        ("call_id,vru_entry\n1\n", "Line 2 has 1 cells"),
    ],
)
def test_a_file_without_times_of_calls_is_refused(tmp_path: Path, text: str, word: str) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(text)
    with pytest.raises(DomainError) as caught:
        read_profile(file)
    assert word in caught.value.text("en")


def test_no_profile_is_every_hour_alike() -> None:
    assert by_hours(3, FLAT, start=START, days=1, seed=0) == by_hours(3, (0,) * 24, start=START, days=1, seed=0)
