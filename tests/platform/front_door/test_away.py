"""While the API is away, nothing is lost and nothing is done twice."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import web

from shouwen.project.front_door import proxy

from .street import door, echo, upstream


def test_a_request_that_finds_nobody_waits_until_web_is_back(folder: Path):
    async def run() -> None:
        async with door(folder) as browser:
            waiting = asyncio.create_task(browser.post("/api/x", data=b"once"))
            await asyncio.sleep(0)
            async with upstream(folder / "web.sock", echo):
                answer = await waiting
                assert (answer.status, (await answer.json())["body"]) == (200, "once")

    asyncio.run(run())


def breaking(times: int):
    """Return a handler that reads the request and dies without an answer, the first few times."""
    seen: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        await request.read()
        seen.append(request.method)
        if len(seen) <= times:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(text="answer")

    return handler, seen


def test_a_question_broken_off_is_asked_again(folder: Path):
    handler, seen = breaking(2)

    async def run() -> None:
        async with (
            upstream(folder / "web.sock", handler),
            door(folder) as browser,
            browser.get("/api/x") as answer,
        ):
            assert (answer.status, await answer.text()) == (200, "answer")
        assert seen == ["GET", "GET", "GET"]

    asyncio.run(run())


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_whose_bytes_may_have_been_read_is_never_sent_again(folder: Path, method: str):
    handler, seen = breaking(1)

    async def run() -> None:
        async with (
            upstream(folder / "web.sock", handler),
            door(folder) as browser,
            browser.request(method, "/api/x", data=b"pay") as answer,
        ):
            problem = await answer.json(content_type="application/problem+json")
            assert (answer.status, problem["code"]) == (503, "restarting")
            assert answer.headers["Retry-After"] == "1"
        assert seen == [method]

    asyncio.run(run())


def test_when_web_stays_away_the_caller_is_told_when_to_come_back(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proxy, "PATIENCE_SECONDS", 0.0)

    async def run() -> None:
        async with door(folder) as browser, browser.get("/api/x") as answer:
            problem = json.loads(await answer.text())
            assert (answer.status, problem["code"]) == (503, "restarting")
            assert problem["detail"] == "服务正在恢复，请稍候几秒再试；已提交的内容不会重复办理。"

    asyncio.run(run())
