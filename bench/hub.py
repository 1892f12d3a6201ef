"""A bare hub without Django: LISTEN, and every notification to whom it names. The peer of the live process."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg

_by_name: dict[str, set[asyncio.Queue[bytes]]] = {}


async def application(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """Stream to whoever says in the path what he is called; everybody is also called `all`."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    for name in ("all", scope["path"].rpartition("/")[2]):
        _by_name.setdefault(name, set()).add(queue)
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"event: ready\ndata: {}\n\n", "more_body": True})
    while True:
        await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})


async def _hear() -> None:
    async with await psycopg.AsyncConnection.connect(os.environ["HUB_DSN"], autocommit=True) as line:
        await line.execute("listen bench_hub")
        async for note in line.notifies():
            told = json.loads(note.payload)
            frame = f"event: bench\ndata: {json.dumps(told['data'], separators=(',', ':'))}\n\n".encode()
            for queue in _by_name.get(told["to"], ()):
                queue.put_nowait(frame)


async def _lifespan(receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    task: asyncio.Task[None] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            task = asyncio.create_task(_hear())
            await send({"type": "lifespan.startup.complete"})
        else:
            if task:
                task.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return
