"""The front door: files, the API behind it, the live stream, and what it does while those are away."""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from shouwen.project.front_door import Upstreams, build, live, proxy

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="swd") as short:
        yield Path(short)


@pytest.fixture
def files(folder: Path) -> Path:
    dist = folder / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<title>workspace</title>")
    (dist / "portal.html").write_text("<title>portal</title>")
    (dist / "favicon.svg").write_text("<svg/>")
    (dist / "assets" / "app-1a2b.js").write_text("x" * 2000)
    (dist / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
    (dist / ".stamp").write_text("secret")
    (folder / "outside.txt").write_text("outside")
    return dist


@asynccontextmanager
async def upstream(socket: Path, handler: Handler):
    """Run a process behind the door."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handler)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.UnixSite(runner, str(socket)).start()
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def door(folder: Path, **options: Any):
    """Run the door and return a browser before it."""
    app = build(
        upstreams=Upstreams(web=folder / "web.sock", live=folder / "live.sock"),
        files=folder / "dist",
        **options,
    )
    jar = aiohttp.DummyCookieJar()
    async with TestClient(TestServer(app, handler_cancellation=True), cookie_jar=jar, auto_decompress=False) as browser:
        yield browser


async def echo(request: web.Request) -> web.Response:
    body = {"method": request.method, "path": request.raw_path, "headers": dict(request.headers)}
    return web.json_response({**body, "body": (await request.read()).decode()})


# -- files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "workspace"),
        ("/tickets/GD20261123-000001", "workspace"),
        ("/portal", "portal"),
        ("/portal/matters/GD20261123-000001", "portal"),
        ("/portals", "workspace"),
    ],
)
def test_every_address_of_a_workspace_is_its_page_and_asked_for_each_time(
    folder: Path, files: Path, path: str, title: str
):
    async def run() -> None:
        async with door(folder) as browser, browser.get(path) as answer:
            assert answer.status == 200
            assert await answer.text() == f"<title>{title}</title>"
            assert answer.headers["Cache-Control"] == "no-cache"

    asyncio.run(run())


def test_assets_are_kept_for_ever_and_come_compressed(folder: Path, files: Path):
    async def run() -> None:
        async with door(folder) as browser:
            given = {"Accept-Encoding": "br"}
            async with browser.get("/assets/app-1a2b.js", headers=given) as answer:
                assert (answer.headers["Content-Encoding"], await answer.read()) == ("br", b"brotli")
                assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
                assert "javascript" in answer.headers["Content-Type"]
            async with browser.get("/assets/app-1a2b.js", headers={"Accept-Encoding": ""}) as answer:
                assert await answer.text() == "x" * 2000

    asyncio.run(run())


@pytest.mark.parametrize("path", ["/assets/gone-9f.js", "/robots.txt", "/.stamp", "/assets/../../outside.txt"])
def test_a_file_that_is_not_part_of_the_front_end_is_not_found(folder: Path, files: Path, path: str):
    async def run() -> None:
        async with door(folder) as browser, browser.get(URL(path, encoded=True)) as answer:
            text = await answer.text()
            assert "outside" not in text
            assert "secret" not in text
            assert answer.status == 404

    asyncio.run(run())


def test_a_path_out_of_the_folder_is_refused(folder: Path, files: Path):
    async def run() -> None:
        async with (
            door(folder) as browser,
            browser.get(URL("/..%2foutside.txt", encoded=True)) as answer,
        ):
            assert answer.status == 404

    asyncio.run(run())


def test_pages_cannot_be_posted_to(folder: Path, files: Path):
    async def run() -> None:
        async with door(folder) as browser, browser.post("/tickets") as answer:
            assert (answer.status, (await answer.json())["code"]) == (405, "method-refused")

    asyncio.run(run())


def test_without_a_built_front_end_the_answer_says_what_to_do(folder: Path):
    async def run() -> None:
        async with door(folder) as browser, browser.get("/", headers={"Accept-Language": "en"}) as answer:
            assert answer.status == 503
            assert "make web" in (await answer.json())["detail"]

    asyncio.run(run())


@pytest.mark.parametrize("path", ["/", "/api/session", "/assets/gone.js"])
def test_every_answer_carries_the_security_headers(folder: Path, files: Path, path: str):
    async def run() -> None:
        async with upstream(folder / "web.sock", echo), door(folder) as browser, browser.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "script-src 'self';" in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Strict-Transport-Security" not in answer.headers

    asyncio.run(run())


def test_with_a_trusted_certificate_browsers_are_told_to_stay_with_https(folder: Path, files: Path):
    async def run() -> None:
        async with door(folder, secure=True, strict=True) as browser, browser.get("/") as answer:
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"

    asyncio.run(run())


# -- the API ---------------------------------------------------------------------------------------------------


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


# -- while web restarts ----------------------------------------------------------------------------------------


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


# -- live ------------------------------------------------------------------------------------------------------


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
