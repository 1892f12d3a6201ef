"""Carries requests to the web process and bridges its restarts.

Until a request's first byte has gone out it may be tried again, whatever it is. After that only requests that
change nothing are: a POST whose bytes may have been read is answered 503, and its sender repeats it with the
same Idempotency-Key.
"""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
from aiohttp import web
from multidict import CIMultiDict

from .headers import inward, outward
from .problems import problem
from .spool import Spool, SpoolFull

CHANGES_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})
PATIENCE_SECONDS = 10.0
PAUSE_SECONDS = 0.1
ANSWER_SECONDS = 60.0
WHOLE_BYTES = 1024 * 1024
UPLOAD_BYTES = 20 * 1024 * 1024
Body = bytes | Spool


class Proxy:
    """A pool of connections to one process behind a unix socket."""

    def __init__(self, socket: Path, *, secure: bool, trusted: tuple[str, ...] = ()) -> None:
        self._socket = socket
        self._secure = secure
        self._trusted = trusted
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the pool; needs a running loop."""
        self._session = aiohttp.ClientSession(
            "http://web",
            connector=aiohttp.UnixConnector(path=str(self._socket), limit=256, keepalive_timeout=30),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_read=ANSWER_SECONDS),
            skip_auto_headers={"User-Agent", "Accept", "Accept-Encoding", "Content-Type"},
        )

        # aiohttp would send PUT and DELETE again on its own; only we know what may be sent twice
        self._session._retry_connection = False  # noqa: SLF001

    async def close(self) -> None:
        """Let the connections go."""
        if self._session:
            await self._session.close()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Return what the process answers, trying again while that is safe."""
        return await self._insist(request, await request.read())

    async def carry(self, request: web.Request) -> web.StreamResponse:
        """Do the same for a file, which is taken whole before it goes on and never stands in memory."""
        if (request.content_length or 0) > UPLOAD_BYTES:
            return problem(request, "file-too-large")
        spool = Spool()
        try:
            await spool.fill(request.content, UPLOAD_BYTES)
            return await self._insist(request, spool)
        except SpoolFull:
            return problem(request, "file-too-large")
        finally:
            spool.close()

    def inward(self, request: web.Request) -> CIMultiDict[str]:
        """Return the headers of a request as the process behind the door is to see them."""
        return inward(request.headers, peer=request.remote or "", secure=self._secure, trusted=self._trusted)

    async def ask(self, request: web.Request, path: str) -> dict[str, object] | None:
        """Read something in the name of who sent `request`; None where he may not, or nobody answers."""
        assert self._session is not None, "open() comes first"
        headers = {name: value for name, value in self.inward(request).items() if not name.startswith("Sec-")}
        try:
            async with self._session.get(path, headers=headers, allow_redirects=False) as found:
                told: dict[str, object] | None = await found.json() if found.status == 200 else None
                return told
        except (aiohttp.ClientError, OSError, TimeoutError):
            return None

    async def _insist(self, request: web.Request, body: Body) -> web.StreamResponse:
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return await self._once(request, body)
            except TimeoutError:
                return problem(request, "too-slow")
            except aiohttp.ClientConnectorError:
                safe = True  # nobody was there: nothing was sent
            except (aiohttp.ClientError, ConnectionError):
                safe = request.method in CHANGES_NOTHING
            if not safe or time.monotonic() > end:
                return problem(request, "restarting")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _once(self, request: web.Request, body: Body) -> web.StreamResponse:
        assert self._session is not None, "open() comes first"
        headers = self.inward(request)
        if isinstance(body, Spool):
            headers["Content-Length"] = str(body.size)
        call = self._session.request(
            request.method, request.rel_url, headers=headers, data=_sendable(body), allow_redirects=False
        )
        async with call as found:
            return await _passed_on(request, found)


def _sendable(body: Body) -> bytes | io.BytesIO | AsyncIterator[bytes] | None:
    """Return a body as aiohttp wants it: a large one in pieces, so that others are served in between."""
    if isinstance(body, Spool):
        return body.parts()
    return io.BytesIO(body) if len(body) > WHOLE_BYTES else body or None


async def _passed_on(request: web.Request, found: aiohttp.ClientResponse) -> web.StreamResponse:
    """Send the answer on. A short one is read to its end first, so that a break half-way can be tried again."""
    parts: list[bytes] = []
    async for part in found.content.iter_any():
        parts.append(part)
        if sum(map(len, parts)) > WHOLE_BYTES:
            return await _streamed(request, found, b"".join(parts))
    return web.Response(status=found.status, headers=outward(found.headers), body=b"".join(parts))


async def _streamed(request: web.Request, found: aiohttp.ClientResponse, begun: bytes) -> web.StreamResponse:
    answer = web.StreamResponse(status=found.status, headers=outward(found.headers))
    answer.content_length = found.content_length
    await answer.prepare(request)
    await answer.write(begun)
    try:
        async for part in found.content.iter_any():
            await answer.write(part)
    except (aiohttp.ClientError, TimeoutError):
        if request.transport:
            request.transport.abort()  # a short answer must look broken, not complete
    return answer
