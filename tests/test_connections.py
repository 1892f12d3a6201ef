"""What the connections to PostgreSQL give."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction
from psycopg.pq import Format

from shouwen.kit.statements import ask, write
from shouwen.project.connections.base import INSTANT, DatabaseWrapper

pytestmark = pytest.mark.django_db

INSERT, READ = "insert into noted values (%s, %s)", "select n, word from noted order by n"
MIDNIGHT = datetime(2026, 2, 28, 16, tzinfo=UTC)


def test_an_instant_is_read_in_utc_by_the_drivers_own_code() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select timestamptz '2026-03-01 00:00+08', array[timestamptz '2026-03-01 00:00+08']")
        assert cursor.fetchone() == (MIDNIGHT, [MIDNIGHT])
        reader = cursor.cursor.adapters.get_loader(INSTANT, Format.TEXT)
    assert reader is not None
    assert "psycopg_binary" in reader.__module__


def test_rows_read_one_after_the_other_have_their_instants_in_utc_too() -> None:
    with connection.chunked_cursor() as cursor:
        cursor.execute("select timestamptz '2026-03-01 00:00+08'")
        assert list(cursor) == [(MIDNIGHT,)]


@pytest.fixture
def noted(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("create temporary table noted (n int primary key, word text) on commit drop")


def _read() -> list[tuple[int, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return list(cursor.fetchall())


@transaction.atomic
def _write_and_read(*rows: tuple[int, str]) -> None:
    for row in rows:
        write(INSERT, row)
    ask(READ, [])


@pytest.mark.usefixtures("noted")
def test_what_was_written_is_there_for_whoever_reads_next_in_the_order_it_was_given() -> None:
    write(INSERT, [1, "first"])
    write("update noted set word = %s where n = %s", ["50 % 二", 1])
    assert ask(READ, []) == [(1, "50 % 二")]
    write(INSERT, [2, None])
    assert _read() == [(1, "50 % 二"), (2, None)]


@pytest.mark.usefixtures("noted")
def test_a_fault_in_what_waited_is_told_by_what_comes_next_and_nothing_of_it_is_kept() -> None:
    write(INSERT, [1, "kept"])
    with pytest.raises(IntegrityError, match="noted_pkey"):
        _write_and_read((2, "gone"), (1, "twice"))
    write(INSERT, [3, "after"])
    assert ask(READ, []) == [(1, "kept"), (3, "after")]


@pytest.mark.usefixtures("noted")
def test_what_waits_when_its_change_is_undone_is_never_sent() -> None:
    with transaction.atomic():
        write(INSERT, [1, "gone"])
        transaction.set_rollback(True)
    assert ask(READ, []) == []


@pytest.mark.usefixtures("noted")
def test_plans_that_the_server_let_go_are_made_anew() -> None:
    ask(READ, [])
    with connection.cursor() as cursor:
        cursor.execute("deallocate all")
    assert ask(READ, []) == []


def test_a_connection_that_comes_from_a_pool_again_has_its_plans_still() -> None:
    options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 1}}
    pooled = DatabaseWrapper({**connection.settings_dict, "CONN_MAX_AGE": 0, "OPTIONS": options}, DEFAULT_DB_ALIAS)
    answers = []
    for word in ("first", "again"):
        pooled.set_autocommit(False)
        answers.append(pooled.ask("select %s", [word]))
        pooled.commit()
        pooled.close()
    pooled.close_pool()
    assert answers == [[("first",)], [("again",)]]


def test_a_broken_transaction_takes_nothing_more() -> None:
    transaction.set_rollback(True)
    with pytest.raises(transaction.TransactionManagementError):
        write("select %s", [1])
