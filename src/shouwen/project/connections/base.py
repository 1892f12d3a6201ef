"""The database backend: Django's for PostgreSQL, but for how it reads `timestamptz` and what may travel together.

Django puts a Python class in front of the driver's reader of instants, to set their time zone. A page of fifty tickets
has some 350 instants, and this was a third of its time. Our connections speak UTC, in which the driver's own reader,
written in C, answers already.

Statements that only write wait for the next one (`kit.statements`): they are sent in one go with it. Every cursor of
the connection, its commit and its savepoints send first what waits; a rollback lets it go.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format

from .together import Row, Statement, Together

INSTANT = psycopg.adapters.types["timestamptz"].oid
UNPLANS = ("ROLLBACK", "DROP ", "ALTER ", "DEALLOCATE ", "DISCARD ")
"""Statements after which the driver, or the server, lets all plans of a connection go."""


class _Cursor(base.ServerBindingCursor):
    """A cursor that sends first what waits on its connection, and says when all plans of it may be gone."""

    house: DatabaseWrapper

    def execute(self, *arguments: Any, **named: Any) -> Any:
        self.house.send()
        found = super().execute(*arguments, **named)  # type: ignore[misc]
        if (found.statusmessage or "").startswith(UNPLANS):
            self.house.doubt_plans()
        return found

    def executemany(self, *arguments: Any, **named: Any) -> Any:
        self.house.send()
        return super().executemany(*arguments, **named)  # type: ignore[misc]

    def copy(self, *arguments: Any, **named: Any) -> Any:
        self.house.send()
        return super().copy(*arguments, **named)  # type: ignore[misc]


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to PostgreSQL that speak UTC, bind values in the server, and send together what may wait."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waiting: list[Statement] = []
        self._together: Together | None = None
        self._doubted = False

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the driver connects with."""
        params = super().get_connection_params()
        return {**params, "context": _with_own_reader(params["context"])}

    def init_connection_state(self) -> None:
        """Begin with nothing that waits."""
        self._waiting.clear()
        self._together, self._doubted = None, False
        super().init_connection_state()

    def create_cursor(self, name: str | None = None) -> Any:
        """Open a cursor; Django's way would put its own reader back."""
        if name:
            self.send()
            return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)
        cursor = _Cursor(self.connection)  # type: ignore[call-arg]
        cursor.house = self
        return cursor

    def later(self, sql: str, values: Sequence[object]) -> None:
        """Have a statement sent with the next one; for `kit.statements`, within a transaction."""
        self.validate_no_broken_transaction()
        self._waiting.append((sql, values))

    def ask(self, sql: str, values: Sequence[object]) -> list[Row]:
        """Send what waits, and a statement whose rows are returned; for `kit.statements`, within a transaction."""
        self.validate_no_broken_transaction()
        self._waiting.append((sql, values))
        return self._run()

    def send(self) -> None:
        """Send what waits."""
        if self._waiting:
            self._run()

    def doubt_plans(self) -> None:
        """Look before the next statement which plans are there: the driver may have let all of them go."""
        self._doubted = self._together is not None

    def _run(self) -> list[Row]:
        waiting, self._waiting = self._waiting, []
        with self.wrap_database_errors:
            if self._together is None:
                self._together = Together.of(self.connection)
            if self._doubted:
                self._together.look()
                self._doubted = False
            return self._together.run(waiting)

    def _commit(self) -> None:
        self.send()
        super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        self._waiting.clear()
        super()._rollback()  # type: ignore[misc]
        self.doubt_plans()

    def _savepoint_rollback(self, sid: str) -> None:
        """Let go what waits: making the savepoint has sent what was given before it."""
        self._waiting.clear()
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def _close(self) -> None:
        self._waiting.clear()
        self._together = None
        super()._close()  # type: ignore[misc]


@cache
def _with_own_reader(template: AdaptersMap) -> AdaptersMap:
    """Return Django's adapters with the driver's reader of instants."""
    reader = psycopg.adapters.get_loader(INSTANT, Format.TEXT)
    assert reader
    found = AdaptersMap(template)
    found.register_loader(INSTANT, reader)
    return found
