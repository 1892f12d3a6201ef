"""Queries and inserts whose SQL is written once.

The ORM writes a statement anew each time it runs, which takes longer than PostgreSQL needs for it. What a busy
page or a hot action asks again and again is written at its first use and then only run with other values; the text
stays the same, so that PostgreSQL keeps its plan too.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import NOT_PROVIDED, Field, Lookup, QuerySet, Value

Row = tuple[Any, ...]
M = TypeVar("M", bound=models.Model)


@Field.register_lookup
class AnyOf(Lookup[Any]):
    """`column = any(list)`: one text however long the list is, where `in` is a new one for each length."""

    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} = any({right})", (*left_values, *right_values)


class _Blank(str):
    """The name of a value that is given when the statement runs."""

    __slots__ = ()


class Prepared:
    """A `.values_list()` query as a function of its parameters' names: called with values, it returns the rows.

    Made of a function that builds the queryset from blanks, which may stand wherever an expression may.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._written: tuple[str, tuple[Any, ...], Callable[[list[Row]], list[Row]]] | None = None

    def __call__(self, **values: Any) -> list[Row]:
        """Run it. A list is given for `column__any=`."""
        sql, blanks, converted = self._written or self._write()
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[b] if isinstance(b, _Blank) else b for b in blanks])
            return converted(cursor.fetchall())

    def _write(self) -> tuple[str, tuple[Any, ...], Callable[[list[Row]], list[Row]]]:
        names = inspect.signature(self._build).parameters
        query = self._build(**{name: Value(_Blank(name)) for name in names}).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])

        def converted(rows: list[Row]) -> list[Row]:
            return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

        self._written = (sql, tuple(params), converted)
        return self._written


def fetched(model: type[M], rows: list[Row]) -> M | None:
    """Return the first row of a query for `columns(model)` as an instance, or None."""
    return model.from_db(connection.alias, columns(model), rows[0]) if rows else None


@cache
def columns(model: type[models.Model]) -> list[str]:
    """Return the names of all values that a table keeps of a row."""
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001  Django's public name for it


def insert(row: models.Model, *, once: bool = False) -> int | None:
    """Insert a row that was made but not saved; return its key.

    For actions alone, as `save` is: nothing is read back. With `once` a row that meets one of its table's unique
    keys is left out, and None says so.
    """
    sql, fields = _insertion(type(row), once=once)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        written = cursor.fetchone()
    return written[0] if written else None


@cache
def _insertion(model: type[models.Model], *, once: bool) -> tuple[str, tuple[Field[Any, Any], ...]]:
    """Write the statement of one table, with the fields its values come from; the database gives keys and defaults."""
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001  Django's public name for it
    fields = tuple(f for f in meta.concrete_fields if not f.primary_key and f.db_default is NOT_PROVIDED)
    columns, blanks = ", ".join(quote(str(f.column)) for f in fields), ", ".join("%s" for _ in fields)
    conflict = " on conflict do nothing" if once else ""
    assert meta.pk is not None
    returning = quote(str(meta.pk.column))
    table = quote(meta.db_table)
    return f"insert into {table} ({columns}) values ({blanks}){conflict} returning {returning}", fields  # noqa: S608  names of ours
