"""All processes of one installation, and the note that says which they are."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
from pathlib import Path
from typing import IO, Any

from shouwen.project.keys import private_folder, write_private
from shouwen.project.processes import is_running

from .child import Child
from .journal import Journal


class AlreadyRunning(Exception):
    """Another supervisor works with this data folder."""


class Supervisor:
    """Keeps children running in the order they were added; stops them in the opposite order."""

    def __init__(self, folder: Path, journal: Journal, *, address: str) -> None:
        self._folder = private_folder(folder)
        self._journal = journal
        self._address = address
        self._children: dict[str, Child] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._lock = self._taken()

    def _taken(self) -> IO[str]:
        lock = (self._folder / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the kernel frees it however we end
        except BlockingIOError:
            there = running_supervisor(self._folder)
            where = f" (process {there['supervisor']}, {there['address']})" if there else ""
            raise AlreadyRunning(f"Shouwen already runs with this data folder{where}.") from None
        return lock

    def add(self, child: Child) -> Child:
        """Start a child and keep it running."""
        child.changed = self.note
        self._children[child.name] = child
        self._tasks[child.name] = asyncio.create_task(child.keep(self._journal), name=child.name)
        return child

    def restart(self, *names: str) -> None:
        """Let some children start anew."""
        for name in names:
            if name in self._children:
                self._children[name].restart()

    async def end(self, *names: str) -> list[str]:
        """Stop some children and keep them no longer; return which of them there were."""
        there = [name for name in names if name in self._children]
        await asyncio.gather(*(self._children[name].stop() for name in there))
        for name in there:
            del self._children[name]
            await self._tasks.pop(name)
        self.note()
        return there

    async def stop(self) -> None:
        """Stop everything: first who talks to browsers, the database last."""
        for name in reversed(self._children):
            await self._children[name].stop()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        (self._folder / "processes.json").unlink(missing_ok=True)
        self._lock.close()

    def state(self) -> dict[str, Any]:
        """Return who runs, for people and for trials that kill."""
        return {
            "supervisor": os.getpid(),
            "address": self._address,
            "processes": {name: _described(child) for name, child in self._children.items()},
        }

    def note(self) -> None:
        """Write the state down."""
        write_private(self._folder / "processes.json", json.dumps(self.state(), indent=1) + "\n")


def _described(child: Child) -> dict[str, Any]:
    return {
        "pid": child.pid,
        "restarts": child.restarts,
        "started": child.started.isoformat() if child.started else None,
    }


def running_supervisor(folder: Path) -> dict[str, Any] | None:
    """Return what a living supervisor wrote down about itself."""
    try:
        state: dict[str, Any] = json.loads((folder / "processes.json").read_text())
    except (OSError, ValueError):
        return None
    return state if is_running(int(state.get("supervisor", 0))) else None
