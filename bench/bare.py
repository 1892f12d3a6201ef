"""A bare ASGI handler: the statements in STATEMENTS on a pool, every row as JSON. Nothing else; the peer of a list."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from psycopg_pool import AsyncConnectionPool

STATEMENTS = [text.encode() for text in json.loads(Path(os.environ["STATEMENTS"]).read_text(encoding="utf-8"))]
pool = AsyncConnectionPool(os.environ["BARE_DSN"], min_size=4, max_size=8, open=False, kwargs={"autocommit": True})


async def application(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """Answer every request with all rows."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    rows: list[Any] = []
    async with pool.connection() as line:
        for statement in STATEMENTS:
            cursor = await line.execute(statement)
            rows.append(await cursor.fetchall() if cursor.description else None)
    body = json.dumps(rows, default=str, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _lifespan(receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await pool.open()
            await send({"type": "lifespan.startup.complete"})
        else:
            await pool.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
