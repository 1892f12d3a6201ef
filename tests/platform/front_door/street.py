"""A door between a browser and processes that a test makes up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from shouwen.project.front_door import Upstreams, build

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def upstream(socket: Path, handler: Handler):
    """Run a process behind the door."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handler)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.UnixSite(runner, str(socket)).start()
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def door(folder: Path, **options: Any):
    """Run the door and return a browser before it."""
    app = build(
        upstreams=Upstreams(web=folder / "web.sock", live=folder / "live.sock"),
        files=folder / "dist",
        **options,
    )
    jar = aiohttp.DummyCookieJar()
    async with TestClient(TestServer(app, handler_cancellation=True), cookie_jar=jar, auto_decompress=False) as browser:
        yield browser


async def echo(request: web.Request) -> web.Response:
    body = {"method": request.method, "path": request.raw_path, "headers": dict(request.headers)}
    return web.json_response({**body, "body": (await request.read()).decode()})
