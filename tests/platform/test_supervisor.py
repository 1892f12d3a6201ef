"""What dies comes back, what repeats waits a little longer each time, and a stop leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from shouwen.project.processes import is_running
from shouwen.project.supervisor import AlreadyRunning, Child, Journal, Launch, Supervisor, running_supervisor
from shouwen.project.supervisor.child import LONGEST_PAUSE, pause_after

SLEEPER = "import time; print('hello', flush=True); time.sleep(60)"
FAMILY = (
    "import subprocess, sys, time;"
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True);"
    "time.sleep(60)"
)
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="sws") as short:
        yield Path(short)


def test_a_log_for_programs_is_one_object_a_line_that_names_its_process(folder: Path):
    journal = Journal(folder / "log", console=False, as_json=True)
    journal.say("web", json.dumps({"time": "2026-11-23T02:00:00+00:00", "level": "ERROR", "trace": "A1B2C3D4"}))
    journal.say("postgres", "2026-11-23 02:00:01 UTC LOG:  ready")
    first, second = (json.loads(line) for line in (folder / "log").read_text().splitlines())
    assert first == {
        "time": "2026-11-23T02:00:00+00:00",
        "process": "web",
        "level": "ERROR",
        "trace": "A1B2C3D4",
    }
    assert (second["process"], second["message"]) == ("postgres", "LOG:  ready")


def python(name: str, program: str) -> Child:
    return Child(name, lambda: Launch([sys.executable, "-c", program]))


async def until(condition: Callable[[], object]) -> None:
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it did not happen")


def supervised(folder: Path, trial: Callable[[Supervisor], Awaitable[None]]) -> str:
    """Run a trial under a supervisor and return the log."""
    log = folder / "log" / "shouwen.log"

    async def run() -> None:
        supervisor = Supervisor(folder / "run", Journal(log, console=False), address="http://127.0.0.1:8066")
        try:
            await trial(supervisor)
        finally:
            await supervisor.stop()

    asyncio.run(run())
    return log.read_text()


def test_a_killed_process_comes_back(folder: Path):
    async def trial(supervisor: Supervisor) -> None:
        child = supervisor.add(python("web", SLEEPER))
        await until(lambda: child.pid)
        first = child.pid
        assert first
        os.kill(first, signal.SIGKILL)
        await until(lambda: child.pid not in {None, first})
        assert child.restarts == 1

    assert "web was ended by SIGKILL; starting it again" in supervised(folder, trial)


def test_a_killed_process_takes_its_own_children_with_it(folder: Path):
    async def trial(supervisor: Supervisor) -> None:
        child = supervisor.add(python("web", FAMILY))
        await until(lambda: len(child.pids) == 2)
        parent, grandchild = child.pids
        os.kill(parent, signal.SIGKILL)
        await until(lambda: not is_running(grandchild))

    supervised(folder, trial)


def test_everything_a_process_says_is_in_the_one_log_with_its_name(folder: Path):
    async def trial(supervisor: Supervisor) -> None:
        child = supervisor.add(python("live", SLEEPER))
        await until(lambda: "hello" in (folder / "log" / "shouwen.log").read_text())
        assert child.restarts == 0

    assert "live     hello" in supervised(folder, trial)


def test_the_state_names_every_process(folder: Path):
    async def trial(supervisor: Supervisor) -> None:
        child = supervisor.add(python("door", SLEEPER))
        await until(lambda: child.pid)
        state = json.loads((folder / "run" / "processes.json").read_text())
        assert state["supervisor"] == os.getpid()
        assert state["processes"]["door"]["pid"] == child.pid

    supervised(folder, trial)
    assert running_supervisor(folder / "run") is None


def test_a_stop_is_heard_by_children_that_do_not_listen(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shouwen.project.supervisor.child.STOP_SECONDS", 0.2)
    seen: list[int] = []

    async def trial(supervisor: Supervisor) -> None:
        child = supervisor.add(python("worker", STUBBORN))
        await until(lambda: "hello" in (folder / "log" / "shouwen.log").read_text())
        assert child.pid
        seen.append(child.pid)

    supervised(folder, trial)
    assert not is_running(seen[0])


def test_a_program_that_cannot_be_started_is_tried_again_and_named(folder: Path):
    async def trial(supervisor: Supervisor) -> None:
        child = supervisor.add(Child("web", lambda: Launch(["/no/such/program"])))
        await until(lambda: child.restarts >= 2)

    assert "web      could not be started" in supervised(folder, trial)


def test_the_pause_doubles_and_stays_short():
    assert [pause_after(n) for n in (1, 2, 3, 4)] == [0.1, 0.2, 0.4, 0.8]
    assert pause_after(50) == LONGEST_PAUSE


def test_two_supervisors_do_not_share_a_data_folder(folder: Path):
    async def trial(_supervisor: Supervisor) -> None:
        with pytest.raises(AlreadyRunning, match="already runs"):
            Supervisor(folder / "run", Journal(folder / "other.log", console=False), address="x")

    supervised(folder, trial)


def test_when_the_supervisor_is_killed_nothing_is_left(folder: Path):
    program = f"""
import asyncio, sys
from pathlib import Path
from shouwen.project.supervisor import Child, Journal, Launch, Supervisor
async def run():
    keeper = Supervisor(Path({str(folder)!r}) / "run", Journal(Path({str(folder)!r}) / "log"), address="x")
    child = keeper.add(Child("web", lambda: Launch([sys.executable, "-c", {SLEEPER!r}])))
    while not child.pid:
        await asyncio.sleep(0.01)
    print(child.pid, flush=True)
    await asyncio.sleep(600)
asyncio.run(run())
"""
    keeper = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert keeper.stdout is not None
    child = int(keeper.stdout.readline())
    keeper.kill()
    keeper.communicate()
    asyncio.run(until(lambda: not is_running(child)))
