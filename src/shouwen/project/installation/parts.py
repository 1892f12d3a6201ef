"""How each process of an installation is launched."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from shouwen.project.config import Config
from shouwen.project.postgres import Cluster, surroundings
from shouwen.project.postgres.binaries import as_user, system_user
from shouwen.project.processes import die_with_parent
from shouwen.project.supervisor import Child, Launch
from shouwen.project.voice import Asterisk, configure, line_of

PYTHON_PARTS = ("web", "live", "worker", "door")


def postgres(cluster: Cluster) -> Child:
    """Return the embedded database; SIGINT is its clean and quick stop."""

    def launch() -> Launch:
        cluster.clear()
        return Launch(cluster.command(), surroundings(), cluster.process_arguments())

    return Child("postgres", launch, stop_signal=signal.SIGINT)


def python(name: str, config: Config) -> Child:
    """Return one of our own processes."""
    command = [sys.executable, "-m", "shouwen.project.command", name]
    ours = environment(config, pooled=name == "web")
    return Child(name, lambda: Launch(command, ours))


def asterisk(found: Asterisk, config: Config) -> Child:
    """Return Asterisk with settings made anew, run as the user that the database runs as."""
    user = system_user()

    def launch() -> Launch:
        command = configure(found, line_of(config), user)
        ours = {**surroundings(), "MALLOC_ARENA_MAX": "4"}
        return Launch(command, ours, {**as_user(user), "preexec_fn": die_with_parent})

    return Child("asterisk", launch)


async def ran(config: Config, name: str, *arguments: str) -> tuple[int, list[str]]:
    """Run one of our commands to its end; return its status and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "shouwen.project.command", name, *arguments),
        env=environment(config),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        preexec_fn=die_with_parent,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode(errors="replace").strip().splitlines()


def environment(config: Config, *, pooled: bool = False) -> dict[str, str]:
    """Return the surroundings of our own processes."""
    return {
        **os.environ,
        "SHOUWEN_DATA": str(config.data),
        "SHOUWEN_POOLED": "1" if pooled else "0",
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",  # threads share their free memory
    }
