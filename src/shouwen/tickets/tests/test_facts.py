"""The view for analysis."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shouwen.tickets import actions
from shouwen.tickets.facts import COLUMNS, tickets

from .factories import as_customer, resolved

pytestmark = pytest.mark.django_db


def test_the_time_in_each_node_of_the_journey_is_there_to_be_analysed(clock_at):
    ticket = resolved()
    clock_at.advance(hours=3)
    actions.confirm(by=as_customer(), number=ticket.number)
    (row,) = tickets()
    assert set(row) == {column.name for column in COLUMNS}
    assert (row["to_deliver"], row["to_follow_up"]) == (timedelta(0), timedelta(hours=3))
    assert (row["super_class"], row["closed_reason"]) == ("network_quality", "confirmed")
