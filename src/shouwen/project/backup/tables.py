"""What stands in a database: how many rows each table has, and a digest of them that knows no order."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]
SAME_TEXT = (
    "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; "
    "set extra_float_digits = 1; set bytea_output = 'hex'; set idle_in_transaction_session_timeout = 0; "
    "set statement_timeout = 0"
)
_NAMES = """
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' order by 1
"""
# the sum of 60 bits of every row's MD5: the same in every order and in every version of PostgreSQL
_DIGEST = (
    "select count(*), coalesce(sum(('x' || substr(md5(one_row::text), 1, 15))::bit(60)::bigint), 0)::text "
    "from only {} as one_row"
)


@dataclass(frozen=True)
class Content:
    """What one table holds."""

    rows: int
    digest: str


def speak_alike(connection: Connection) -> None:
    """Let values read the same whatever the server's settings are."""
    connection.execute(SAME_TEXT.encode())


def names(connection: Connection) -> list[str]:
    """Return the tables that hold rows, partitions one by one."""
    return [str(name) for (name,) in connection.execute(_NAMES.encode())]


def content(connection: Connection, table: str) -> Content:
    """Count and digest one table."""
    row = connection.execute(sql.SQL(_DIGEST).format(sql.Identifier(table))).fetchone()
    assert row is not None
    return Content(int(str(row[0])), str(row[1]))


def contents(connection: Connection) -> dict[str, Content]:
    """Count and digest every table."""
    speak_alike(connection)
    return {name: content(connection, name) for name in names(connection)}


def differences(expected: dict[str, Content], found: dict[str, Content]) -> list[str]:
    """Name the tables that are not the same, with what was expected and what is there."""
    return [
        f"{name}: {_told(expected.get(name))} → {_told(found.get(name))}"
        for name in sorted({*expected, *found})
        if expected.get(name) != found.get(name)
    ]


def _told(table: Content | None) -> str:
    return f"{table.rows} rows ({table.digest})" if table else "no table"
