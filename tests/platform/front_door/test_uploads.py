"""Files on their way through the door."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from .street import door, upstream

MIB = 1024 * 1024


async def weigh(request: web.Request) -> web.Response:
    body = await request.content.read()
    return web.json_response(
        {"length": request.headers.get("Content-Length"), "digest": hashlib.sha256(body).hexdigest()},
        headers={"Content-Security-Policy": "sandbox"},
    )


def test_a_file_larger_than_any_other_body_goes_through_whole(folder: Path):
    async def run() -> None:
        content = bytes(range(256)) * 4096 * 9
        async with (
            upstream(folder / "web.sock", weigh),
            door(folder) as browser,
            browser.post("/api/portal/files?name=a.png", data=io.BytesIO(content)) as answer,
        ):
            seen = await answer.json()
        assert seen == {"length": str(9 * MIB), "digest": hashlib.sha256(content).hexdigest()}

    asyncio.run(run())


def test_a_file_that_is_too_large_stops_at_the_door(folder: Path):
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(21):
            yield b"x" * MIB

    async def run() -> None:
        async with upstream(folder / "web.sock", weigh), door(folder) as browser:
            for data in (io.BytesIO(b"x" * 21 * MIB), parts()):
                async with browser.post("/api/files?name=a.png", data=data) as answer:
                    problem = await answer.json(content_type="application/problem+json")
                    assert (answer.status, problem["code"]) == (413, "file-too-large")

    asyncio.run(run())


def test_a_file_waits_until_the_web_process_is_back(folder: Path):
    async def run() -> None:
        async with door(folder) as browser:
            sent = asyncio.create_task(browser.post("/api/files?name=a.txt", data=b"hello"))
            await asyncio.sleep(0)
            async with upstream(folder / "web.sock", weigh), await sent as answer:
                assert (await answer.json())["digest"] == hashlib.sha256(b"hello").hexdigest()

    asyncio.run(run())


def test_a_stricter_sandbox_than_the_doors_own_passes(folder: Path):
    async def run() -> None:
        async with (
            upstream(folder / "web.sock", weigh),
            door(folder) as browser,
            browser.get("/api/files/content/x") as answer,
        ):
            assert answer.headers["Content-Security-Policy"] == "sandbox"
            assert answer.headers["X-Frame-Options"] == "DENY"

    asyncio.run(run())
