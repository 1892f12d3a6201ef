"""Two windows of one person at the same moment: neither undoes what the other did."""

from __future__ import annotations

import pytest

from shouwen.accounts import actions
from shouwen.accounts.models import SavedView, Staff
from shouwen.kit.testing import at_once

from .factories import by, staff

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = ("tickets.keys.create", "desk.openTicket", "desk.next", "desk.previous")


def test_each_keeps_the_key_it_changed() -> None:
    me = by(staff())
    runs = [lambda title=title: actions.set_preferences(by=me, keys={title: "Alt+M"}) for title in KEYS]
    assert at_once(*runs) == [None] * len(KEYS)
    assert Staff.objects.get().keys == dict.fromkeys(KEYS, "Alt+M")


def test_one_name_is_given_to_one_view() -> None:
    me = by(staff())
    given = {"by": me, "list_code": "tickets", "name": "超时", "filters": {}, "columns": []}
    answers = at_once(*[lambda: actions.save_view(**given)] * 3)  # type: ignore[arg-type]
    assert sorted(map(str, answers))[1:] == ["view-name-taken", "view-name-taken"]
    assert SavedView.objects.count() == 1


def test_a_view_renamed_in_one_and_filtered_in_the_other_keeps_both() -> None:
    me = by(staff())
    view = actions.save_view(by=me, list_code="tickets", name="超时", filters={}, columns=[])
    runs = (
        lambda: actions.change_view(by=me, view_id=view, name="每日必看"),
        lambda: actions.change_view(by=me, view_id=view, filters={"sort": "due"}),
        lambda: actions.change_view(by=me, view_id=view, columns=["number", "due"]),
    )
    assert at_once(*runs) == [None] * 3
    row = SavedView.objects.get()
    assert (row.name, row.filters, row.columns) == ("每日必看", {"sort": "due"}, ["number", "due"])
