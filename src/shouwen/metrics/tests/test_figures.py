"""The figures against the handbook's published and own fixtures, and by property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.metrics.rules.figures import (
    Counts,
    abandon_rate,
    answer_rate,
    by_period,
    count,
    counts_for_level,
    handling_time,
    is_disconnected,
    mean_wait,
    over_limit_rate,
    service_level,
    speed_of_answer,
    talk_time,
    transfer_rate,
    wrap_up_time,
)
from shouwen.metrics.rules.policy import Policy
from shouwen.metrics.rules.shares import ratio
from shouwen.metrics.rules.visits import Day, fold

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
POLICY = Policy()
LATER = START + timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """A line of the journal, as short as tests need it."""

    interaction_id: int
    name: str
    second: float = 0
    queue_code: str | None = "chat"
    staff_id: int | None = 7

    @property
    def at(self) -> datetime:
        return START + timedelta(milliseconds=round(self.second * 1000))


def day(*lines: Line) -> Day:
    return fold(sorted(lines, key=lambda line: line.at))


def own_fixture() -> Day:
    """Thirteen visits: six answered, five abandoned, one callback, one that moved on."""
    lines = [Line(i, "queue_in") for i in range(13)]
    lines += [Line(i, "answer", wait) for i, wait in enumerate((0, 10, 15, 15.001, 40))]
    lines += [Line(5, "offer", 1), Line(5, "rna", 16), Line(5, "queue_in", 16), Line(5, "answer", 25)]
    lines += [Line(6 + i, "abandon", wait) for i, wait in enumerate((2, 5, 12, 15, 30))]
    return day(*lines, Line(11, "callback_accept", 20), Line(12, "flow_out", 18))


PUBLISHED = Counts(answered=1000, in_time=860, abandoned=60, abandoned_in_time=20, short=10)


@pytest.mark.parametrize(
    ("variant", "percent"),
    [("F1", "83.02"), ("F2", "86.00"), ("F3", "81.13"), ("F4", "82.69"), ("F5", "82.08"), ("F6", "81.90")],
)
def test_each_variant_of_the_service_level_gives_the_published_value(variant, percent):
    share = service_level(PUBLISHED, variant=variant) or Fraction(0)
    assert f"{float(share * 100):.2f}" == percent


def test_the_own_fixture_is_counted_to_the_piece():
    counted = count(own_fixture().visits, POLICY, LATER)
    assert counted == Counts(
        offered=13,
        answered=6,
        in_time=3,
        abandoned=5,
        short=1,
        abandoned_in_time=4,
        flow_out=1,
        callbacks=1,
        waiting=0,
    )


@pytest.mark.parametrize(
    ("variant", "share"),
    [
        ("F1", Fraction(7, 11)),
        ("F2", Fraction(1, 2)),
        ("F3", Fraction(3, 11)),
        ("F4", Fraction(3, 7)),
        ("F5", Fraction(4, 11)),
        ("F6", Fraction(3, 10)),
    ],
)
def test_the_own_fixture_gives_each_variant(variant, share):
    assert service_level(count(own_fixture().visits, POLICY, LATER), variant=variant) == share


@pytest.mark.parametrize(
    ("callback", "reached", "share"),
    [
        ("late", None, Fraction(3, 11)),
        ("left_out", None, Fraction(3, 10)),
        ("when_kept", None, Fraction(3, 11)),
        ("when_kept", 20 + 7200, Fraction(4, 11)),
        ("when_kept", 20 + 7200.001, Fraction(3, 11)),
        ("late", 60, Fraction(3, 11)),
    ],
)
def test_a_policy_says_how_callbacks_count(callback, reached, share):
    """A callback is no abandon; kept means that it reached the customer within two hours, the limit itself inside."""
    policy = Policy(callback=callback)
    visits = [v for v in own_fixture().visits if v.outcome != "callback"]
    called = [Line(11, "queue_in"), Line(11, "callback_accept", 20)]
    called += [Line(11, "answer", reached)] if reached else []
    visits += day(*called).visits
    assert service_level(count(visits, policy, LATER), policy) == share
    assert sum(counts_for_level(v, policy, LATER) for v in visits) == share.denominator


def test_waits_of_the_own_fixture():
    visits = own_fixture().visits
    assert speed_of_answer(visits, LATER) == timedelta(seconds=17.5, microseconds=166.6667)
    assert mean_wait(visits, LATER) == timedelta(microseconds=15363727)


def test_answer_rates_of_the_own_fixture():
    counted = count(own_fixture().visits, POLICY, LATER)
    assert answer_rate(counted) == Fraction(6, 11)
    assert answer_rate(counted, without_short=True) == Fraction(3, 5)
    assert abandon_rate(counted) == Fraction(5, 13)


def test_a_day_weighs_its_intervals():
    """The mean of interval percentages would be 0.8883."""
    volumes = (Counts(answered=60, in_time=55), Counts(answered=110, in_time=95), Counts(answered=180, in_time=159))
    whole = sum(volumes, Counts())
    assert service_level(whole) == Fraction(309, 350)


def test_nothing_over_nothing_is_no_figure():
    nothing = Counts()
    assert service_level(nothing) is None
    assert answer_rate(nothing) is None
    assert abandon_rate(nothing) is None
    assert speed_of_answer([], LATER) is None
    assert handling_time([]) is None


def test_a_transfer_makes_a_new_visit_and_two_segments():
    told = day(
        Line(1, "queue_in"),
        Line(1, "answer", 10, staff_id=7),
        Line(1, "transfer", 70, staff_id=7),
        Line(1, "queue_in", 70, "broadband"),
        Line(1, "answer", 75, "broadband", staff_id=8),
        Line(1, "end", 175, "broadband", staff_id=8),
        Line(1, "wrap_end", 195, "broadband", staff_id=8),
    )
    assert [(v.queue_code, v.outcome, v.waited(LATER).total_seconds()) for v in told.visits] == [
        ("chat", "answered", 10.0),
        ("broadband", "answered", 5.0),
    ]
    assert [(s.staff_id, s.transferred, s.handling) for s in told.segments] == [
        (7, True, timedelta(seconds=60)),
        (8, False, timedelta(seconds=120)),
    ]
    assert handling_time(told.segments) == timedelta(seconds=90)


def test_wrap_up_still_open_counts_when_it_ends():
    told = day(Line(1, "queue_in"), Line(1, "answer", 5), Line(1, "end", 65))
    assert told.segments[0].handling is None
    assert handling_time(told.segments) is None


def test_leaving_before_asking_for_a_person_is_no_abandon_of_a_queue():
    told = day(Line(1, "arrive"), Line(1, "abandon", 3))
    assert told.visits == []


def test_who_still_waits_is_offered_and_nothing_else():
    counted = count(day(Line(1, "queue_in")).visits, POLICY, LATER)
    assert counted == Counts(offered=1, waiting=1)
    assert service_level(counted) is None


_names = st.sampled_from(
    [
        "arrive",
        "queue_in",
        "offer",
        "rna",
        "answer",
        "abandon",
        "flow_out",
        "callback_accept",
        "transfer",
        "end",
        "wrap_end",
    ]
)
_lines = st.lists(
    st.builds(
        Line,
        interaction_id=st.integers(1, 4),
        name=_names,
        second=st.integers(0, 100),
        queue_code=st.sampled_from(["chat", "broadband"]),
    ),
    max_size=40,
)


def test_the_time_from_the_ring_adds_up_until_the_first_answer_and_ends_with_it():
    moved = Line(1, "queue_in", 12, queue_code="broadband")
    told = day(Line(1, "arrive"), Line(1, "queue_in", 7), moved, Line(1, "answer", 14), Line(1, "queue_in", 60))
    spans = [v.since_arrival and v.since_arrival.total_seconds() for v in told.visits]
    assert [v.outcome for v in told.visits] == ["flow_out", "answered", "waiting"]
    assert spans == [12, 14, None]


@given(_lines)
def test_every_visit_has_exactly_one_outcome_and_time_never_runs_back(lines):
    """Answer time is counted from the event log: whatever happened in whatever order, each visit is counted once,
    in time means 15 s or less, and no wait is negative."""
    told = day(*lines)
    counted = count(told.visits, POLICY, LATER)
    outcomes = (counted.answered, counted.abandoned, counted.flow_out, counted.callbacks, counted.waiting)
    assert sum(outcomes) == counted.offered == len(told.visits)
    assert counted.in_time == sum(
        v.outcome == "answered" and v.waited(LATER) <= timedelta(seconds=15) for v in told.visits
    )
    assert min((v.waited(LATER) for v in told.visits), default=timedelta()) >= timedelta()


@pytest.mark.req("R-KPI-003")
@given(_lines, _lines)
def test_counts_of_parts_add_up_to_the_counts_of_the_whole(first, second):
    """The connect rate by hour, day and month: a whole is the sum of its parts, never a mean of their rates."""
    one, other = day(*first).visits, day(*second).visits
    whole = count([*one, *other], POLICY, LATER)
    assert count(one, POLICY, LATER) + count(other, POLICY, LATER) == whole
    for period in ("hour", "day", "month"):
        parts = by_period([*one, *other], period, POLICY, LATER)
        assert sum(parts.values(), Counts()) == whole
    assert answer_rate(whole) == ratio(whole.answered, whole.answered + whole.abandoned)


@pytest.mark.req("R-KPI-002")
@given(st.integers(0, 60_000), st.integers(1, 60_000))
def test_a_wait_equal_to_the_limit_is_inside_it(wait_ms, limit_ms):
    """The over-limit rate: the limit is configuration, and an answer exactly at the limit is within it."""
    policy = Policy(in_time=timedelta(milliseconds=limit_ms))
    told = day(Line(1, "queue_in"), Line(1, "answer", wait_ms / 1000))
    counted = count(told.visits, policy, LATER)
    assert counted.in_time == int(wait_ms <= limit_ms)
    assert over_limit_rate(counted) == int(wait_ms > limit_ms)


def test_an_hour_is_the_hour_of_entering_the_queue_in_beijing():
    told = day(Line(1, "queue_in", -1), Line(2, "queue_in", 0), Line(1, "answer", 5))
    parts = by_period(told.visits, "hour", POLICY, LATER)
    assert {name: counts.offered for name, counts in parts.items()} == {"2026-11-23 09": 1, "2026-11-23 10": 1}


def test_hold_ring_talk_and_wrap_up_are_told_apart():
    told = day(
        Line(1, "queue_in"),
        Line(1, "offer", 2, staff_id=6),
        Line(1, "rna", 12, staff_id=6),
        Line(1, "offer", 12, staff_id=7),
        Line(1, "answer", 20, staff_id=7),
        Line(1, "hold_on", 50),
        Line(1, "hold_off", 65),
        Line(1, "end", 100),
        Line(1, "wrap_end", 130),
    )
    one = told.segments[0]
    assert (one.rang, one.held, one.talk, one.wrap_up, one.handling) == (
        timedelta(seconds=8),
        timedelta(seconds=15),
        timedelta(seconds=65),
        timedelta(seconds=30),
        timedelta(seconds=110),
    )
    assert [(r.staff_id, r.missed) for r in told.rings] == [(6, True), (7, False)]
    assert talk_time(told.segments) == timedelta(seconds=65)
    assert wrap_up_time(told.segments) == timedelta(seconds=30)


@pytest.mark.parametrize(("word", "transferred"), [("transfer", True), ("returned", False), ("line_lost", False)])
def test_what_went_back_or_was_lost_is_finished_and_no_transfer(word, transferred):
    told = day(Line(1, "queue_in"), Line(1, "answer", 5), Line(1, word, 20), Line(1, "queue_in", 20))
    assert [(s.handling, s.transferred) for s in told.segments] == [(timedelta(seconds=15), transferred)]
    assert [v.outcome for v in told.visits] == ["answered", "waiting"]


def test_a_promised_call_that_reached_its_customer_is_kept_without_being_answered_again():
    told = day(Line(1, "queue_in"), Line(1, "callback_accept", 20), Line(1, "callback_reached", 900))
    assert (len(told.segments), told.visits[0].outcome) == (0, "callback")
    assert told.visits[0].reached_at == told.visits[0].queued_at + timedelta(seconds=900)


def test_on_hold_when_it_ended_was_held_to_the_end():
    told = day(Line(1, "queue_in"), Line(1, "answer", 5), Line(1, "hold_on", 20), Line(1, "end", 50))
    assert (told.segments[0].held, told.segments[0].talk) == (timedelta(seconds=30), timedelta(seconds=15))


@pytest.mark.parametrize(("ends", "flagged"), [(8, True), (8.001, False), (60, False)])
def test_ended_within_three_seconds_of_the_answer_is_flagged_and_still_answered(ends, flagged):
    told = day(Line(1, "queue_in"), Line(1, "answer", 5), Line(1, "end", ends))
    assert is_disconnected(told.segments[0], POLICY) is flagged
    assert count(told.visits, POLICY, LATER).answered == 1


def test_transferred_over_finished_segments():
    told = day(
        Line(1, "queue_in"),
        Line(1, "answer", 5),
        Line(1, "transfer", 30),
        Line(1, "queue_in", 30, "broadband"),
        Line(1, "answer", 40, "broadband"),
        Line(1, "end", 90, "broadband"),
        Line(1, "wrap_end", 95, "broadband"),
    )
    assert transfer_rate(told.segments) == Fraction(1, 2)
    assert transfer_rate([]) is None
