"""Facts to 2,000 browsers: from the commit that publishes one to its arrival, beside a bare hub in the same run."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import psycopg

from shouwen.project.config import embedded_url
from shouwen.project.replay import personas
from shouwen.project.replay.http import Browser, Line
from shouwen.project.replay.product import Product, own_product

from .listeners import Heard, Streams
from .over_http import sign_in
from .parts import CannotMeasure, Part, judge

LISTENERS, SECONDS, ROUNDS = 2000, 10.0, 2
ONE_A_SECOND, ALL_A_SECOND = 50, 5
SETTLE_SECONDS = 3.0
CHANNEL = "facts"
Send = Callable[[str, int, float], Awaitable[object]]


def measure() -> Sequence[Part]:
    """Measure the product's live process, then the bare hub."""
    ours, bare = asyncio.run(_both())
    wanted = ROUNDS * SECONDS * (ONE_A_SECOND + ALL_A_SECOND * LISTENERS)
    arrived = (len(ours.one) + len(ours.all)) / wanted
    one, all_ = ours.percentile("one", 0.95), ours.percentile("all", 0.95)
    bare_one, bare_all = bare.percentile("one", 0.95), bare.percentile("all", 0.95)
    return [
        judge("live", "one_p95", ours=one, unit="ms"),
        judge("live", "all_p95", ours=all_, unit="ms"),
        judge("live", "delivered", ours=arrived, unit=""),
        judge("live", "one_against_hub", ours=one, unit="ms", peer="bare hub", peer_value=bare_one),
        judge("live", "all_against_hub", ours=all_, unit="ms", peer="bare hub", peer_value=bare_all),
    ]


async def _both() -> tuple[Heard, Heard]:
    """Take turns, so that a noisy minute of the machine is not counted against one of us alone."""
    ours, bare = Heard(), Heard()
    async with own_product(speed=1) as product:
        told = await _told(product)
        async with _hub(product) as (socket, requests, send):
            for _ in range(ROUNDS):
                await _run(str(product.data / "run" / "live.sock"), *told, ours)
                await _run(socket, requests, send, bare)
    return ours, bare


async def _told(product: Product) -> tuple[Sequence[bytes], Send]:
    """Let everybody be one member of staff, so that one fact reaches all, and a visitor of his own."""
    page, _ = sign_in(product.url)
    me = page.get("/api/session").json()["id"]
    visitors = await _visitors(product, LISTENERS)
    staff = f"sw_staff={page.cookies['sw_staff']}"
    requests = [_request("/live", f"{staff}; sw_customer={token}") for _, token in visitors]
    line = await _line(product)

    async def send(to: str, number: int, sent: float) -> None:
        audience = f"staff:{me}" if to == "all" else f"visitor:{visitors[number][0]}"
        data = f'{{"bench":"{to}","sent":{sent}}}'
        await line.execute("select kit_publish('bench.Tick', %s::json::jsonb, %s, now())", [data, [audience]])
        await line.execute(f"notify {CHANNEL}".encode())

    return requests, send


@contextlib.asynccontextmanager
async def _hub(product: Product) -> AsyncIterator[tuple[str, Sequence[bytes], Send]]:
    socket = str(product.data / "hub.sock")
    surroundings = {**os.environ, "HUB_DSN": embedded_url(product.data / "postgres")}
    command = [sys.executable, "-m", "uvicorn", "bench.hub:application", "--uds", socket, "--no-access-log"]
    process = await asyncio.create_subprocess_exec(*command, "--log-level", "warning", env=surroundings)
    line = await _line(product)

    async def send(to: str, number: int, sent: float) -> None:
        name = "all" if to == "all" else str(number)
        data = f'{{"to":"{name}","data":{{"bench":"{to}","sent":{sent}}}}}'
        await line.execute("select pg_notify('bench_hub', %s)", [data])

    try:
        await _there(Path(socket))
        yield socket, [_request(f"/{number}", "") for number in range(LISTENERS)], send
    finally:
        process.kill()
        await process.wait()


async def _run(socket: str, requests: Sequence[bytes], send: Send, heard: Heard) -> None:
    streams = Streams(socket, requests, heard)
    try:
        await streams.open()
        await asyncio.sleep(SETTLE_SECONDS)
        await asyncio.gather(_ticks(send, "one", ONE_A_SECOND), _ticks(send, "all", ALL_A_SECOND))
        await asyncio.sleep(SETTLE_SECONDS)
    except (OSError, asyncio.IncompleteReadError) as failure:
        raise CannotMeasure(f"The listeners could not be connected: {failure}") from None
    finally:
        await streams.close()


async def _ticks(send: Send, to: str, a_second: int) -> None:
    """Publish in even steps, whatever each takes."""
    lock, begun = _lock(send), time.monotonic()
    for number in range(int(SECONDS * a_second)):
        await asyncio.sleep(max(0.0, begun + number / a_second - time.monotonic()))
        async with lock:
            await send(to, number % LISTENERS, time.time())


_locks: dict[int, asyncio.Lock] = {}


def _lock(send: Send) -> asyncio.Lock:
    return _locks.setdefault(id(send), asyncio.Lock())


def _request(path: str, cookie: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nCookie: {cookie}\r\n\r\n".encode()


async def _visitors(product: Product, count: int) -> list[tuple[int, str]]:
    """Become so many visitors; return each one's number and session."""
    line, gate = Line.to(product.url), asyncio.Semaphore(16)

    async def one(place: int) -> str:
        async with gate:
            browser = Browser(line, address=personas.address_of(place))
            await browser.post("/api/portal/visitor")
            return str(browser.client.cookies["sw_customer"])

    try:
        tokens = await asyncio.gather(*(one(place) for place in range(1, count + 1)))
    finally:
        await line.close()
    return list(zip(await _numbers(product, count), tokens, strict=True))


async def _numbers(product: Product, count: int) -> list[int]:
    async with await _line(product) as line:
        rows = await (
            await line.execute("select id from customers_accesssession order by id desc limit %s", [count])
        ).fetchall()
    return [int(row[0]) for row in rows]


async def _line(product: Product) -> psycopg.AsyncConnection[tuple[int]]:
    return await psycopg.AsyncConnection.connect(embedded_url(product.data / "postgres"), autocommit=True)


async def _there(file: Path) -> None:
    end = time.monotonic() + 30
    while not await asyncio.to_thread(file.exists):
        if time.monotonic() > end:
            raise CannotMeasure("The bare hub did not start.")
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)
