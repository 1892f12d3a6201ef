"""One thing after another for each call, and calls beside each other."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable

logger = logging.getLogger(__name__)
Job = Callable[[], Awaitable[object]]


class Lanes:
    """Queues of work, one a call: made when there is work, gone when there is none."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, deque[tuple[Job, bool]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, key: Hashable, job: Job, *, yields: bool = False, hurries: bool = False) -> None:
        """Add work at the end of a call's lane; what `hurries` goes before what waits at the end and `yields`."""
        lane = self._waiting.get(key)
        if lane is None:
            lane = self._waiting[key] = deque()
            task = asyncio.create_task(self._work(key, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        place = len(lane)
        while hurries and place and lane[place - 1][1]:
            place -= 1
        lane.insert(place, (job, yields))

    async def _work(self, key: Hashable, lane: deque[tuple[Job, bool]]) -> None:
        while lane:
            job, _ = lane.popleft()
            try:
                await job()
            except Exception:
                logger.exception("call %s: a step failed", key)
        del self._waiting[key]

    async def settle(self) -> None:
        """Wait until everything that was put is done."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
