"""Signs of life: every process with a database connection writes one row every few seconds, on whatever machine."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import close_old_connections, connection

from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.models import ProcessBeat

logger = logging.getLogger(__name__)
EVERY_SECONDS = 5.0
SILENT = timedelta(seconds=20)
FORGOTTEN = timedelta(hours=1)
Details = Callable[[], dict[str, Any]]


def _nothing() -> dict[str, Any]:
    return {}


class Heart:
    """A thread that says every few seconds: this process lives, and this is what it has done."""

    def __init__(self, kind: str, details: Details = _nothing) -> None:
        self._kind = kind
        self._details = details
        self._started = clock.wall()

    def start(self) -> None:
        """Begin; the thread ends with its process."""
        threading.Thread(target=self._run, name="heart", daemon=True).start()

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self.beat()
            except Exception:
                logger.exception("no sign of life could be written")
                connection.close()
            finally:
                close_old_connections()
            pause.wait(EVERY_SECONDS)

    @action
    def beat(self) -> None:
        """Write the sign of life, and remove those of processes that are gone."""
        host, pid = socket.gethostname(), os.getpid()
        told = {"memory": _memory(), **self._details()}
        ProcessBeat.objects.update_or_create(
            kind=self._kind,
            host=host,
            pid=pid,
            defaults={"started_at": self._started, "seen_at": clock.wall(), "details": told},
        )
        _bury(host)


def _bury(host: str) -> None:
    """Remove rows of this machine's dead, and of whoever said nothing for an hour."""
    dead = [row.pk for row in ProcessBeat.objects.filter(host=host) if not _lives(row.pid)]
    ProcessBeat.objects.filter(pk__in=dead).delete()
    ProcessBeat.objects.filter(seen_at__lt=clock.wall() - FORGOTTEN).delete()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _memory() -> int:
    """Return the bytes this process holds, shared ones included."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
