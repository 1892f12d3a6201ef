"""The rows that one request wrote, as a pgbench script that writes them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

_ORDER = {"uuid": 0, "bigint": 1, "text": 3, "character varying": 3}
RANDOM = "\\set r random(1000000000, 4000000000000)"


@dataclass(frozen=True)
class Column:
    """One column of a table, as far as writing a row again needs to know it."""

    name: str
    identity: bool
    unique: bool
    kind: str


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
                  a.atttypid::regtype::text,
                  a.atttypmod between 0 and 20 or exists (
                    select 1 from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'f'
                    and a.attnum = any (k.conkey)) as fixed
           from pg_attribute a where a.attrelid = %(t)s::regclass and a.attnum > 0 and not a.attisdropped
           order by a.attnum""",
        {"t": table},
    ).fetchall()
    free = {str(name): str(kind) for name, _, kind, fixed in found if not fixed and kind in _ORDER}
    given = {str(name) for name, identity, *_ in found if identity}
    renewed = {_renewed(index, free, given) for index in _unique(line, table)}
    return [Column(str(name), bool(identity), str(name) in renewed, str(kind)) for name, identity, kind, _ in found]


def _unique(line: psycopg.Connection[tuple[object, ...]], table: str) -> list[list[str]]:
    """Return the columns of each unique index."""
    found = line.execute(
        """select array_agg(a.attname::text) from pg_index i
           join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
           where i.indrelid = %s::regclass and i.indisunique group by i.indexrelid""",
        [table],
    )
    return [[str(name) for name in row[0]] for row in found.fetchall() if isinstance(row[0], list)]


def _renewed(index: Sequence[str], free: dict[str, str], given: set[str]) -> str:
    """Choose the column whose new value makes a row different: one that the database gives, or any that is free."""
    if given & set(index):
        return ""
    wanted = sorted((name for name in index if name in free), key=lambda name: (_ORDER[free[name]], name))
    return wanted[0] if wanted else ""


def _value(column: Column, value: object) -> str:
    """Return a literal; what must be unique gets a random part."""
    if value is None:
        return "null"
    if column.unique:
        if column.kind == "bigint":
            return ":r"
        if column.kind == "uuid":
            return "gen_random_uuid()"
        if column.kind in {"text", "character varying"}:
            return f"{_literal(str(value)[:4])} || :r"
    return _literal(str(value))


def _literal(text: str) -> str:
    """Quote a text; a colon would look like a variable to pgbench."""
    quoted = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a")
    return f"E'{quoted}'"
