from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

import httpx
import pytest

from shouwen.project.replay.http import Browser, Line
from shouwen.project.replay.live import Bell, Event, events, listening


async def _lines(text: str) -> AsyncIterator[str]:
    for one in text.split("\n"):
        yield one


def heard(text: str) -> list[Event]:
    async def collect() -> list[Event]:
        return [event async for event in events(_lines(text))]

    return asyncio.run(collect())


def test_lines_become_events_and_comments_do_not() -> None:
    text = 'retry: 1000\n\n: ping\n\nid: 7-1\nevent: a.B\ndata: {"x":\ndata:  1}\n\nevent: ready\ndata: {}\n\n'
    assert heard(text) == [Event("7-1", "a.B", '{"x": 1}'), Event("", "ready", "{}")]


def test_an_event_cut_off_is_not_heard() -> None:
    assert heard("event: a.B\ndata: {}") == []


def test_a_broken_line_comes_back_with_the_last_event_it_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("Last-Event-ID", ""))
        body = f'id: 5-{len(sent)}\nevent: a.B\ndata: {{"n": {len(sent)}}}\n\n'
        return httpx.Response(200, text=body)

    names: list[tuple[str, object]] = []
    bell = Bell()

    def note(name: str, fact: object) -> None:
        names.append((name, fact))
        if len(names) == 3:
            bell.ring()

    async def hear() -> None:
        browser = Browser(Line("http://product", httpx.MockTransport(server)))
        async with listening(browser, note):
            await bell.wait(20)

    monkeypatch.setattr(random, "uniform", lambda *_: 0.0)
    asyncio.run(hear())
    assert sent[:3] == ["", "5-1", "5-2"]
    assert names[:3] == [("a.B", {"n": 1}), ("a.B", {"n": 2}), ("a.B", {"n": 3})]
