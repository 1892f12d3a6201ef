"""Numbers, masking and working time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel import masking, phones
from shouwen.kernel.calendars import BEIJING, WorkingCalendar

OFFICE = WorkingCalendar()
FRIDAY = datetime(2026, 11, 20, 17, 0, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("15400006620", "8615400006620"),
        ("+86 154-0000-6620", "8615400006620"),
        ("0086 15400006620", "8615400006620"),
        ("8615400006620", "8615400006620"),
        ("１５４００００６６２０", "8615400006620"),
        ("0512-65001234", "051265001234"),
        ("010 65001234", "01065001234"),
        ("10000", "10000"),
    ],
)
def test_a_number_has_one_canonical_form(text: str, canonical: str) -> None:
    assert phones.normalise(text) == canonical


@pytest.mark.parametrize("text", ["", "hello", "1540000662", "154000066200", "05121", "１２あ", "' or 1=1"])
def test_what_is_no_number_is_refused_naming_the_field(text: str) -> None:
    with pytest.raises(phones.InvalidPhone) as refusal:
        phones.normalise(text)
    assert refusal.value.field == "phone"


@given(st.integers(min_value=13000000000, max_value=19999999999))
def test_normalising_twice_changes_nothing(number: int) -> None:
    once = phones.normalise(str(number))
    assert phones.normalise(once) == once


@given(st.integers(min_value=13000000000, max_value=19999999999))
def test_a_masked_mobile_hides_its_four_middle_digits(number: int) -> None:
    text = str(number)
    assert masking.phone(f"86{text}") == f"{text[:3]} **** {text[-4:]}"


def test_names_and_addresses_keep_only_what_greets() -> None:
    assert masking.name("陈国栋") == "陈**"
    assert masking.name("陈") == "*"
    assert masking.email("chen@example.com") == "c***@example.com"
    assert masking.email("broken") == "***"


def test_working_time_spans_night_and_weekend() -> None:
    assert OFFICE.add(FRIDAY, timedelta(hours=2)) == datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING)


def test_three_working_days_after_friday_end_on_wednesday_at_closing_time() -> None:
    assert OFFICE.add_working_days(FRIDAY, 3) == datetime(2026, 11, 25, 18, 0, tzinfo=BEIJING)


def test_a_holiday_is_skipped_and_a_shifted_day_is_worked() -> None:
    calendar = WorkingCalendar(holidays=frozenset({date(2026, 11, 23)}), extra_days=frozenset({date(2026, 11, 21)}))
    assert calendar.add_working_days(FRIDAY, 2) == datetime(2026, 11, 24, 18, 0, tzinfo=BEIJING)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda d: d.replace(tzinfo=UTC, microsecond=0)),
    st.integers(min_value=0, max_value=3000),
)
def test_working_time_equals_a_count_of_minutes(start: datetime, minutes: int) -> None:
    """The oracle walks minute by minute and counts those inside opening hours."""
    start = start.replace(second=0)
    calendar = WorkingCalendar(opens=time(9), closes=time(17, 30))
    moment, left = start, minutes
    while left:
        local = moment.astimezone(BEIJING)
        left -= calendar.works_on(local.date()) and time(9) <= local.time() < time(17, 30)
        moment += timedelta(minutes=1)
    if minutes:
        assert calendar.add(start, timedelta(minutes=minutes)) == moment
