"""A service that takes calls for tests: the gateway beside Asterisk, and what a worker does, each in its thread."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from django.db import connections

from shouwen.adapters.asterisk import Ari, Gateway
from shouwen.kit import clock, events
from shouwen.project.voice import APP, Voice
from shouwen.routing import actions as routing
from shouwen.telephony import jobs as telephony

from .lines import PASSWORD, RunningAsterisk, until

NAME = "test"


class Leading:
    """One gateway in a thread of its own."""

    def __init__(self, asterisk: RunningAsterisk) -> None:
        self._asterisk = asterisk
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.ended: BaseException | None = None
        self.gateway: Gateway | None = None
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._task = self._loop.create_task(self._lead())
        try:
            self._loop.run_until_complete(self._task)
        except BaseException as ended:
            self.ended = ended
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _lead(self) -> None:
        line = self._asterisk.line
        ari = Ari(f"http://127.0.0.1:{line.ari_port}", app=APP, password=PASSWORD)
        voice = Voice(self._asterisk.asterisk, line.home / "sounds")
        self.gateway = Gateway(
            ari, name=NAME, speech=voice, recordings=line.recordings, ports=line.ports, refusals=line.refusals
        )
        await self.gateway.run()

    def wait(self) -> None:
        """Wait until it leads."""
        until(lambda: self.ended is not None or (self.gateway is not None and self.gateway.leading.is_set()))
        if self.ended is not None:
            raise self.ended

    def stop(self) -> None:
        """End it as a restart would."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(10)


@contextlib.contextmanager
def working() -> Iterator[None]:
    """Do what a worker does: hand facts over, sweep the queues."""
    stop = threading.Event()

    def work() -> None:
        try:
            while not stop.wait(0.02):
                events.deliver()
                routing.sweep(at=clock.now())
                telephony.sweep(clock.now())
        finally:
            connections.close_all()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
