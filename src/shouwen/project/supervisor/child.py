"""One process under supervision: how it starts, how often it came back, how it stops."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shouwen.project.processes import children_of, die_with_parent, end_group

from .journal import Journal

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
SETTLED_SECONDS = 10.0
STOP_SECONDS = 10.0
LINE_BYTES = 256 * 1024


@dataclass(frozen=True)
class Launch:
    """A command line and how the operating system should run it."""

    command: list[str]
    environment: Mapping[str, str] | None = None
    arguments: Mapping[str, Any] = field(default_factory=lambda: {"preexec_fn": die_with_parent})


def pause_after(failures: int) -> float:
    """Return how long to wait before start number `failures` + 1: doubling, and never long."""
    return min(FIRST_PAUSE * 2.0 ** max(failures - 1, 0), LONGEST_PAUSE)


def _nothing() -> None:
    """Tell nobody."""


class Child:
    """Runs one process for ever, until told to stop."""

    def __init__(
        self,
        name: str,
        launch: Callable[[], Launch],
        *,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.restarts = 0
        self.started: datetime | None = None
        self._launch = launch
        self._stop_signal = stop_signal
        self.changed: Callable[[], None] = _nothing
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False
        self._failures = 0
        self._wake = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """Return the number of the running process."""
        if self._process is None or self._process.returncode is not None:
            return None
        return self._process.pid

    @property
    def pids(self) -> list[int]:
        """Return the process and all below it."""
        return [self.pid, *children_of(self.pid)] if self.pid else []

    async def keep(self, journal: Journal) -> None:
        """Start the process, and again whenever it ends."""
        while True:
            begun = time.monotonic()
            await self._run_once(journal)
            if self._is_stopping():
                return
            lived = time.monotonic() - begun
            self._failures = 1 if lived > SETTLED_SECONDS else self._failures + 1
            self.restarts += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause_after(self._failures))
            if self._is_stopping():
                return

    def _is_stopping(self) -> bool:
        return self._stopping

    async def _run_once(self, journal: Journal) -> None:
        # a pipe of our own: asyncio's would make us wait for a grandchild that keeps its end open
        ours, theirs = os.pipe()
        try:
            launch = self._launch()
            self._process = await asyncio.create_subprocess_exec(
                *launch.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=theirs,
                stderr=theirs,
                env=launch.environment,
                **{"start_new_session": True, **launch.arguments},
            )
        except OSError as failure:
            os.close(ours)
            journal.say(self.name, f"could not be started: {failure}")
            return
        finally:
            os.close(theirs)
        self.started = datetime.now(UTC)
        self.changed()
        await self._attend(self._process, ours, journal)

    async def _attend(self, process: asyncio.subprocess.Process, ours: int, journal: Journal) -> None:
        """Write down what the process says until it ends; then nothing of its group stays."""
        copying = asyncio.create_task(_copy(ours, self.name, journal))
        status = await process.wait()
        end_group(process.pid)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(copying, 1)
        self.changed()
        if not self._is_stopping():
            journal.say("up", f"{self.name} {_ended(status)}; starting it again")

    async def stop(self) -> None:
        """Ask the process to end, and insist after a while."""
        self._stopping = True
        self._wake.set()
        if self._process is None or self._process.returncode is not None:
            return
        _signal(self._process, self._stop_signal)
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            end_group(self._process.pid)
            _signal(self._process, signal.SIGKILL)
            await self._process.wait()

    def restart(self) -> None:
        """Ask the process to end; it comes back at once."""
        self._failures = 0
        if self._process is not None and self._process.returncode is None:
            _signal(self._process, self._stop_signal)


async def _copy(descriptor: int, name: str, journal: Journal) -> None:
    reader = asyncio.StreamReader(limit=LINE_BYTES)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", 0)
    )
    try:
        while True:
            try:
                line = await reader.readline()
            except ValueError:  # longer than the buffer: its beginning is gone already
                continue
            if not line:
                return
            journal.say(name, line.decode(errors="replace"))
    finally:
        transport.close()


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)


def _ended(status: int) -> str:
    if status >= 0:
        return f"ended with status {status}"
    return f"was ended by {signal.Signals(-status).name}"
