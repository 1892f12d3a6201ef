"""Working time against a count of every minute, with calendars of any shape; and the holidays of China."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.kernel import holidays
from shouwen.kernel.calendars import (
    BEIJING,
    OFFICE,
    OFFICE_DAY,
    OFFICE_WEEK,
    ROUND_THE_CLOCK,
    Day,
    NeverOpens,
    Period,
    WorkingCalendar,
    in_order,
)

FRIDAY = datetime(2026, 11, 20, 17, 0, tzinfo=BEIJING)
FIRST = date(2026, 2, 2)
MINUTE = timedelta(minutes=1)


def at_minute(minute: int) -> time:
    """Return the time of day of a minute; the last one of the day is midnight."""
    return time(minute % 1440 // 60, minute % 60)


@st.composite
def any_day(draw: st.DrawFn) -> Day:
    """Draw none to three periods in order, some touching, some up to midnight."""
    marks = sorted(draw(st.lists(st.integers(0, 24), max_size=6, unique=True)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(Period(at_minute(60 * opens), at_minute(60 * closes)) for opens, closes in pairs)


@st.composite
def any_calendar(draw: st.DrawFn) -> WorkingCalendar:
    """Draw a week with at least one period, and some days that differ from it."""
    week = tuple(draw(st.lists(any_day(), min_size=7, max_size=7).filter(any)))
    offsets = draw(st.dictionaries(st.integers(0, 20), any_day(), max_size=5))
    return WorkingCalendar(week, {FIRST + timedelta(days=offset): day for offset, day in offsets.items()})


moments = st.integers(0, 20 * 1440).map(lambda m: datetime.combine(FIRST, time(0), BEIJING) + m * MINUTE)


def open_at(calendar: WorkingCalendar, moment: datetime) -> bool:
    """Say by looking at the clock whether somebody works in the minute that begins now."""
    local = moment.astimezone(BEIJING)
    minute = local.hour * 60 + local.minute
    periods = calendar.days.get(local.date(), calendar.week[local.weekday()])
    ends = [(p.opens.hour * 60 + p.opens.minute, p.closes.hour * 60 + p.closes.minute or 1440) for p in periods]
    return any(opens <= minute < closes for opens, closes in ends)


@given(calendar=any_calendar(), start=moments, minutes=st.integers(1, 2400))
@settings(max_examples=60, deadline=None)
def test_adding_working_time_equals_a_count_of_minutes(calendar, start, minutes):
    moment, left = start, minutes
    while left:
        left -= open_at(calendar, moment)
        moment += MINUTE
    assert calendar.add(start, timedelta(minutes=minutes)) == moment


@given(calendar=any_calendar(), start=moments, minutes=st.integers(0, 4 * 1440))
@settings(max_examples=60, deadline=None)
def test_working_time_between_equals_a_count_of_minutes(calendar, start, minutes):
    counted = sum(open_at(calendar, start + n * MINUTE) for n in range(minutes))
    assert calendar.between(start, start + minutes * MINUTE) == counted * MINUTE


def test_working_time_spans_night_and_weekend():
    assert OFFICE.add(FRIDAY, timedelta(hours=2)) == datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING)


def test_the_lunch_hour_does_not_count():
    calendar = WorkingCalendar(((Period(time(9), time(12)), Period(time(13), time(18))),) * 7)
    morning = datetime(2026, 11, 23, 11, tzinfo=BEIJING)
    assert calendar.add(morning, timedelta(hours=2)) == morning.replace(hour=14)


def test_no_working_time_at_all_ends_at_once():
    assert OFFICE.add(FRIDAY.replace(hour=23), timedelta(0)) == FRIDAY.replace(hour=23)


def test_day_and_night_every_hour_counts():
    assert ROUND_THE_CLOCK.add(FRIDAY, timedelta(days=15, minutes=1)) == FRIDAY + timedelta(days=15, minutes=1)


def test_three_working_days_after_friday_end_on_wednesday_at_closing_time():
    assert OFFICE.add_working_days(FRIDAY, 3) == datetime(2026, 11, 25, 18, 0, tzinfo=BEIJING)


def test_a_holiday_is_skipped_and_a_shifted_day_is_worked():
    calendar = WorkingCalendar(days={date(2026, 11, 23): (), date(2026, 11, 21): OFFICE_DAY})
    assert calendar.add_working_days(FRIDAY, 2) == datetime(2026, 11, 24, 18, 0, tzinfo=BEIJING)


def test_a_calendar_that_never_opens_is_found_out():
    with pytest.raises(NeverOpens):
        WorkingCalendar(week=((),) * 7).add(FRIDAY, MINUTE)


@pytest.mark.parametrize(
    ("periods", "fits"),
    [
        ([(9, 12), (13, 18)], True),
        ([(9, 12), (12, 18)], True),
        ([(0, 0)], True),
        ([(22, 0)], True),
        ([(9, 12), (11, 18)], False),
        ([(13, 18), (9, 12)], False),
        ([(9, 9)], False),
        ([(18, 9)], False),
        ([(22, 0), (23, 0)], False),
    ],
)
def test_periods_of_a_day_run_forwards_without_overlap(periods, fits):
    assert in_order([Period(time(opens), time(closes)) for opens, closes in periods]) is fits


def test_the_spring_festival_of_2026_and_the_days_worked_for_it():
    days = holidays.special_days()
    off = [date(2026, 2, 15) + timedelta(days=n) for n in range(9)]
    assert all(not days[day].works and days[day].zh == "春节" for day in off)
    assert days[date(2026, 2, 14)].works
    assert days[date(2026, 2, 28)].works


def test_a_shifted_saturday_has_the_hours_of_a_working_day():
    applied = holidays.applied(OFFICE_WEEK)
    assert applied[date(2026, 2, 14)] == OFFICE_DAY
    assert applied[date(2026, 2, 16)] == ()


def test_holidays_are_known_as_far_as_they_were_announced():
    assert holidays.announced_through() >= 2026
