"""Carries the signalling of browsers' phones to Asterisk: `/ws` and nothing else of its port.

Who is not signed in, or whose calls do not come to the browser, does not get so far as to try a password: the door
asks the API first, with what the browser sent along. Sound takes its own way and does not pass here.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

import aiohttp
from aiohttp import web

from .problems import problem
from .proxy import Proxy

PROTOCOL = "sip"
MESSAGE_BYTES = 64 * 1024
BEAT_SECONDS = 15.0
ASK = "/api/desk/phone"
CONNECT_SECONDS = 5.0
SPAN_SECONDS, SPAN_MESSAGES = 10.0, 300
"""A phone says a few dozen messages a call; one that says more than this in a span is let go."""


class Phones:
    """Answers /ws."""

    def __init__(self, port: int, proxy: Proxy) -> None:
        self._address = f"ws://127.0.0.1:{port}/ws"
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._open: set[web.WebSocketResponse] = set()

    async def open(self) -> None:
        """Be ready to reach Asterisk; needs a running loop."""
        self._session = aiohttp.ClientSession()

    async def close(self) -> None:
        """Let all phones go; they come back by themselves."""
        for browser in list(self._open):
            await browser.close(code=aiohttp.WSCloseCode.GOING_AWAY)
        if self._session:
            await self._session.close()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Join a browser's phone to Asterisk."""
        if not await self._may(request):
            return problem(request, "no-phone")
        assert self._session is not None, "open() comes first"
        limit = asyncio.timeout(CONNECT_SECONDS)
        try:
            async with limit:
                asterisk = await self._session.ws_connect(
                    self._address, protocols=[PROTOCOL], max_msg_size=MESSAGE_BYTES, autoping=True
                )
        except (aiohttp.ClientError, OSError, TimeoutError):
            return problem(request, "restarting")
        browser = web.WebSocketResponse(
            protocols=[PROTOCOL], max_msg_size=MESSAGE_BYTES, heartbeat=BEAT_SECONDS, compress=False
        )
        await browser.prepare(request)
        self._open.add(browser)
        try:
            await _joined(browser, asterisk)
        finally:
            self._open.discard(browser)
            await asterisk.close()
            await browser.close()
        return browser

    async def _may(self, request: web.Request) -> bool:
        """Tell whether a page of ours asks, of somebody whose calls come to the browser."""
        if request.headers.get("Upgrade", "").lower() != "websocket" or not self._is_ours(request):
            return False
        told = await self._proxy.ask(request, ASK)
        return told is not None and told.get("kind") == "browser"

    def _is_ours(self, request: web.Request) -> bool:
        given = self._proxy.inward(request)
        own = f"{given['X-Forwarded-Proto']}://{given['X-Forwarded-Host']}"
        return request.headers.get("Origin", "") == own


async def _joined(browser: web.WebSocketResponse, asterisk: aiohttp.ClientWebSocketResponse) -> None:
    """Pass messages both ways until one side ends."""
    flood = Flood()
    ways = [asyncio.create_task(_pass(browser, asterisk, flood)), asyncio.create_task(_pass(asterisk, browser))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        if flood.seen:
            await browser.close(code=aiohttp.WSCloseCode.POLICY_VIOLATION, message=b"too many messages")
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


class Flood:
    """Counts messages in spans of time, and remembers that there were too many."""

    def __init__(self) -> None:
        self.seen = False
        self._since, self._count = time.monotonic(), 0

    def rises(self) -> bool:
        """Count one message; tell whether it is one too many."""
        now = time.monotonic()
        if now - self._since > SPAN_SECONDS:
            self._since, self._count = now, 0
        self._count += 1
        self.seen = self._count > SPAN_MESSAGES
        return self.seen


async def _pass(
    source: web.WebSocketResponse | aiohttp.ClientWebSocketResponse,
    target: web.WebSocketResponse | aiohttp.ClientWebSocketResponse,
    flood: Flood | None = None,
) -> None:
    with contextlib.suppress(ConnectionError, aiohttp.ClientError):
        async for message in source:
            if flood and flood.rises():
                return
            if message.type is aiohttp.WSMsgType.TEXT:
                await target.send_str(message.data)
            elif message.type is aiohttp.WSMsgType.BINARY:
                await target.send_bytes(message.data)
