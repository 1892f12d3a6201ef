"""Two windows of one person at the same moment: neither undoes what the other did."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from shouwen.accounts import actions
from shouwen.accounts.errors import ViewNameTaken
from shouwen.accounts.models import SavedView, Staff

from .factories import by, staff

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = ("tickets.keys.create", "desk.openTicket", "desk.next", "desk.previous")


def at_once(*runs: Callable[[], object]) -> list[Exception]:
    """Run everything at the same moment; return what was refused or broke."""
    gate, broken = threading.Barrier(len(runs)), list[Exception]()

    def one(run: Callable[[], object]) -> None:
        gate.wait()
        try:
            run()
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[run]) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken


def test_each_keeps_the_key_it_changed() -> None:
    me = by(staff())
    runs = [lambda title=title: actions.set_preferences(by=me, keys={title: "Alt+M"}) for title in KEYS]
    assert at_once(*runs) == []
    assert Staff.objects.get().keys == dict.fromkeys(KEYS, "Alt+M")


def test_one_name_is_given_to_one_view() -> None:
    me = by(staff())
    given = {"by": me, "list_code": "tickets", "name": "超时", "filters": {}, "columns": []}
    refused = at_once(*[lambda: actions.save_view(**given)] * 3)  # type: ignore[arg-type]
    assert [type(one) for one in refused] == [ViewNameTaken, ViewNameTaken]
    assert SavedView.objects.count() == 1
