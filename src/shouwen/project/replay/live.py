"""One simulated person's open line: hears facts, and after a break hears on from the last one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from .http import Browser

SILENCE_SECONDS = 50.0
Heard = Callable[[str, Any], None]


@dataclass
class Event:
    """One server-sent event while its lines come in."""

    id: str = ""
    name: str = ""
    data: str = ""


async def events(lines: AsyncIterator[str]) -> AsyncIterator[Event]:
    """Put lines together to events; comments and retry times are not events."""
    event = Event()
    async for line in lines:
        if not line:
            if event.name:
                yield event
            event = Event()
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "id":
            event.id = value
        elif name == "event":
            event.name = value
        elif name == "data":
            event.data += value


async def listen(browser: Browser, heard: Heard) -> None:
    """Hear for ever; call it as a task and cancel that."""
    last, pause = "", 0.1
    while True:
        with contextlib.suppress(httpx.TransportError, httpx.StreamError):
            async for event in _stream(browser, last):
                last, pause = event.id or last, 0.1
                heard(event.name, json.loads(event.data or "{}"))
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  so that not all come back at once
        pause = min(pause * 2, 3.0)


async def _stream(browser: Browser, last: str) -> AsyncIterator[Event]:
    headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {})
    timeout = httpx.Timeout(10, read=SILENCE_SECONDS)
    async with browser.client.stream("GET", "/live", headers=headers, timeout=timeout) as answer:
        if answer.status_code != 200:
            return
        async for event in events(answer.aiter_lines()):
            yield event


class Bell:
    """Rings when something was heard; waiting for it also ends after a while, so that nothing depends on it."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake who waits."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait for a ring or for some seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        self._rung.clear()


@contextlib.asynccontextmanager
async def listening(browser: Browser, heard: Heard) -> AsyncIterator[None]:
    """Keep a line open for as long as the block."""
    task = asyncio.create_task(listen(browser, heard))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
