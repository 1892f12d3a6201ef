"""Carries the live stream: bytes go from one socket to the other as they come, without a task waking for each.

With thousands of browsers the door would otherwise cost more than the live process itself. When the live process
dies the stream ends; the browser comes back with its Last-Event-ID and misses nothing.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from aiohttp import web

from .headers import inward
from .problems import problem

PATIENCE_SECONDS = 10.0
PAUSE_SECONDS = 0.1
HEAD_LIMIT = 65536
BEHIND_LIMIT = 1024 * 1024
PASSED_ON = ("content-type", "cache-control", "x-accel-buffering", "vary")


class Splice(asyncio.Protocol):
    """Our end of a stream to the live process: first its head, then bytes straight on to the browser."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.head: asyncio.Future[tuple[int, dict[str, str]]] = loop.create_future()
        self.ended: asyncio.Future[None] = loop.create_future()
        self._browser: asyncio.WriteTransport | None = None
        self._early = b""

    def data_received(self, data: bytes) -> None:
        """Pass bytes on; gather them while the head is incomplete or the browser not ready."""
        if self._browser is not None:
            self._pass(data)
            return
        self._early += data
        if not self.head.done() and b"\r\n\r\n" in self._early:
            text, self._early = self._early.split(b"\r\n\r\n", 1)
            self.head.set_result(_parsed(text.decode("latin-1")))
        elif len(self._early) > HEAD_LIMIT:
            self.connection_lost(None)

    def join(self, browser: asyncio.WriteTransport) -> None:
        """Begin to pass bytes on."""
        self._browser = browser
        if self._early:
            self._pass(self._early)

    def _pass(self, data: bytes) -> None:
        assert self._browser is not None
        if self._browser.is_closing() or self._browser.get_write_buffer_size() > BEHIND_LIMIT:
            self._browser.abort()  # a browser this far behind comes back and replays
            self.connection_lost(None)
            return
        self._browser.write(b"%x\r\n%b\r\n" % (len(data), data))

    def connection_lost(self, _reason: Exception | None) -> None:
        """Note that the stream is over."""
        if not self.head.done():
            self.head.set_exception(ConnectionResetError("no answer"))
        if not self.ended.done():
            self.ended.set_result(None)


def _parsed(head: str) -> tuple[int, dict[str, str]]:
    first, *lines = head.split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.strip().lower(): value.strip() for name, _, value in pairs}


class Live:
    """Answers /live."""

    def __init__(self, socket: Path, *, secure: bool, trusted: tuple[str, ...] = ()) -> None:
        self._socket = socket
        self._secure = secure
        self._trusted = trusted
        self._open: set[Splice] = set()

    async def close(self) -> None:
        """End all streams; the browsers come back by themselves."""
        for splice in list(self._open):
            splice.connection_lost(None)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Join a browser to the live process, waiting a little if that is just coming back."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                transport, splice, status, headers = await self._opened(request)
                break
            except OSError:
                if time.monotonic() > end:
                    return problem(request, "restarting")
                await asyncio.sleep(PAUSE_SECONDS)
        self._open.add(splice)
        try:
            return await _joined(request, splice, status, headers)
        finally:
            self._open.discard(splice)
            transport.close()

    async def _opened(self, request: web.Request) -> tuple[asyncio.Transport, Splice, int, dict[str, str]]:
        loop = asyncio.get_running_loop()
        transport, splice = await loop.create_unix_connection(Splice, str(self._socket))
        try:
            transport.write(self._request(request))
            status, headers = await splice.head
        except BaseException:
            transport.close()
            raise
        return transport, splice, status, headers

    def _request(self, request: web.Request) -> bytes:
        """Return the request as HTTP/1.0, so that the answer is bytes until the end and nothing else."""
        headers = inward(request.headers, peer=request.remote or "", secure=self._secure, trusted=self._trusted)
        headers["Connection"] = "close"
        lines = [f"{request.method} {request.raw_path} HTTP/1.0", *(f"{k}: {v}" for k, v in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


async def _joined(request: web.Request, splice: Splice, status: int, headers: dict[str, str]) -> web.StreamResponse:
    kept = {name: headers[name] for name in PASSED_ON if name in headers}
    if status != 200:
        return web.Response(status=status, headers=kept)
    answer = web.StreamResponse(status=200, headers=kept)
    answer.enable_chunked_encoding()
    answer.force_close()
    await answer.prepare(request)
    if request.transport is not None:
        splice.join(request.transport)
        await splice.ended
    return answer
