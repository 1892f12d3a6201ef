"""Browsers' phones: `/ws` of Asterisk, for who is signed in and has his phone in the browser."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from shouwen.project.front_door import phones

from .street import Handler, door, upstream


def says(kind: str, status: int = 200) -> Handler:
    """Return an API that tells where somebody's calls come to."""

    async def handler(request: web.Request) -> web.Response:
        assert request.path == "/api/desk/phone"
        return web.json_response({"kind": kind}, status=status)

    return handler


async def asterisk(request: web.Request) -> web.WebSocketResponse:
    line = web.WebSocketResponse(protocols=["sip"])
    await line.prepare(request)
    async for message in line:
        await line.send_str(f"{line.ws_protocol} {request.path} {message.data}")
    return line


def opened(folder: Path, api: Handler, *, origin: str | None = None) -> tuple[int, str]:
    """Open a phone's line through the door and say REGISTER; return the status, and what came back."""

    async def run() -> tuple[int, str]:
        app = web.Application()
        app.router.add_get("/{rest:.*}", asterisk)
        async with (
            TestServer(app) as media,
            upstream(folder / "web.sock", api),
            door(folder, phones=media.port) as page,
        ):
            own = str(page.make_url("/")).rstrip("/")
            try:
                line = await page.ws_connect("/ws", protocols=["sip"], headers={"Origin": origin or own})
            except aiohttp.WSServerHandshakeError as refused:
                return refused.status, ""
            await line.send_str("REGISTER")
            heard = await line.receive_str(timeout=5)
            await line.close()
            return 101, heard

    return asyncio.run(run())


def test_a_browsers_phone_reaches_asterisk(folder: Path, files: Path):
    assert opened(folder, says("browser")) == (101, "sip /ws REGISTER")


def test_a_phone_that_floods_is_let_go(folder: Path, files: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(phones, "SPAN_MESSAGES", 3)

    async def run() -> tuple[int, int | None]:
        app = web.Application()
        app.router.add_get("/{rest:.*}", asterisk)
        async with (
            TestServer(app) as media,
            upstream(folder / "web.sock", says("browser")),
            door(folder, phones=media.port) as page,
        ):
            own = str(page.make_url("/")).rstrip("/")
            line = await page.ws_connect("/ws", protocols=["sip"], headers={"Origin": own})
            for _ in range(4):
                await line.send_str("REGISTER")
            heard = [message async for message in line]
            return len(heard), line.close_code

    heard, code = asyncio.run(run())
    assert heard <= 3
    assert code == aiohttp.WSCloseCode.POLICY_VIOLATION


@pytest.mark.parametrize(("kind", "status"), [("desk", 200), ("", 200), ("browser", 401)])
def test_who_is_not_signed_in_or_has_no_phone_here_does_not(folder: Path, files: Path, kind: str, status: int):
    assert opened(folder, says(kind, status)) == (403, "")


def test_another_sites_page_does_not(folder: Path, files: Path):
    assert opened(folder, says("browser"), origin="https://elsewhere.example") == (403, "")


def test_nothing_else_of_asterisks_port_and_nothing_where_no_calls_are_taken(folder: Path, files: Path):
    async def run() -> None:
        async with upstream(folder / "web.sock", says("browser")), door(folder, phones=1) as page:
            async with page.get("/ari/channels") as answer:
                assert "workspace" in await answer.text()
            async with page.get("/ws") as answer:
                assert answer.status == 403
        async with door(folder) as page, page.get("/ws") as answer:
            assert "workspace" in await answer.text()

    asyncio.run(run())
