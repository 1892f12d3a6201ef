"""The arithmetic of promises against counting minute by minute: any calendar, any pauses, any change of policy."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.kernel.calendars import BEIJING, WorkingCalendar
from shouwen.kernel.tests.test_calendars import MINUTE, any_calendar, moments, open_at
from shouwen.sla.rules import clockwork, ladders, standing
from shouwen.sla.rules.clockwork import Allowance, Pause
from shouwen.sla.rules.ladders import Ladder, Quiet, Step

OFFICE = WorkingCalendar()
START = datetime(2026, 9, 21, tzinfo=BEIJING)
gaps = st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 2000)), max_size=4)
measures = st.one_of(
    st.builds(lambda m: Allowance(seconds=60 * m), st.integers(1, 4000)),
    st.builds(lambda m: Allowance(working_seconds=60 * m), st.integers(1, 1500)),
    st.builds(lambda d: Allowance(working_days=d), st.integers(1, 4)),
)


def laid_out(start: datetime, gaps: list[tuple[int, int]]) -> tuple[Pause, ...]:
    """Lay pauses one after the other: run for some minutes, then stand for some."""
    pauses, moment = [], start
    for run, stand in gaps:
        begin = moment + run * MINUTE
        moment = begin + stand * MINUTE
        pauses.append(Pause(begin, moment))
    return tuple(pauses)


class Counter:
    """The oracle: it walks minute by minute and knows neither spans nor sums."""

    def __init__(self, allowance: Allowance, calendar: WorkingCalendar, start: datetime, pauses: tuple[Pause, ...]):
        self.allowance, self.calendar, self.start, self.pauses = allowance, calendar, start, pauses

    def stands(self, moment: datetime) -> bool:
        return any(pause.began_at <= moment < pause.ended_at for pause in self.pauses)

    def counts(self, moment: datetime) -> bool:
        works = self.allowance.seconds is not None or open_at(self.calendar, moment)
        return works and not self.stands(moment)

    def due(self) -> datetime:
        if self.allowance.working_days is not None:
            return self._close(self.allowance.working_days)
        minutes = (self.allowance.seconds or self.allowance.working_seconds or 0) // 60
        return self.after(minutes)

    def after(self, minutes: int) -> datetime:
        """Return the first moment outside every pause at which so many minutes have been counted."""
        moment = self.start
        while minutes or self.stands(moment):
            minutes -= self.counts(moment)
            moment += MINUTE
        return moment

    def counted(self, until: datetime) -> int:
        moment, minutes = self.start, 0
        while moment < until:
            minutes += self.counts(moment)
            moment += MINUTE
        return minutes

    def _close(self, days: int) -> datetime:
        """A day closes at the end of its last open minute; it counts when the clock runs then."""
        first = self.start.astimezone(BEIJING).date() + timedelta(days=1)
        midnight = datetime.combine(first, time(0), BEIJING)
        while True:
            open_minutes = [n for n in range(1440) if open_at(self.calendar, midnight + n * MINUTE)]
            close = midnight + (open_minutes[-1] + 1) * MINUTE if open_minutes else None
            days -= close is not None and not self.stands(close)
            if not days and close:
                return close
            midnight += timedelta(days=1)


@given(allowance=measures, calendar=any_calendar(), start=moments, gaps=gaps)
@settings(max_examples=120, deadline=None)
@pytest.mark.req("R-TKT-009")
def test_a_deadline_is_where_counting_every_minute_ends(allowance, calendar, start, gaps):
    """Time limits on a working-day calendar: the due instant equals a count of minutes and days, pauses left out."""
    pauses = laid_out(start, gaps)
    assert clockwork.due(allowance, start, calendar, pauses) == Counter(allowance, calendar, start, pauses).due()


@given(allowance=measures, calendar=any_calendar(), start=moments, gaps=gaps, percent=st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_a_share_is_reached_when_so_much_of_the_time_was_counted(allowance, calendar, start, gaps, percent):
    pauses = laid_out(start, gaps)
    oracle = Counter(allowance, calendar, start, pauses)
    whole = oracle.counted(oracle.due())
    found = clockwork.reached(percent * 10, allowance, start, calendar, pauses)
    minutes, rest = divmod(whole * percent, 10)
    earliest, latest = oracle.after(minutes), oracle.after(minutes + bool(rest))
    assert earliest <= found <= latest


@given(allowance=measures, calendar=any_calendar(), start=moments, gaps=gaps)
@settings(max_examples=60, deadline=None)
def test_shares_come_in_order_and_the_whole_is_the_deadline(allowance, calendar, start, gaps):
    pauses = laid_out(start, gaps)
    found = [clockwork.reached(percent, allowance, start, calendar, pauses) for percent in (1, 50, 80, 100, 150)]
    assert found == sorted(found)
    assert found[3] == clockwork.due(allowance, start, calendar, pauses)


@given(allowance=measures, calendar=any_calendar(), start=moments, gaps=gaps)
@settings(max_examples=60, deadline=None)
def test_following_a_clock_pause_by_pause_gives_what_the_whole_list_gives(allowance, calendar, start, gaps):
    """A pause that begins after the deadline moves nothing, whenever one looks."""
    pauses = laid_out(start, gaps)
    due_at = clockwork.due(allowance, start, calendar)
    for count, pause in enumerate(pauses, 1):
        if pause.began_at > due_at:
            break
        after = clockwork.due(allowance, start, calendar, pauses[:count])
        assert after >= due_at
        due_at = after
    assert due_at == clockwork.due(allowance, start, calendar, pauses)


def test_a_response_clock_runs_at_night_and_on_holidays():
    night = datetime(2026, 10, 1, 3, tzinfo=BEIJING)
    assert clockwork.due(Allowance(seconds=48 * 3600), night, OFFICE) == night + timedelta(hours=48)


@pytest.mark.parametrize(
    ("seconds", "working_seconds", "days", "valid"),
    [
        (60, None, None, True),
        (None, 60, None, True),
        (None, None, 3, True),
        (None, None, None, False),
        (60, None, 3, False),
        (60, 60, None, False),
        (0, None, None, False),
        (None, None, -1, False),
    ],
)
def test_an_allowance_is_one_measure_above_zero(seconds, working_seconds, days, valid):
    assert Allowance(seconds, working_seconds, days).valid is valid


def test_a_reason_may_stop_a_clock_only_as_long_as_its_limit_in_all():
    earlier = [Pause(START, START + timedelta(hours=3)), Pause(START + timedelta(hours=5), START + timedelta(hours=6))]
    assert clockwork.remaining_pause(timedelta(hours=10), earlier) == timedelta(hours=6)
    assert clockwork.remaining_pause(timedelta(hours=4), earlier) == timedelta(0)
    assert clockwork.remaining_pause(None, earlier) is None


NIGHT = Quiet(time(21), time(8))


@given(reached=moments, begins=st.integers(0, 23), ends=st.integers(0, 23))
def test_nobody_is_told_in_the_quiet_hours_and_nobody_later_than_their_end(reached, begins, ends):
    if begins == ends:
        return
    quiet = Quiet(time(begins), time(ends))
    told = ladders.told_at(reached, quiet, any_hour=False)
    moment = reached
    while quiet.covers(moment.astimezone(BEIJING).time()):
        moment += MINUTE
    assert told == moment


def test_a_step_for_any_hour_waits_for_nothing():
    night = START.replace(hour=2)
    assert ladders.told_at(night, NIGHT, any_hour=True) == night
    assert ladders.told_at(night, None, any_hour=False) == night
    assert ladders.told_at(night, NIGHT, any_hour=False) == START.replace(hour=8)
    assert ladders.told_at(START.replace(hour=22), NIGHT, any_hour=False) == START.replace(hour=8) + timedelta(days=1)


def test_rungs_stand_in_the_order_in_which_people_are_told():
    """At night the warning waits for the morning; the breach, which may come at any hour, is told before it."""
    ladder = Ladder((Step(80, ("handler",)), Step(100, ("duty_leader",), any_hour=True)), NIGHT)
    start = START.replace(hour=16)
    found = ladders.rungs(ladder, Allowance(seconds=10 * 3600), start, OFFICE)
    assert [(rung.step.percent, rung.tell_at) for rung in found] == [
        (100, start + timedelta(hours=10)),
        (80, START.replace(hour=8) + timedelta(days=1)),
    ]
    assert ladders.next_tell_at(found, [100]) == START.replace(hour=8) + timedelta(days=1)
    assert ladders.next_tell_at(found, [80, 100]) is None


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
    assert standing.state(due_at=START, at=START + offset, **stamps) == expected
