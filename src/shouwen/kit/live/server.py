"""`/live` as a bare ASGI application: one long answer a browser."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import parse_cookie

from .cursor import Cursor
from .hub import Hub, TooSlow

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
RETRY_MS = 1000


@dataclass(frozen=True)
class Identity:
    """Who listens, as the audiences he belongs to."""

    audiences: frozenset[str]


Identify = Callable[[Mapping[str, str]], Awaitable[Identity | None]]


class LiveApplication:
    """Answers GET /live with the facts its caller may hear; everything else is not found."""

    def __init__(self, hub: Hub, identify: Identify) -> None:
        self._hub = hub
        self._identify = identify
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._task = asyncio.create_task(self._hub.run())
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._task:
                    self._task.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _http(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["path"] == "/healthz":
            await _short(send, 200, b"ok")
            return
        if scope["path"] != "/live" or scope["method"] != "GET":
            await _short(send, 404, b"")
            return
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        identity = await self._identify(parse_cookie(headers.get("cookie", "")))
        if identity is None:
            await _short(send, 401, b"")
            return
        await self._stream(identity, Cursor.parse(headers.get("last-event-id", "")), receive, send)

    async def _stream(self, identity: Identity, after: Cursor | None, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send(_body(f"retry: {RETRY_MS}\n\n".encode()))
        pump = asyncio.create_task(self._pump(identity, after, send))
        gone = asyncio.create_task(_gone(receive))
        _, waiting = await asyncio.wait({pump, gone}, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _pump(self, identity: Identity, after: Cursor | None, send: Send) -> None:
        with contextlib.suppress(TooSlow, OSError):
            async with contextlib.aclosing(self._hub.join(identity.audiences, after)) as frames:  # type: ignore[type-var]
                async for data in frames:
                    await send(_body(data))
        await send({"type": "http.response.body", "body": b"", "more_body": False})


_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def _body(data: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": True}


async def _short(send: Send, status: int, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": body})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
