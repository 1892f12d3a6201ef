"""The live stream."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from shouwen.project.front_door import live

from .street import Handler, door, upstream


def stream(*frames: bytes, then: asyncio.Event | None = None) -> Handler:
    """Return a live process that sends frames, and then waits or ends."""

    async def handler(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        answer.headers["X-Saw"] = request.headers.get("Last-Event-ID", "")
        await answer.prepare(request)
        for frame in (*frames, f"data: {request.headers.get('Last-Event-ID', '')}\n\n".encode()):
            await answer.write(frame)
        if then:
            await then.wait()
        return answer

    return handler


def test_live_frames_come_at_once_while_the_stream_stays_open(folder: Path):
    async def run() -> None:
        later = asyncio.Event()
        async with upstream(folder / "live.sock", stream(b"id: 1-1\n\n", then=later)), door(folder) as browser:
            async with browser.get("/live", headers={"Last-Event-ID": "7-9"}) as answer:
                assert answer.status == 200
                assert answer.headers["Content-Type"] == "text/event-stream"
                assert await answer.content.readuntil(b"7-9\n\n") == b"id: 1-1\n\ndata: 7-9\n\n"
            later.set()

    asyncio.run(run())


def test_a_live_process_that_dies_ends_the_stream(folder: Path):
    async def run() -> None:
        async with (
            upstream(folder / "live.sock", stream(b"id: 1-1\n\n")),
            door(folder) as browser,
            browser.get("/live") as answer,
        ):
            with suppress(aiohttp.ClientPayloadError):
                assert (await answer.read()).startswith(b"id: 1-1\n\n")

    asyncio.run(run())


def test_a_browser_that_leaves_is_not_kept_by_the_live_process(folder: Path):
    left = []

    async def handler(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        await answer.write(b":\n\n")
        try:
            await asyncio.Event().wait()
        finally:
            left.append(1)
        return answer

    async def run() -> None:
        async with upstream(folder / "live.sock", handler), door(folder) as browser:
            answer = await browser.get("/live")
            await answer.content.readexactly(3)
            answer.close()
            for _ in range(100):
                await asyncio.sleep(0)
                if left:
                    break
                await asyncio.sleep(0.01)
        assert left == [1]

    asyncio.run(run())


def test_who_may_not_listen_is_told_so(folder: Path):
    async def handler(_request: web.Request) -> web.Response:
        return web.Response(status=401)

    async def run() -> None:
        async with (
            upstream(folder / "live.sock", handler),
            door(folder) as browser,
            browser.get("/live") as answer,
        ):
            assert answer.status == 401

    asyncio.run(run())


def test_while_live_is_away_the_browser_waits_and_is_then_told(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "PATIENCE_SECONDS", 0.0)

    async def run() -> None:
        async with door(folder) as browser, browser.get("/live") as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "1")

    asyncio.run(run())
