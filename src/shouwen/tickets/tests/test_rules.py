"""States, attempts and the journey, as properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.tickets.rules import journey, revisit, states
from shouwen.tickets.rules.revisit import Attempt

MOVES = list(states.MOVE_ZH)
outcomes = st.sampled_from(["awaiting", "reached", "no_answer", "failed"])
attempts = st.lists(st.builds(Attempt, outcomes, st.sampled_from([None, True, False])), max_size=12)


@given(st.lists(st.sampled_from(MOVES), max_size=30))
@pytest.mark.req("R-TKT-026", "R-PRC-015")
def test_a_closed_ticket_was_resolved_just_before_and_never_moves_again(moves):
    """Accept, classify, dispatch, handle, answer, revisit, archive: no way round, and nothing after the end."""
    state: states.State = "acknowledged"
    for move in moves:
        reached = states.after(state, move)
        if reached is None:
            continue
        assert not states.is_over(state)
        if reached == "closed":
            assert (state, move) == ("resolved", "close")
        if move == "reopen":
            assert (state, reached) == ("resolved", "inProgress")
        state = reached


@given(st.sampled_from(states.STATES))
def test_every_state_that_is_not_over_has_a_way_on_for_staff_and_a_word_for_the_customer(state):
    assert bool(states.staff_can(state)) is (state not in states.OVER)
    assert bool(states.customer_can(state)) is (state not in states.OVER)


def test_every_open_state_can_reach_an_end():
    reach: set[str] = {*states.OVER}
    for _ in states.STATES:
        reach |= {s for s, moves in states.TRANSITIONS.items() if set(moves.values()) & reach}
    assert reach == set(states.STATES)


def brute_failed(tries: list[Attempt]) -> int:
    """Count failures after the last time the customer was reached."""
    reached = [i for i, a in enumerate(tries) if a.outcome == "reached"]
    rest = tries[reached[-1] + 1 :] if reached else tries
    return len([a for a in rest if a.outcome in ("no_answer", "failed")])


@given(attempts)
def test_attempts_count_from_the_last_time_the_customer_was_reached(tries):
    assert revisit.failed(tries) == brute_failed(tries)


@given(attempts, st.integers(1, 9))
def test_a_silent_customer_is_given_up_only_after_the_attempts_of_the_policy(tries, required):
    """Closing without his word takes as many failed attempts as the policy asks, none fewer."""
    step = revisit.next_step("resolved", tries, required)
    enough = brute_failed(revisit.settled(tries, "no_answer")) >= required
    assert step == ("close" if enough else "try")


@given(attempts, st.integers(1, 9))
def test_without_an_answer_nothing_is_closed_by_silence(tries, required):
    assert revisit.next_step("pending", tries, required) in ("try", "take_back")
    assert revisit.next_step("held", tries, required) == "take_back"


@given(attempts)
def test_the_customers_last_word_counts(tries):
    said = [a.agreed for a in tries if a.outcome == "reached" and a.agreed is not None]
    assert revisit.has_agreed(tries) is (said[-1:] == [True])


START = datetime(2026, 11, 23, tzinfo=UTC)
stamps = st.tuples(*[st.none() | st.integers(0, 99).map(lambda h: START + timedelta(hours=h))] * 5)


@given(st.sampled_from(states.STATES), stamps)
@pytest.mark.req("R-TKT-010")
def test_the_customer_stands_in_exactly_one_of_the_five_nodes_while_it_is_open(state, times):
    """Access, acceptance, handling, delivery, follow-up: each with its time, one current, what is behind is done."""
    found = journey.steps(state, times)
    assert [step.key for step in found] == ["access", "acceptance", "handling", "delivery", "follow_up"]
    assert [step.at for step in found] == list(times)
    assert sum(step.current for step in found) == (0 if states.is_over(state) else 1)
    assert not any(step.done and step.current for step in found)


@given(stamps)
def test_times_are_in_order_when_none_lies_before_an_earlier_node(times):
    pairs = [(a, b) for i, a in enumerate(times) for b in times[i + 1 :] if a and b]
    assert journey.ordered(times) is all(a <= b for a, b in pairs)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 999_999))
def test_numbers_are_as_wide_as_customers_know_them_and_tell_their_day(day, ordinal):
    number = journey.number(day, ordinal)
    assert len(number) == 17
    assert number == f"GD{day.isoformat().replace('-', '')}-{ordinal:06d}"


@pytest.mark.parametrize(
    ("seat", "category", "fits"),
    [("", "mobile", True), ("mobile", "", True), ("mobile", "mobile", True), ("mobile", "broadband", False)],
)
def test_a_specialist_seat_serves_its_own_business(seat, category, fits):
    assert states.business_fits(seat, category) is fits
