"""One listener on the database, many browsers.

The hub reads facts in (xid, id) order, but only below the oldest transaction still running: what is above may
yet be preceded by a fact that commits later. So nothing is skipped, and a browser that names the last event it saw
gets exactly what followed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import psycopg

from ..notifier import CHANNEL
from .cursor import LAST, Cursor, Told, frame

logger = logging.getLogger(__name__)

BATCH = 1000
POLL_SECONDS = 1.0
PING_SECONDS = 20.0
BACKLOG = 2000
REPLAY_LIMIT = 5000
LIFE_SECONDS = 900.0
"""After so long a browser has to come back and say again who it is: sessions end, areas change."""
PING = b"event: ping\ndata: {}\n\n"
"""A sign of life that the browser can hear."""
_FACTS = """
    select xid, id, name, payload, audience from kit_fact
    where (xid, id) > (%s, %s) and xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
"""
_ORDER = " order by xid, id limit %s"


class TooSlow(Exception):
    """A browser fell so far behind that it must come back and replay."""


class Listener:
    """One browser: its audiences and the frames on their way to it."""

    def __init__(self, audiences: frozenset[str]) -> None:
        self.audiences = audiences
        self.closing = False
        self._frames: list[bytes] = []
        self._ready = asyncio.Event()

    def push(self, data: bytes) -> None:
        """Queue a frame."""
        self._frames.append(data)
        self._ready.set()

    def close(self) -> None:
        """End the stream after what is queued."""
        self.closing = True
        self._ready.set()

    async def burst(self) -> bytes:
        """Wait for frames and return all there are, joined."""
        await self._ready.wait()
        self._ready.clear()
        frames, self._frames = self._frames, []
        if len(frames) > BACKLOG:
            raise TooSlow
        return b"".join(frames)


class Hub:
    """Tells facts to listeners; one a process."""

    def __init__(self, dsn: str, restart_on: frozenset[str] = frozenset()) -> None:
        self._dsn = dsn
        self._restart_on = restart_on
        self._by_audience: dict[str, set[Listener]] = {}
        self._all: set[Listener] = set()
        self._cursor: Cursor | None = None
        self._started = asyncio.Event()

    async def run(self) -> None:
        """Listen and tell for ever; a lost database connection is made anew."""
        ping = asyncio.create_task(self._ping())
        try:
            while True:
                try:
                    await self._listen()
                except (psycopg.Error, OSError) as error:
                    logger.warning("live: database connection lost: %s", error)
                await asyncio.sleep(0.5)
        finally:
            ping.cancel()

    async def join(self, audiences: frozenset[str], after: Cursor | None) -> AsyncIterator[bytes]:
        """Stream to one browser: what it missed since `after`, then what comes."""
        await self._started.wait()
        listener, now = Listener(audiences), asyncio.get_running_loop().time
        until = now() + LIFE_SECONDS
        joined = self._add(listener)
        try:
            yield frame(after if after and after <= joined else joined, "ready", {})
            if after and after > joined:  # from a database that is no more: a backup was brought back
                yield frame(joined, "reset", {})
            elif after:
                async for data in self._missed(audiences, after, joined):
                    yield data
            while not listener.closing and now() < until:
                yield await listener.burst()
        finally:
            self._remove(listener)

    def _add(self, listener: Listener) -> Cursor:
        """Attach a listener and return the place from which it hears everything; no await in between."""
        self._all.add(listener)
        for audience in listener.audiences:
            self._by_audience.setdefault(audience, set()).add(listener)
        assert self._cursor
        return self._cursor

    def _remove(self, listener: Listener) -> None:
        self._all.discard(listener)
        for audience in listener.audiences:
            held = self._by_audience.get(audience, set())
            held.discard(listener)
            if not held:
                self._by_audience.pop(audience, None)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True) as line:
            await line.execute(f"listen {CHANNEL}")
            if self._cursor is None:
                self._cursor = await self._newest(line)
                self._started.set()
            while True:
                while await self._tell(line) == BATCH:
                    pass
                await self._wait(line)

    async def _newest(self, line: psycopg.AsyncConnection[tuple[object, ...]]) -> Cursor:
        row = await (await line.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")).fetchone()
        assert row
        return Cursor(int(str(row[0])) - 1, LAST)

    async def _tell(self, line: psycopg.AsyncConnection[tuple[object, ...]]) -> int:
        """Read the next facts and hand each to its listeners; return how many there were."""
        assert self._cursor
        rows = await _read(line, self._cursor, None, None, BATCH)
        for told in rows:
            self._hand(told)
            self._cursor = told.cursor
        return len(rows)

    def _hand(self, told: Told) -> None:
        hearing = {one for audience in told.audience for one in self._by_audience.get(audience, ())}
        for listener in hearing:
            listener.push(told.frame)
            if told.name in self._restart_on:
                listener.close()

    @staticmethod
    async def _wait(line: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
        """Sleep until somebody announces facts, a second at most."""
        async for _ in line.notifies(timeout=POLL_SECONDS, stop_after=1):
            return

    async def _missed(self, audiences: frozenset[str], after: Cursor, until: Cursor) -> AsyncIterator[bytes]:
        """Stream the facts in (after, until] that these audiences may hear; too many become one `reset`."""
        async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True) as line:
            rows = await _read(line, after, until, audiences, REPLAY_LIMIT + 1)
        if len(rows) > REPLAY_LIMIT:
            yield frame(until, "reset", {})
            return
        if rows:
            yield b"".join(told.frame for told in rows)

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_SECONDS)
            for listener in self._all:
                listener.push(PING)


async def _read(
    line: psycopg.AsyncConnection[tuple[object, ...]],
    after: Cursor,
    until: Cursor | None,
    audiences: frozenset[str] | None,
    limit: int,
) -> list[Told]:
    query, values = _FACTS, [after.xid, after.id]
    if until is not None:
        query, values = f"{query} and (xid, id) <= (%s, %s)", [*values, until.xid, until.id]
    parameters: list[object] = [*values]
    if audiences is not None:
        query, parameters = f"{query} and audience && %s", [*parameters, sorted(audiences)]
    rows = await (await line.execute(query + _ORDER, [*parameters, limit])).fetchall()
    return [_told(row) for row in rows]


def _told(row: tuple[object, ...]) -> Told:
    xid, number, name, payload, audience = row
    cursor = Cursor(int(str(xid)), int(str(number)))
    assert isinstance(audience, list)
    return Told(cursor, str(name), frozenset(audience), frame(cursor, str(name), payload))


@contextlib.asynccontextmanager
async def running(hub: Hub) -> AsyncIterator[Hub]:
    """Run a hub for as long as the block."""
    task = asyncio.create_task(hub.run())
    try:
        yield hub
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
