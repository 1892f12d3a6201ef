"""Whether a matter was settled the first time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.metrics.rules.policy import Policy
from shouwen.metrics.rules.resolution import Handled, judge

MONDAY = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
POLICY = Policy()
LATER = MONDAY + timedelta(days=30)
TOM, JOHN, BETTY = 1, 2, 3


def contact(number: int, customer: int, day: float = 0, reason: str = "bill") -> Handled:
    return Handled(number, customer, reason, MONDAY + timedelta(days=day))


def test_tom_john_twice_and_betty_are_half_by_contact_and_two_thirds_by_matter():
    found = judge([contact(1, TOM), contact(2, JOHN), contact(3, JOHN, 1), contact(4, BETTY)], POLICY, LATER)
    assert (found.by_contact, found.by_issue) == (Fraction(1, 2), Fraction(2, 3))
    assert found.repeats == Fraction(1, 3)
    assert (found.contacts, found.issues, found.resolved, found.provisional) == (4, 3, 2, 0)


def test_the_seventh_day_still_repeats_and_after_it_a_new_matter_begins():
    assert judge([contact(1, TOM), contact(2, TOM, 7)], POLICY, LATER).by_issue == 0
    found = judge([contact(1, TOM), contact(2, TOM, 7.0001)], POLICY, LATER)
    assert (found.issues, found.resolved) == (2, 2)


def test_another_reason_or_another_customer_repeats_nothing():
    found = judge([contact(1, TOM), contact(2, TOM, 1, "fault"), contact(3, JOHN, 1)], POLICY, LATER)
    assert found.by_issue == 1


@pytest.mark.parametrize("how", [{"transferred": True}, {"escalated": True}, {"settled": False}])
def test_passed_on_escalated_or_opened_again_is_not_settled(how):
    assert judge([replace(contact(1, TOM), **how)], POLICY, LATER).by_issue == 0


def test_a_callback_that_we_promised_repeats_nothing():
    promised = replace(contact(2, TOM, 1), inbound=False)
    found = judge([contact(1, TOM), promised], POLICY, LATER)
    assert (found.resolved, found.issues, found.contacts) == (1, 1, 1)


def test_what_needs_a_technician_is_out_of_the_net_figure():
    away = replace(contact(2, JOHN), resolvable=False, escalated=True)
    found = judge([contact(1, TOM), away], POLICY, LATER)
    assert (found.by_issue, found.net) == (Fraction(1, 2), Fraction(1))


def test_a_result_is_provisional_until_its_window_is_over():
    young = judge([contact(1, TOM)], POLICY, MONDAY + timedelta(days=7))
    assert (young.resolved, young.provisional) == (1, 1)
    assert judge([contact(1, TOM)], POLICY, MONDAY + timedelta(days=7, seconds=1)).provisional == 0


def test_who_came_back_is_no_longer_provisional():
    found = judge([contact(1, TOM), contact(2, TOM, 1)], POLICY, MONDAY + timedelta(days=2))
    assert (found.resolved, found.provisional) == (0, 0)


def test_no_contacts_have_no_resolution():
    empty = judge([], POLICY, LATER)
    assert (empty.by_contact, empty.by_issue, empty.net, empty.repeats) == (None, None, None, None)


_contacts = st.lists(
    st.builds(
        Handled,
        contact=st.integers(1, 10_000),
        customer=st.integers(1, 3),
        reason=st.sampled_from(["bill", "fault"]),
        at=st.integers(0, 30).map(lambda d: MONDAY + timedelta(days=d)),
        inbound=st.booleans(),
        transferred=st.booleans(),
    ),
    max_size=25,
    unique_by=lambda c: c.contact,
)


@given(_contacts)
def test_more_is_never_resolved_than_there_are_matters(contacts):
    found = judge(contacts, POLICY, LATER)
    assert found.resolved <= found.issues <= found.contacts == sum(c.inbound for c in contacts)
    assert found == judge(reversed(contacts), POLICY, LATER)
