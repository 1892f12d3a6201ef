"""Owner and handler through any sequence of changes of hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.responsibility import rules
from shouwen.responsibility.rules import Hands

LEADER = 99
people = st.integers(1, 4)
moves = st.lists(st.tuples(st.sampled_from(["assume", "hand", "offer", "accept", "decline"]), people), max_size=20)


def play(hands: Hands, move: tuple[str, int]) -> Hands:
    """Make one move, where it applies."""
    verb, person = move
    if verb == "assume":
        return rules.assumed(hands, person)
    if verb == "hand":
        return rules.handed(hands, person)
    if verb == "offer":
        return rules.offered(hands, person)
    if hands.offered_to_id is None:
        return hands
    return rules.accepted(hands) if verb == "accept" else rules.declined(hands)


@given(moves)
@pytest.mark.req("R-AGT-011")
def test_the_owner_moves_only_when_first_answered_or_when_a_hand_over_is_accepted(sequence):
    """The first person asked stays the owner; only an accepted hand-over moves it, whatever else happens."""
    hands = Hands(LEADER)
    for verb, person in sequence:
        after = play(hands, (verb, person))
        first_answer = verb == "assume" and not hands.answered
        accepted = verb == "accept" and hands.offered_to_id is not None
        if not (first_answer or accepted):
            assert after.owner_id == hands.owner_id
        hands = after


@given(moves)
def test_an_offer_alone_moves_neither_owner_nor_handler(sequence):
    hands = Hands(LEADER)
    for move in sequence:
        hands = play(hands, move)
        offered = rules.offered(hands, 7)
        assert replace(offered, offered_to_id=hands.offered_to_id) == hands
        assert rules.declined(offered) == replace(hands, offered_to_id=None)


@given(moves, people)
def test_whoever_accepts_owns_and_handles(sequence, person):
    hands = Hands(LEADER)
    for move in sequence:
        hands = play(hands, move)
    assert rules.accepted(rules.offered(hands, person)) == Hands(person, person, None, answered=True)


@given(moves, people, people)
def test_who_inherits_takes_every_place_and_is_never_offered_his_own_matter(sequence, leaver, heir):
    hands = Hands(LEADER)
    for move in sequence:
        hands = play(hands, move)
    after = rules.inherited(hands, leaver, heir)
    places = (after.owner_id, after.handler_id, after.offered_to_id)
    assert leaver == heir or leaver not in places
    assert after.offered_to_id != after.owner_id or after == hands
    assert after.answered == hands.answered


AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("party", "date", "fits"),
    [
        ("us", None, True),
        ("us", AT + timedelta(days=1), False),
        ("customer", None, False),
        ("customer", AT + timedelta(days=1), True),
        ("customer", AT, False),
        ("third_party", AT + timedelta(minutes=1), True),
        ("third_party", None, False),
        ("third_party", AT + timedelta(days=90), True),
        ("third_party", AT + timedelta(days=91), False),
    ],
)
def test_a_date_stands_exactly_where_no_clock_of_ours_runs(party, date, fits):
    assert rules.date_fits(party, date, AT) is fits
