"""A load of HTTP requests from a few clients, cheap enough not to be what is measured."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Address = tuple[str, int]


@dataclass
class Load:
    """What came back."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    spans: list[float] = field(default_factory=list)
    sample: bytes = b""

    @property
    def good(self) -> int:
        """Return how many were answered with a 2xx."""
        return sum(count for status, count in self.statuses.items() if 200 <= status < 300)

    @property
    def rate(self) -> float:
        """Return good answers per second."""
        return self.good / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return a percentile of the answer times, in milliseconds."""
        ordered = sorted(self.spans)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def press(address: Address, request: Callable[[], bytes], *, clients: int, seconds: float) -> Load:
    """Let `clients` send one request after the other for some seconds."""
    return asyncio.run(_press(address, request, clients, seconds))


async def _press(address: Address, request: Callable[[], bytes], clients: int, seconds: float) -> Load:
    load, begun = Load(), time.perf_counter()
    await asyncio.gather(*(_client(address, request, load, begun + seconds) for _ in range(clients)))
    load.seconds = time.perf_counter() - begun
    return load


async def _client(address: Address, request: Callable[[], bytes], load: Load, end: float) -> None:
    reader, writer = await asyncio.open_connection(*address)
    try:
        while (begun := time.perf_counter()) < end:
            writer.write(request())
            status, body, stays = await _answer(reader)
            load.statuses[status] += 1
            load.spans.append(time.perf_counter() - begun)
            load.sample = body
            if not stays:
                writer.close()
                reader, writer = await asyncio.open_connection(*address)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if "chunked" in headers.get("transfer-encoding", ""):
        body = await _chunks(reader)
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    return int(lines[0].split()[1]), body, headers.get("connection", "").lower() != "close"


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        found += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return found


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Write one request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in headers.items())]
    if body or method == "POST":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
