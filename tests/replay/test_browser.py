from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from shouwen.project.replay import http
from shouwen.project.replay.http import Browser, GaveUp, Line, Refused


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(_seconds: float) -> None:
        return None

    monkeypatch.setattr(asyncio, "sleep", at_once)


class Server:
    """Answers from a list, and keeps what it was sent."""

    def __init__(self, *answers: int | type[httpx.RequestError]) -> None:
        self.answers = list(answers)
        self.keys: list[str] = []
        self.tokens: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/csrf":
            return httpx.Response(204, headers={"Set-Cookie": "csrftoken=abc; Path=/"})
        self.keys.append(request.headers.get("Idempotency-Key", ""))
        self.tokens.append(request.headers.get("X-CSRFToken", ""))
        answer = self.answers.pop(0)
        if not isinstance(answer, int):
            raise answer("gone", request=request)
        body = {"ok": True} if answer == 200 else {"code": "some-code", "detail": "no"}
        return httpx.Response(answer, json=body)


def line(server: Callable[[httpx.Request], httpx.Response], patience: float = 60) -> Line:
    return Line("http://product", httpx.MockTransport(server), patience)


def test_a_press_is_sent_again_with_the_same_key_until_it_is_answered() -> None:
    server = Server(httpx.ConnectError, httpx.ReadError, 502, 503, 504, 500, 429, 200)
    way = line(server)
    assert asyncio.run(Browser(way).post("/api/x", {"a": 1})) == {"ok": True}
    assert len(server.keys) == 8
    assert len(set(server.keys)) == 1
    assert set(server.tokens) == {"abc"}
    assert (way.tally.commands, way.tally.retried, way.tally.refusals) == (1, 7, {})


def test_two_presses_have_two_keys() -> None:
    server = Server(200, 200)
    browser = Browser(line(server))

    async def twice() -> None:
        await browser.post("/api/x")
        await browser.post("/api/x")

    asyncio.run(twice())
    assert len(set(server.keys)) == 2


def test_a_refusal_is_not_sent_again() -> None:
    server = Server(409)
    way = line(server)
    with pytest.raises(Refused, match="409 some-code: no"):
        asyncio.run(Browser(way).post("/api/x"))
    assert (len(server.keys), way.tally.commands, way.tally.refusals) == (1, 0, {"some-code": 1})


def test_a_product_that_keeps_breaking_on_one_press_is_refusing_it() -> None:
    server = Server(*[500] * http.BROKEN_TRIES)
    with pytest.raises(Refused, match="500"):
        asyncio.run(Browser(line(server)).post("/api/x"))


def test_without_any_answer_in_all_patience_nobody_knows() -> None:
    server = Server(httpx.ConnectError)
    with pytest.raises(GaveUp):
        asyncio.run(Browser(line(server, patience=-1)).post("/api/x"))


def test_people_come_from_addresses_of_their_own() -> None:
    assert Browser(line(Server()), address="10.0.0.7").client.headers["X-Forwarded-For"] == "10.0.0.7"
