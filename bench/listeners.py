"""Thousands of open streams in one process, reading the time at which each fact was sent."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_FOR = re.compile(rb'"bench":"(one|all)"')
_SENT = re.compile(rb'"sent":([0-9.]+)')
READY = b"event: ready"
AT_A_TIME = 100


@dataclass
class Heard:
    """How long facts took, in seconds, by whom they were for."""

    one: list[float] = field(default_factory=list)
    all: list[float] = field(default_factory=list)

    def percentile(self, name: str, share: float) -> float:
        """Return a percentile in milliseconds."""
        ordered = sorted(self.one if name == "one" else self.all)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


class Streams:
    """All listeners of one server, on its unix socket."""

    def __init__(self, socket: str, requests: Sequence[bytes], heard: Heard) -> None:
        self._socket = socket
        self._requests = requests
        self._tasks: list[asyncio.Task[None]] = []
        self._gate = asyncio.Semaphore(AT_A_TIME)
        self.ready = 0
        self.heard = heard

    async def open(self) -> None:
        """Connect everybody, and wait until each is ready."""
        self._tasks = [asyncio.create_task(self._listen(one)) for one in self._requests]
        end = time.monotonic() + 120
        while self.ready < len(self._requests):
            failed = [task for task in self._tasks if task.done()]
            if failed or time.monotonic() > end:
                raise ConnectionError(f"{self.ready} of {len(self._requests)} listeners connected")
            await asyncio.sleep(0.1)

    async def close(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _listen(self, request: bytes) -> None:
        async with self._gate:
            reader, writer = await asyncio.open_unix_connection(self._socket)
            writer.write(request)
            await reader.readuntil(READY)
            self.ready += 1
        try:
            while data := await reader.readuntil(b"\n\n"):
                whom, sent = _FOR.search(data), _SENT.search(data)
                if whom and sent:
                    spans = self.heard.one if whom[1] == b"one" else self.heard.all
                    spans.append(time.time() - float(sent[1]))
        finally:
            writer.close()
