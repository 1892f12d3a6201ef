"""How much of the processor some processes have used."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from shouwen.project.processes import children_of

TICK = os.sysconf("SC_CLK_TCK")


def used(pids: Iterable[int]) -> float:
    """Return the seconds of CPU that processes and all below them have used so far."""
    everyone = {one for pid in pids for one in (pid, *children_of(pid))}
    return sum(_used(pid) for pid in everyone)


def _used(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK
