"""The rows that one request wrote, as a pgbench script that writes them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

RANDOM = "\\set r random(1000000000, 4000000000000)"


@dataclass(frozen=True)
class Column:
    """One column of a table, as far as writing a row again needs to know it."""

    name: str
    identity: bool
    unique: bool
    kind: str
    refers: bool


def script(url: str, write: Callable[[], object]) -> tuple[str, int]:
    """Return the script for the rows that `write` writes, and how many; nothing else may write meanwhile."""
    with psycopg.connect(url, autocommit=True) as line:
        first = _number(line)
        write()
        last = _number(line)
        inserts = [text for name in _tables(line) for text in _inserts(line, name, first, last)]
    return "\n".join([RANDOM, "begin;", *inserts, "commit;"]) + "\n", len(inserts)


def _number(line: psycopg.Connection[tuple[object, ...]]) -> int:
    """Take a transaction number; what lies between two of them was written between them, savepoints included."""
    return int(str(line.execute("select pg_current_xact_id()::text").fetchall()[0][0])) % 2**32


def _tables(line: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    found = line.execute(
        """select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where c.relkind = 'r' and n.nspname = 'public' and c.relname <> 'django_session' order by 1"""
    )
    return [str(row[0]) for row in found]


def _inserts(line: psycopg.Connection[tuple[object, ...]], table: str, first: int, last: int) -> Iterator[str]:
    name = sql.SQL(table)  # regclass has quoted it
    columns = [one for one in _columns(line, table) if not one.identity]
    chosen = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(one.name)) for one in columns)
    query = sql.SQL("select {} from only {} where xmin::text::bigint between %s and %s").format(chosen, name)
    for row in line.execute(query, [first, last]).fetchall():
        values = ", ".join(_value(column, value) for column, value in zip(columns, row, strict=True))
        names = ", ".join(f'"{one.name}"' for one in columns)
        yield f"insert into {table} ({names}) values ({values});"


def _columns(line: psycopg.Connection[tuple[object, ...]], table: str) -> list[Column]:
    found = line.execute(
        """select a.attname, a.attidentity <> '' or pg_get_serial_sequence(%(t)s, a.attname) is not null,
                  exists (select 1 from pg_index i where i.indrelid = a.attrelid and i.indisunique
                          and a.attnum = any (i.indkey)),
                  a.atttypid::regtype::text,
                  exists (select 1 from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'f'
                          and a.attnum = any (k.conkey))
           from pg_attribute a where a.attrelid = %(t)s::regclass and a.attnum > 0 and not a.attisdropped
           order by a.attnum""",
        {"t": table},
    )
    return [Column(*row) for row in found.fetchall()]  # type: ignore[arg-type]


def _value(column: Column, value: object) -> str:
    """Return a literal; what must be unique gets a random part."""
    if value is None:
        return "null"
    if column.unique and not column.refers:
        if column.kind in {"bigint", "integer"}:
            return ":r"
        if column.kind == "uuid":
            return "gen_random_uuid()"
        if column.kind.startswith(("character", "text")):
            return f"{_literal(str(value)[:4])} || :r"
    return _literal(str(value))


def _literal(text: str) -> str:
    """Quote a text; a colon would look like a variable to pgbench."""
    quoted = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a")
    return f"E'{quoted}'"
