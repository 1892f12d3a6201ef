"""A product of the suite's own: `shouwen up --demo` in an empty folder, and what it says."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0
STOP_SECONDS = 40.0
OWN = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


class Journal:
    """Everything the product writes to its log, with a way to wait for a line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._ended = False
        self._news = threading.Condition()

    def listen(self, out: object) -> None:
        """Take in lines until the product closes its end."""
        for line in out:  # type: ignore[attr-defined]
            with self._news:
                self._lines.append(line.rstrip())
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    @property
    def length(self) -> int:
        """Return how many lines there are: a place to wait from."""
        return len(self._lines)

    def wait_for(self, pattern: str, *, after: int = 0, seconds: float = 20.0) -> re.Match[str]:
        """Return the latest match after a place, as soon as there is one."""
        wanted = re.compile(pattern)

        def found() -> re.Match[str] | None:
            return next(filter(None, map(wanted.search, reversed(self._lines[after:]))), None)

        with self._news:
            self._news.wait_for(lambda: found() or self._ended, timeout=seconds)
            match = found()
        assert match, f"no line like {pattern!r}; the last ones:\n" + "\n".join(self._lines[-15:])
        return match


class Product:
    """A running installation."""

    def __init__(self, data: Path, *options: str, **settings: str) -> None:
        data.chmod(0o711)  # the database server's own user passes through
        self.data, self.journal = data, Journal()
        self.url = f"http://127.0.0.1:{(port := _free_port())}"
        surroundings = {k: v for k, v in os.environ.items() if k not in OWN and not k.startswith("SHOUWEN_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "shouwen.project.command", "up", "--port", str(port), *options],
            env={**surroundings, **settings, "SHOUWEN_DATA": str(data), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        threading.Thread(target=self.journal.listen, args=(self._process.stdout,), daemon=True).start()
        self.journal.wait_for(rf"{re.escape(self.url)}/portal", seconds=START_SECONDS)

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()

    def kill(self, name: str) -> None:
        """Kill one of its processes as the kernel would, without a word of warning."""
        state = json.loads((self.data / "run" / "processes.json").read_text())
        os.kill(state["processes"][name]["pid"], signal.SIGKILL)

    def code_for(self, phone: str, *, after: int = 0) -> str:
        """Return the one-time code that was sent to a number."""
        return self.journal.wait_for(rf"SMS to \+?(?:86)?{phone}: .*验证码是 (\d{{6}})", after=after)[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def build_front_end() -> None:
    """Build what the browser loads, unless it was built from the same sources; get axe where it is absent."""
    subprocess.run([sys.executable, "tools/web.py", "build"], cwd=ROOT, check=True)
    if not AXE.exists():
        subprocess.run([sys.executable, "tools/web.py", "install"], cwd=ROOT, check=True)


AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
