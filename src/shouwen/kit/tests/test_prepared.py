"""Statements that are written once answer as those the ORM writes each time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from shouwen.kit import clock
from shouwen.kit.models import Command
from shouwen.kit.prepared import Prepared, change, columns, fetched, insert

pytestmark = pytest.mark.django_db


def command(key: str, body: object = None) -> Command:
    who = {"principal": "staff:1", "operation": "POST /x", "fingerprint": "f", "recorded_at": clock.wall()}
    return Command(key=key, body=body, **who)


FOUND = Prepared(
    lambda who, keys: Command.objects.filter(principal=who, key__any=keys).order_by("id").values_list("key", "body")
)


def test_the_rows_are_those_of_the_query_with_json_read_as_the_field_reads_it() -> None:
    for key, body in (("a", {"名": [1, None]}), ("b", None), ("c", "text")):
        insert(command(key, body))
    assert FOUND(who="staff:1", keys=["a", "b"]) == [("a", {"名": [1, None]}), ("b", None)]
    assert FOUND(who="staff:1", keys=["c"]) == [("c", "text")]


def test_nothing_is_found_by_an_empty_list_or_for_somebody_else() -> None:
    insert(command("a"))
    assert (FOUND(who="staff:1", keys=[]), FOUND(who="staff:2", keys=["a"])) == ([], [])


def test_the_text_is_the_same_however_long_the_list() -> None:
    with CaptureQueriesContext(connection) as asked:
        FOUND(who="staff:1", keys=["a"])
        FOUND(who="staff:1", keys=["a"] * 50)
    texts = {query["sql"].partition("any(")[0] for query in asked.captured_queries}
    assert len(texts) == 1


def test_an_inserted_row_is_the_one_that_save_would_have_written() -> None:
    key = insert(command("a", {"n": 1}))
    row = Command.objects.get()
    assert (row.pk, row.key, row.body, row.status) == (key, "a", {"n": 1}, None)


def test_a_twin_is_left_out_when_once_is_wanted_and_refused_otherwise() -> None:
    first = insert(command("a"), once=True)
    assert (first is not None, insert(command("a"), once=True)) == (True, None)
    with pytest.raises(IntegrityError):
        insert(command("a"))


def test_a_row_that_is_changed_has_the_new_values_here_and_in_its_table_and_nothing_else_changes() -> None:
    row = command("a", {"n": 1})
    insert(row)
    change(row, body={"n": 2}, fingerprint="g")
    kept = Command.objects.get()
    assert (row.body, kept.body, kept.fingerprint, kept.key) == ({"n": 2}, {"n": 2}, "g", "a")


def test_a_row_that_is_taken_is_nobody_elses_to_change_until_the_transaction_ends() -> None:
    taking = Prepared(lambda key: Command.objects.filter(key=key).values_list(*columns(Command)), takes=Command)
    insert(command("a"))
    with CaptureQueriesContext(connection) as asked:
        row = fetched(Command, taking(key="a"))
    assert row == Command.objects.get()
    assert asked.captured_queries[0]["sql"].endswith('for no key update of "kit_command"')
