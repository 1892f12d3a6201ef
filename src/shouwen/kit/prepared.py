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
from django.db.models import Field, Lookup, QuerySet, Value
from django.db.models.expressions import DatabaseDefault

from .statements import Row, ask, write

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

    Made of a function that builds the queryset from blanks, which may stand wherever an expression may. With `takes`
    the rows of that table are taken for changing, as `select_for_update(no_key=True)` does; those joined are not.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *, takes: type[models.Model] | None = None) -> None:
        self._build = build
        self._takes = takes
        self._written: tuple[str, tuple[Any, ...], Callable[[list[Row]], list[Row]]] | None = None

    def __call__(self, **values: Any) -> list[Row]:
        """Run it. A list is given for `column__any=`."""
        sql, blanks, converted = self._written or self._write()
        return converted(ask(sql, [values[b] if isinstance(b, _Blank) else b for b in blanks]))

    def _write(self) -> tuple[str, tuple[Any, ...], Callable[[list[Row]], list[Row]]]:
        names = inspect.signature(self._build).parameters
        query = self._build(**{name: Value(_Blank(name)) for name in names}).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if self._takes is not None:
            sql += f" for no key update of {connection.ops.quote_name(self._takes._meta.db_table)}"  # noqa: SLF001
        converters = compiler.get_converters([column for column, *_ in compiler.select])

        def converted(rows: list[Row]) -> list[Row]:
            return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

        self._written = (sql, tuple(params), converted)
        return self._written


def fetched(model: type[M], rows: list[Row], beside: str = "") -> M | None:
    """Return the first row of a query for `columns(model, beside)` as an instance, or None."""
    if not rows:
        return None
    own = columns(model)
    row = model.from_db(connection.alias, own, rows[0][: len(own)])
    if beside:
        other = _other(model, beside)
        setattr(row, beside, other.from_db(connection.alias, columns(other), rows[0][len(own) :]))
    return row


@cache
def columns(model: type[models.Model], beside: str = "") -> list[str]:
    """Return the names of all values that a table keeps of a row, and of one in another table that is always there."""
    own = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001  Django's public name for it
    return [*own, *(f"{beside}__{name}" for name in columns(_other(model, beside)))] if beside else own


def _other(model: type[models.Model], beside: str) -> type[models.Model]:
    other = model._meta.get_field(beside).related_model  # noqa: SLF001  Django's public name for it
    assert isinstance(other, type)
    return other


def insert(row: models.Model, *, once: bool = False) -> int | None:
    """Insert a row that was made but not saved, with what the database gave it; return its key.

    For actions alone, as `save` is. With `once` a row that meets one of its table's unique keys is left out, and None
    says so.
    """
    meta = row._meta  # noqa: SLF001  Django's public name for it
    given = tuple(f.attname for f in meta.concrete_fields if _is_given(row, f))
    sql, fields, made = _insertion(type(row), given, once=once)
    written = ask(sql, [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields])
    if not written:
        return None
    for name, value in zip(made, written[0], strict=True):
        setattr(row, name, value)
    key: int = written[0][0]
    return key


def note(row: models.Model, *, once: bool = False) -> None:
    """Insert a row that nobody here looks at again: it is written with the next statement, or with the commit."""
    given = tuple(f.attname for f in row._meta.concrete_fields if _is_given(row, f))  # noqa: SLF001  Django's public name
    sql, fields, _ = _insertion(type(row), given, once=once)
    write(sql.partition(" returning ")[0], [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields])


def change(row: models.Model, **values: Any) -> None:
    """Give a row that was taken for changing other values, here and in its table. For actions alone, as `save` is."""
    sql, fields, key = _update(type(row), tuple(values))
    for name, value in values.items():
        setattr(row, name, value)
    write(sql, [f.get_db_prep_save(getattr(row, f.attname), connection) for f in (*fields, key)])


def _is_given(row: models.Model, field: Field[Any, Any]) -> bool:
    """Tell whether a row has a value of its own for a column; the database gives keys and defaults."""
    value = getattr(row, field.attname)
    return not isinstance(value, DatabaseDefault) and (value is not None or not field.primary_key)


@cache
def _insertion(
    model: type[models.Model], given: tuple[str, ...], *, once: bool
) -> tuple[str, tuple[Field[Any, Any], ...], list[str]]:
    """Write the statement that inserts some columns of one table: the fields its values come from, what it returns."""
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001  Django's public name for it
    fields = tuple(f for f in meta.concrete_fields if f.attname in given)
    columns, blanks = ", ".join(quote(str(f.column)) for f in fields), ", ".join("%s" for _ in fields)
    conflict = " on conflict do nothing" if once else ""
    assert meta.pk is not None
    made = [meta.pk, *(f for f in meta.concrete_fields if f.attname not in given and f is not meta.pk)]
    returning = ", ".join(quote(str(f.column)) for f in made)
    sql = f"insert into {quote(meta.db_table)} ({columns}) values ({blanks}){conflict} returning {returning}"  # noqa: S608  names of ours
    return sql, fields, [f.attname for f in made]


@cache
def _update(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, tuple[Field[Any, Any], ...], Field[Any, Any]]:
    """Write the statement that changes some columns of one row of a table."""
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001  Django's public name for it
    by_name = {name: f for f in meta.concrete_fields for name in (f.name, f.attname)}
    fields, key = tuple(by_name[name] for name in names), meta.pk
    assert key is not None
    changes = ", ".join(f"{quote(str(f.column))} = %s" for f in fields)
    return f"update {quote(meta.db_table)} set {changes} where {quote(str(key.column))} = %s", fields, key  # noqa: S608  names of ours
