"""The arithmetic of promises, against counting second by second and day by day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel.calendars import BEIJING, WorkingCalendar
from shouwen.sla import rules

CALENDAR = WorkingCalendar(
    holidays=frozenset({datetime(2026, 10, day).date() for day in range(1, 8)}),
    extra_days=frozenset({datetime(2026, 10, 10).date()}),
)
START = datetime(2026, 9, 21, tzinfo=BEIJING)
moments = st.integers(0, 30 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
spans = st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), max_size=4)


def pauses_from(start: datetime, spans: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
    """Lay pauses one after the other: run for some minutes, then stand for some."""
    pauses, moment = [], start
    for run, stand in spans:
        begin = moment + timedelta(minutes=run)
        moment = begin + timedelta(minutes=stand)
        pauses.append((begin, moment))
    return pauses


def due_by_steps(allowance: rules.Allowance, start: datetime, pauses: list[tuple[datetime, datetime]]) -> datetime:
    """Follow the clock as the room does: due at the start, moved by each pause that begins before it."""
    due_at = rules.due(allowance, start, CALENDAR)
    for begin, end in pauses:
        if begin > due_at:
            break
        due_at = rules.due_after_pause(
            allowance, started_at=start, due_at=due_at, paused_at=begin, resumed_at=end, calendar=CALENDAR
        )
    return due_at


@given(start=moments, minutes=st.integers(1, 6000), spans=spans)
def test_elapsed_time_counts_every_minute_outside_the_pauses(start, minutes, spans):
    pauses = pauses_from(start, spans)
    moment, counted = start, 0
    while counted < minutes:
        paused = any(begin <= moment < end for begin, end in pauses)
        counted += not paused
        moment += timedelta(minutes=1)
        ended = next((end for begin, end in pauses if begin <= moment < end), None)
        moment = ended if ended and counted < minutes else moment

    found = due_by_steps(rules.Allowance(seconds=minutes * 60), start, pauses)

    touching = [end for begin, end in pauses if begin == moment]
    assert found in {moment, *touching}


@given(start=moments, days=st.integers(1, 6), spans=spans)
@pytest.mark.req("R-TKT-009")
def test_working_days_count_each_close_after_the_first_day_that_no_pause_covers(start, days, spans):
    """Feedback within working days: a working day counts when the clock runs at its close."""
    pauses = pauses_from(start, spans)
    day, counted, close = start.date(), 0, start
    while counted < days:
        day += timedelta(days=1)
        close = datetime.combine(day, time(18), BEIJING)
        paused = any(begin <= close < end for begin, end in pauses)
        counted += CALENDAR.works_on(day) and not paused

    assert due_by_steps(rules.Allowance(working_days=days), start, pauses) == close


@given(start=moments, days=st.integers(1, 6), spans=spans)
def test_a_pause_never_brings_a_deadline_forward(start, days, spans):
    for allowance in (rules.Allowance(working_days=days), rules.Allowance(seconds=days * 3600)):
        assert due_by_steps(allowance, start, pauses_from(start, spans)) >= rules.due(allowance, start, CALENDAR)


def test_a_response_clock_runs_at_night_and_on_holidays():
    night = datetime(2026, 10, 1, 3, tzinfo=BEIJING)
    assert rules.due(rules.Allowance(seconds=48 * 3600), night, CALENDAR) == night + timedelta(hours=48)


def test_three_working_days_from_the_eve_of_a_holiday_end_after_it():
    eve = datetime(2026, 9, 30, 10, tzinfo=BEIJING)
    assert rules.due(rules.Allowance(working_days=3), eve, CALENDAR) == datetime(2026, 10, 10, 18, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("seconds", "days", "valid"),
    [
        (60, None, True),
        (None, 3, True),
        (None, None, False),
        (60, 3, False),
        (0, None, False),
        (None, -1, False),
    ],
)
def test_an_allowance_is_one_measure_above_zero(seconds, days, valid):
    assert rules.Allowance(seconds, days).valid is valid


@given(percent=st.integers(1, 100), seconds=st.integers(1, 10**6))
def test_the_warning_comes_after_the_start_and_not_after_the_due_time(percent, seconds):
    start = datetime(2026, 11, 23, tzinfo=UTC)
    due_at = start + timedelta(seconds=seconds)
    assert start < rules.warn_at(start, due_at, percent) <= due_at


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("settled", "offset", "expected"),
    [
        ({}, -HOUR, "running"),
        ({}, HOUR, "late"),
        ({"paused_at": START}, HOUR, "paused"),
        ({"paused_at": START, "breached_at": START}, HOUR, "late"),
        ({"breached_at": START}, HOUR, "late"),
        ({"met_at": START, "breached_at": START}, HOUR, "met"),
        ({"cancelled_at": START}, HOUR, "cancelled"),
    ],
)
def test_a_promise_stands_in_exactly_one_state(settled, offset, expected):
    stamps = {"met_at": None, "cancelled_at": None, "paused_at": None, "breached_at": None} | settled
    assert rules.state(due_at=START, at=START + offset, **stamps) == expected
