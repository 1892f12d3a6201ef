"""A seat's time, told apart moment by moment, and put beside its roster."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shouwen.metrics.rules.presence import PARTS, Day, Seat, day_of, days_of

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def span(start: int, end: int) -> tuple[datetime, datetime]:
    return NINE + timedelta(minutes=start), NINE + timedelta(minutes=end)


def said(*stretches: tuple[str, int, int]) -> list[tuple[str, datetime, datetime]]:
    return [(state, *span(start, end)) for state, start, end in stretches]


def plan(*stretches: tuple[str, bool, int, int]) -> list[tuple[str, bool, datetime, datetime]]:
    return [(what, paid, *span(start, end)) for what, paid, start, end in stretches]


def in_minutes(day: Day, *parts: str) -> list[int]:
    return [int(getattr(day, part).total_seconds() / 60) for part in parts]


def test_contacts_go_before_states():
    """Ready for an hour with two contacts at once, then a break in which the last one is still written up."""
    day = day_of(Seat(said(("ready", 0, 60), ("break", 60, 90)), [span(10, 30), span(20, 40), span(55, 70)]))
    assert in_minutes(day, "signed_in", "busy", "idle", "away") == [90, 45, 25, 20]
    assert day.occupancy == Fraction(45, 70)
    assert (day.utilisation, day.shrinkage, day.adherence, day.conformance) == (None, None, None, None)


def test_who_was_never_there_has_no_occupancy():
    assert Day().occupancy is None
    assert day_of(Seat(said(("offline", 0, 60)), rang=[span(0, 5)])) == Day()


def test_fifteen_minutes_late_in_an_hour_is_three_quarters_kept_and_making_up_for_it_conforms():
    late = day_of(Seat(said(("ready", 15, 60)), planned=plan(("work", True, 0, 60))))
    assert late.adherence == late.conformance == Fraction(3, 4)
    longer = day_of(Seat(said(("ready", 15, 75)), planned=plan(("work", True, 0, 60))))
    assert longer.adherence == Fraction(3, 4)
    assert longer.conformance == 1
    assert day_of(Seat(said(("ready", 0, 90)), planned=plan(("work", True, 0, 60)))).conformance == Fraction(3, 2)


def test_each_planned_stretch_is_kept_in_its_own_state():
    """A break taken during training keeps neither, a contact that lasts into the break keeps the work alone."""
    day = day_of(
        Seat(
            said(("ready", 0, 55), ("break", 55, 100), ("training", 100, 120)),
            [span(40, 65)],
            planned=plan(("work", True, 0, 60), ("break", False, 60, 75), ("training", True, 75, 120)),
        )
    )
    assert in_minutes(day, "planned", "kept", "paid") == [120, 60 + 15 + 20, 105]


def test_utilisation_leaves_ringing_out_and_shrinkage_does_not():
    """Two paid hours: 10 ringing, 50 serving, 30 idle, then 30 of a paid meeting."""
    day = day_of(
        Seat(
            said(("ready", 0, 90), ("meeting", 90, 120)),
            [span(10, 60)],
            [span(0, 10)],
            plan(("work", True, 0, 90), ("meeting", True, 90, 120)),
        )
    )
    assert day.utilisation == Fraction(80, 120)
    assert day.shrinkage == Fraction(30, 120)
    assert day.adherence == 1


def test_work_on_a_day_without_roster_is_no_share_of_anothers_paid_time():
    rostered = day_of(Seat(said(("ready", 0, 60)), planned=plan(("work", True, 0, 60))))
    free = day_of(Seat(said(("ready", 0, 60))))
    assert (rostered + free).utilisation == 1
    assert (rostered + free).signed_in == timedelta(hours=2)


_minutes = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)
_spans = st.lists(_minutes.map(lambda p: span(*p)), max_size=5)


@st.composite
def seats(draw: st.DrawFn) -> Seat:
    cuts = sorted(draw(st.lists(st.integers(0, 60), max_size=6)))
    words = st.sampled_from(["ready", "break", "acw", "training", "offline"])
    states = [(draw(words), *span(a, b)) for a, b in pairwise(cuts)]
    tasks = st.sampled_from([("work", True), ("break", False), ("training", True)])
    planned = [(*draw(tasks), *span(a, b)) for a, b in pairwise(cuts[1:])]
    return Seat(states, draw(_spans), draw(_spans), planned)


@given(seats(), st.lists(st.integers(1, 59), unique=True, max_size=4))
def test_busy_idle_and_away_are_the_time_signed_in_however_it_is_cut(seat, cuts):
    day = day_of(seat)
    assert day.busy + day.idle + day.away == day.signed_in
    edges = [NINE + timedelta(minutes=n) for n in (0, *sorted(cuts), 60)]
    parts = days_of(seat, edges)
    for name in PARTS:
        assert sum((getattr(part, name) for part in parts), timedelta()) == getattr(day, name), name
    assert day.kept <= day.planned
    assert day.available <= day.paid
