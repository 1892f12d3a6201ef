"""For developers: our processes start anew when the code changes."""

from __future__ import annotations

from pathlib import Path

from shouwen.project.supervisor import Journal, Supervisor

SOURCE = Path(__file__).resolve().parents[2]
WATCHED = ("web", "live", "worker", "door")


async def watch(supervisor: Supervisor, journal: Journal) -> None:
    """Restart on every change of a Python file."""
    from watchfiles import PythonFilter, awatch

    async for changes in awatch(SOURCE, watch_filter=PythonFilter()):
        first = Path(min(file for _, file in changes))
        journal.say("up", f"{first.relative_to(SOURCE)} changed: starting anew")
        supervisor.restart(*WATCHED)
