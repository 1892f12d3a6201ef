"""A whole installation as people start it: it comes up, every process may be killed, and it goes down cleanly."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from shouwen.project.processes import children_of, is_running, proportional_memory
from shouwen.project.supervisor import running_supervisor

pytestmark = pytest.mark.installation
GIGABYTE = 1024**3
PATIENCE = 240
PARTS = ("web", "live", "worker", "door", "postgres")


class Running:
    """One `shouwen up` in a folder of its own."""

    def __init__(self, data: Path, *options: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        scheme = "https" if "--tls" in options else "http"
        self.data, self.address = data, f"{scheme}://127.0.0.1:{port}"
        surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "shouwen.project.command", "up", "--quiet", "--port", str(port), *options],
            env={**surroundings, "SHOUWEN_DATA": str(data), "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        self._heard = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("Log:"):
                self._heard.set()
        self._heard.set()

    def wait_until_ready(self) -> str:
        """Return the banner."""
        assert self._heard.wait(PATIENCE), "no banner"
        assert self.process.poll() is None, "".join(self.said)
        return "".join(self.said)

    def answer(self, path: str = "/healthz") -> int:
        """Ask until somebody answers."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}{path}", timeout=15, context=_unchecked()) as found:
                    return int(found.status)
            except urllib.error.HTTPError as refused:
                return refused.code
            except OSError:
                assert time.monotonic() < end, "nobody answers"
                time.sleep(0.02)

    def state(self) -> dict[str, Any]:
        return running_supervisor(self.data / "run") or {"processes": {}}

    def pid(self, part: str) -> int | None:
        found = self.state()["processes"].get(part, {}).get("pid")
        return int(found) if found else None

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)


def _unchecked() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def until(condition: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def data():
    with tempfile.TemporaryDirectory(prefix="swi") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def up(data: Path):
    running = Running(data)
    running.wait_until_ready()
    yield running
    running.stop()


def test_the_first_start_prints_the_address_and_a_link_for_the_administrator(up: Running):
    banner = up.wait_until_ready()
    assert "Shouwen is ready after" in banner
    assert f"{up.address}/" in banner
    assert f"{up.address}/set-up?token=" in banner


def test_the_api_answers_through_the_front_door(up: Running):
    assert up.answer("/api/session") == 401


def test_an_idle_installation_needs_less_than_a_gigabyte(up: Running):
    top = up.process.pid
    assert 0 < sum(proportional_memory(pid) for pid in (top, *children_of(top))) < GIGABYTE


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_process_comes_back_and_requests_are_answered(up: Running, part: str):
    first = up.pid(part)
    assert first
    os.kill(first, signal.SIGKILL)
    until(lambda: up.pid(part) not in {None, first})
    assert up.answer("/healthz") == 200
    assert up.answer("/api/session") == 401


def test_the_api_worker_alone_may_be_killed_too(up: Running):
    web = up.pid("web")
    assert web
    (worker,) = children_of(web)
    os.kill(worker, signal.SIGKILL)
    until(lambda: not is_running(worker))
    assert up.answer("/api/session") == 401


def test_a_second_start_on_the_same_data_says_where_the_first_is(up: Running, data: Path):
    second = Running(data)
    second.process.wait(PATIENCE)
    until(lambda: second.said)
    assert f"already runs with this data folder (process {up.process.pid}, {up.address})" in "".join(second.said)


def test_when_the_supervisor_is_killed_nothing_is_left_and_the_next_start_is_quick(up: Running, data: Path):
    everything = children_of(up.process.pid)
    assert len(everything) > len(PARTS)
    up.process.kill()
    up.process.wait()
    until(lambda: not any(is_running(pid) for pid in everything))
    again = Running(data)
    try:
        again.wait_until_ready()
        assert again.answer("/api/session") == 401
        pids = children_of(again.process.pid)
    finally:
        again.stop()
    assert again.process.returncode == 0
    assert not any(is_running(pid) for pid in pids)
    assert not (data / "run" / "processes.json").exists()


def test_a_data_folder_serves_https_with_a_certificate_of_its_own(data: Path):
    running = Running(data, "--tls", "self-signed")
    try:
        assert running.address.startswith("https://")
        running.wait_until_ready()
        assert running.answer("/api/session") == 401
    finally:
        running.stop()


def test_the_state_file_is_readable_by_its_owner_only(data: Path):
    running = Running(data)
    try:
        running.wait_until_ready()
        assert json.loads((data / "run" / "processes.json").read_text())["supervisor"] == running.process.pid
        assert (data / "run" / "processes.json").stat().st_mode & 0o077 == 0
    finally:
        running.stop()
