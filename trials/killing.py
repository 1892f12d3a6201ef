"""Killing processes of an installation at random, and coming back only when they did."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

PARTS = ("web", "live", "worker", "door", "postgres")
BACK_SECONDS = 60.0


def processes(data: Path) -> dict[str, int]:
    """Return the process numbers that the supervisor wrote down."""
    try:
        noted: dict[str, Any] = json.loads((data / "run" / "processes.json").read_text())
    except (OSError, ValueError):
        return {}
    return {name: int(one["pid"]) for name, one in noted["processes"].items() if one["pid"]}


@dataclass
class Killer:
    """Kills one part after the other, each as often as the others, in an order from a seed."""

    data: Path
    url: str
    seed: int
    pause: float
    done: list[str] = field(default_factory=list)
    never_back: list[str] = field(default_factory=list)

    async def work(self, count: int) -> None:
        """Kill `count` times; between two kills everything has come back and lived a little."""
        dice = random.Random(self.seed)
        order: list[str] = []
        while len(self.done) < count:
            if not order:
                order = dice.sample(PARTS, len(PARTS))
            await asyncio.sleep(self.pause * dice.uniform(0.5, 1.5))
            await self._kill(order.pop())

    async def _kill(self, name: str) -> None:
        pid = processes(self.data).get(name)
        if pid is None:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.done.append(name)
        if not await self._is_back(name, pid):
            self.never_back.append(name)

    async def _is_back(self, name: str, killed: int) -> bool:
        end = asyncio.get_running_loop().time() + BACK_SECONDS
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            while asyncio.get_running_loop().time() < end:
                now = processes(self.data).get(name)
                with suppress(httpx.TransportError):
                    answers = (await client.get(f"{self.url}/api/clock")).status_code == 200
                    if now not in {None, killed} and answers:
                        return True
                await asyncio.sleep(0.1)
        return False
