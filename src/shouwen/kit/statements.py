"""Statements that go to the database together.

What only writes, and whose answer nobody waits for, is kept until the next statement of its transaction and travels
with it: one way to the server instead of two. The order stays as it was, and so does all or nothing: whatever comes
next, the commit included, sends what waits before itself. A fault in it is told there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.db import connections
from django.db.utils import DEFAULT_DB_ALIAS

Row = tuple[Any, ...]
Statement = tuple[str, Sequence[object]]


class _Connection(Protocol):
    """What our database backend adds to Django's."""

    in_atomic_block: bool
    execute_wrappers: list[Callable[..., Any]]
    queries_logged: bool

    def ask(self, sql: str, values: Sequence[object]) -> list[Row]: ...
    def later(self, sql: str, values: Sequence[object]) -> None: ...
    def cursor(self) -> Any: ...


def ask(sql: str, values: Sequence[object]) -> list[Row]:
    """Run a statement and return its rows."""
    one = _here()
    if _goes_together(one):
        return one.ask(sql, values)
    with one.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def write(sql: str, values: Sequence[object]) -> None:
    """Have something written with the next statement of this transaction; outside of one, at once."""
    one = _here()
    if _goes_together(one):
        one.later(sql, values)
        return
    with one.cursor() as cursor:
        cursor.execute(sql, values)


def _here() -> _Connection:
    found: _Connection = connections[DEFAULT_DB_ALIAS]  # type: ignore[assignment]
    return found


def _goes_together(one: _Connection) -> bool:
    """Tell whether statements may go past Django: within a transaction, where nobody looks at each."""
    return one.in_atomic_block and not one.execute_wrappers and not one.queries_logged
