"""What goes through to the API, and as whom."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

from aiohttp import web

from .street import door, echo, upstream


def test_a_request_reaches_the_api_as_it_was_sent(folder: Path):
    async def run() -> None:
        async with upstream(folder / "web.sock", echo), door(folder) as browser:
            given = {"Idempotency-Key": "k1", "Cookie": "sw_staff=abc", "Accept-Language": "en"}
            async with browser.post("/api/tickets?q=%E5%AE%BD", data=b'{"a": 1}', headers=given) as answer:
                seen = await answer.json()
        assert (seen["method"], seen["path"], seen["body"]) == ("POST", "/api/tickets?q=%E5%AE%BD", '{"a": 1}')
        assert {name: seen["headers"][name] for name in given} == given

    asyncio.run(run())


def test_only_the_door_says_who_the_caller_is(folder: Path):
    async def run() -> None:
        async with upstream(folder / "web.sock", echo), door(folder) as browser:
            lies = {
                "X-Forwarded-For": "6.6.6.6",
                "X-Forwarded-Proto": "https",
                "X-Forwarded-Host": "evil.example",
                "Forwarded": "for=6.6.6.6",
                "X-Real-IP": "6.6.6.6",
                "X_Forwarded_For": "6.6.6.6",
            }
            async with browser.get("/api/session", headers=lies) as answer:
                seen = (await answer.json())["headers"]
        assert seen["X-Forwarded-For"] == "127.0.0.1"
        assert seen["X-Forwarded-Proto"] == "http"
        assert seen["X-Forwarded-Host"].startswith("127.0.0.1:")
        assert not {"Forwarded", "X-Real-IP", "X_Forwarded_For"} & set(seen)

    asyncio.run(run())


def test_a_trusted_proxy_before_the_door_is_believed(folder: Path):
    async def run() -> None:
        async with upstream(folder / "web.sock", echo), door(folder, trusted=("127.0.0.1",)) as browser:
            said = {"X-Forwarded-For": "9.9.9.9, 203.0.113.7", "X-Forwarded-Proto": "https"}
            async with browser.get("/api/session", headers=said) as answer:
                seen = (await answer.json())["headers"]
        assert (seen["X-Forwarded-For"], seen["X-Forwarded-Proto"]) == ("203.0.113.7", "https")

    asyncio.run(run())


def test_answers_come_back_whole_with_their_headers(folder: Path):
    async def handler(_request: web.Request) -> web.Response:
        answer = web.Response(status=201, body="好".encode() * 700_000, headers={"ETag": '"3"'})
        answer.headers.add("Set-Cookie", "a=1")
        answer.headers.add("Set-Cookie", "b=2")
        return answer

    async def run() -> None:
        async with (
            upstream(folder / "web.sock", handler),
            door(folder) as browser,
            browser.get("/api/x") as answer,
        ):
            assert (answer.status, answer.headers["ETag"]) == (201, '"3"')
            assert answer.headers.getall("Set-Cookie") == ["a=1", "b=2"]
            assert await answer.text() == "好" * 700_000

    asyncio.run(run())


def test_a_body_that_is_too_large_is_refused_in_the_callers_language(folder: Path):
    async def run() -> None:
        async with upstream(folder / "web.sock", echo), door(folder) as browser:
            given = {"Accept-Language": "en-GB"}
            async with browser.post("/api/x", data=io.BytesIO(b"x" * (4 * 1024 * 1024)), headers=given) as answer:
                problem = await answer.json(content_type="application/problem+json")
                assert (answer.status, problem["code"]) == (413, "body-too-large")
                assert problem["detail"] == "What you sent is larger than 3 MB. Send less."

    asyncio.run(run())
