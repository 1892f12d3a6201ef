"""Several statements in one go: sent together, answered together, each planned once a connection.

The driver's own pipeline asks the socket after each statement, which costs as much as the way to the server that it
saves. Here all are handed to libpq first, through the driver's low level (`psycopg.pq`), and the socket is asked once.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import cache
from typing import Any

import psycopg
from psycopg import generators
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]
Statement = tuple[str, Sequence[object]]
_GOOD = {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.PIPELINE_SYNC, ExecStatus.EMPTY_QUERY}


class Together:
    """What one connection needs for it."""

    def __init__(self, line: psycopg.Connection[Any]) -> None:
        self._line = line
        self._pg = line.pgconn
        self._transformer = Transformer(line)
        self._planned: dict[tuple[str, tuple[int, ...]], bytes] = {}
        self._many = 0

    @classmethod
    def of(cls, line: psycopg.Connection[Any]) -> Together:
        """Return that of a connection: one that comes from a pool again has planned statements already."""
        found: Together | None = getattr(line, "together", None)
        if found is None:
            found = cls(line)
            line.together = found  # type: ignore[attr-defined]
        else:
            found.look()
        return found

    def run(self, statements: Sequence[Statement]) -> list[Row]:
        """Run statements in their order, in the transaction that is open, and return the rows of the last."""
        with self._line.lock:
            results = self._line.wait(self._round(statements))
        for one in results:
            if one.status not in _GOOD:
                self._check_alive(one)
                raise error_from_result(one, encoding="utf-8")
        last = results[-2]  # the very last says that the round is over
        self._transformer.set_pgresult(last)
        return self._transformer.load_rows(0, last.ntuples, tuple) if last.ntuples else []

    def _check_alive(self, told: PGresult | None = None) -> None:
        """Say that the connection is lost, where it is: what libpq then answers itself names no kind of error."""
        if self._pg.status != ConnStatus.OK:
            said = told.get_error_message() if told is not None else "the connection was lost"
            raise psycopg.OperationalError(said)

    def look(self) -> None:
        """See which plans are still there: the driver lets all of a connection go after a rollback, or does not."""
        cursor = psycopg.Cursor(self._line)
        rows = cursor.execute("select name from pg_prepared_statements", prepare=False).fetchall()
        there = {str(name).encode() for (name,) in rows}
        self._planned = {key: name for key, name in self._planned.items() if name in there}

    def _round(self, statements: Sequence[Statement]) -> Generator[Any, Any, list[PGresult]]:
        self._pg.enter_pipeline_mode()
        try:
            if self._pg.transaction_status == TransactionStatus.IDLE:
                self._pg.send_query_params(b"begin", None)
            for sql, values in statements:
                self._send(sql, values)
        except BaseException:
            self._pg.pipeline_sync()
            yield from self._answers()
            raise
        self._pg.pipeline_sync()
        return (yield from self._answers())

    def _answers(self) -> Generator[Any, Any, list[PGresult]]:
        yield from generators.send(self._pg)
        found: list[PGresult] = []
        while not (found and found[-1].status == ExecStatus.PIPELINE_SYNC):
            some = yield from generators.fetch_many(self._pg)
            if not some:
                self._check_alive()
            found += some
        self._pg.exit_pipeline_mode()
        return found

    def _send(self, sql: str, values: Sequence[object]) -> None:
        given = self._transformer.dump_sequence(values, _formats(len(values)))
        kinds = self._transformer.types or ()
        name = self._planned.get((sql, kinds))
        if name is None:
            self._many += 1
            name = self._planned[sql, kinds] = b"together_%d" % self._many
            self._pg.send_prepare(name, _text(sql), kinds)
        self._pg.send_query_prepared(name, given, self._transformer.formats)


@cache
def _formats(many: int) -> list[PyFormat]:
    return [PyFormat.AUTO] * many


@cache
def _text(sql: str) -> bytes:
    """Write a statement's blanks as the server wants them; ours hold no other percent signs."""
    first, *rest = sql.split("%s")
    return (first + "".join(f"${n}{part}" for n, part in enumerate(rest, 1))).replace("%%", "%").encode()
