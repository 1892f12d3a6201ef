"""The rows that one transaction wrote, as a pgbench script that writes them again."""

from __future__ import annotations

from collections.abc import Iterator
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


def script(url: str, table: str) -> tuple[str, int]:
    """Return the script for the transaction that wrote the newest row of `table`, and how many rows it wrote."""
    with psycopg.connect(url) as line:
        newest = sql.SQL("select xmin::text from {} order by id desc limit 1").format(sql.Identifier(table))
        xmin = str(line.execute(newest).fetchall()[0][0])
        inserts = [text for name in _tables(line) for text in _inserts(line, name, xmin)]
    return "\n".join([RANDOM, "begin;", *inserts, "commit;"]) + "\n", len(inserts)


def _tables(line: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    found = line.execute(
        """select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where c.relkind = 'r' and n.nspname = 'public' and c.relname <> 'django_session' order by 1"""
    )
    return [str(row[0]) for row in found]


def _inserts(line: psycopg.Connection[tuple[object, ...]], table: str, xmin: str) -> Iterator[str]:
    name = sql.SQL(table)  # regclass has quoted it
    columns = [one for one in _columns(line, table) if not one.identity]
    chosen = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(one.name)) for one in columns)
    query = sql.SQL("select {} from only {} where xmin::text = %s").format(chosen, name)
    for row in line.execute(query, [xmin]).fetchall():
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
            short = str(value)[:4].replace("'", "''")
            return f"'{short}' || :r"
    quoted = str(value).replace("'", "''")
    return f"'{quoted}'"
