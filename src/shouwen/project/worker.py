"""The worker process: deliveries, sweeps and background jobs, each in a thread of its own.

Everything here finds its work in the database and takes it by lock, so any number of workers may run and any may
be killed at any moment.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import psycopg
from django.conf import settings
from django.db import close_old_connections, connection

from shouwen.kit import clock, spans
from shouwen.kit.health.beats import Heart
from shouwen.kit.notifier import CHANNEL, dsn
from shouwen.notifications.jobs import CHANNELS

from .chores import CHORES, Chore, deliver_due, send_due
from .job_queue import worker_connection
from .wiring import wire

logger = logging.getLogger(__name__)
JOB_CONCURRENCY = 4
GATHER_SECONDS = 0.1
LOOK_SECONDS = 2.0
READERS: tuple[tuple[str, Callable[[], object]], ...] = (
    *((f"deliveries-{n}", deliver_due) for n in range(2)),
    *((f"{channel}-{n}", partial(send_due, channel)) for channel in CHANNELS for n in range(2)),
)


@dataclass
class Loop:
    """One thread that does its work again and again until told to stop, and remembers how its last round went."""

    name: str
    work: Callable[[], object]
    stop: threading.Event
    wait: Callable[[], None]
    every: float
    told: dict[str, Any] = field(default_factory=dict)

    def run(self) -> None:
        """Work, then wait; a failure is logged and the next round comes all the same."""
        while not self.stop.is_set():
            begun = time.perf_counter()
            try:
                spans.measured(self.name, self.work)
                self._note(begun)
            except Exception as error:
                logger.exception("%s failed", self.name)
                self._note(begun, repr(error))
                connection.close()
                self.stop.wait(1)
            finally:
                close_old_connections()
            self.wait()
        connection.close()

    def _note(self, begun: float, error: str = "") -> None:
        """Keep how the round went; failures count until a round goes well."""
        self.told = {
            "name": self.name,
            "every": self.every,
            "at": clock.wall().isoformat(),
            "seconds": round(time.perf_counter() - begun, 4),
            "failures": self.told.get("failures", 0) + 1 if error else 0,
            "error": error[:500],
        }


def run(stop: threading.Event) -> None:
    """Do all the work of a worker until `stop` is set."""
    wire(settings.CONFIG)
    spans.start(settings.CONFIG.otel_endpoint, process="worker")
    awake = [threading.Event() for _ in READERS]
    threads = [threading.Thread(target=_hear, args=[awake, stop], name="news", daemon=True)]
    loops = [_reader(name, work, stop, news) for (name, work), news in zip(READERS, awake, strict=True)]
    loops += [_loop(chore, stop) for chore in CHORES]
    threads += map(_thread, loops)
    Heart("worker", lambda: {"chores": [loop.told for loop in loops if loop.told]}).start()
    threads.append(threading.Thread(target=_jobs, args=[stop], name="jobs", daemon=True))
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(timeout=10)


def _thread(loop: Loop) -> threading.Thread:
    return threading.Thread(target=loop.run, name=loop.name, daemon=True)


def _loop(chore: Chore, stop: threading.Event) -> Loop:
    return Loop(chore.name, chore.work, stop, lambda: _pause(stop, chore.every), chore.every)


def _reader(name: str, work: Callable[[], object], stop: threading.Event, news: threading.Event) -> Loop:
    return Loop(name, work, stop, lambda: _until_news(news, stop), LOOK_SECONDS)


def _pause(stop: threading.Event, seconds: float) -> None:
    stop.wait(seconds)


def _until_news(news: threading.Event, stop: threading.Event) -> None:
    """Wait for something new, and a moment longer: what is announced together is read in one round."""
    news.wait(LOOK_SECONDS)
    stop.wait(GATHER_SECONDS)
    news.clear()


def _hear(awake: Sequence[threading.Event], stop: threading.Event) -> None:
    """Wake those who read when something is announced, and with each new line; without news they look all the same."""
    while not stop.is_set():
        try:
            with psycopg.connect(dsn(), autocommit=True) as line:
                line.execute(f"listen {CHANNEL}")
                _wake(awake)  # what was announced while there was no line
                while not stop.is_set():
                    for _ in line.notifies(timeout=1, stop_after=1):
                        _wake(awake)
        except psycopg.Error as error:
            logger.warning("news line lost: %s", error)
            stop.wait(1)


def _wake(readers: Sequence[threading.Event]) -> None:
    for one in readers:
        one.set()


def _jobs(stop: threading.Event) -> None:
    """Run procrastinate's worker until told to stop; a lost database connection starts it anew."""
    while not stop.is_set():
        try:
            asyncio.run(_run_jobs(stop))
        except Exception:
            logger.exception("job worker failed")
            stop.wait(1)


async def _run_jobs(stop: threading.Event) -> None:
    worker_app = worker_connection()
    async with worker_app.open_async():
        work = asyncio.create_task(
            worker_app.run_worker_async(
                concurrency=JOB_CONCURRENCY, install_signal_handlers=False, delete_jobs="successful"
            )
        )
        told = asyncio.create_task(asyncio.to_thread(stop.wait))
        await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
