"""SIPp at both ends: callers who call at a pace, agents who answer, and what each of them noted."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import resource
import shutil
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.parts import CannotMeasure
from shouwen.project.processes import die_with_parent

SCENARIOS = Path(__file__).parent
LINE = re.compile(r"^([IRE]) .*?(\d\d):(\d\d):(\d\d\.\d+).*? (139\d+)", re.MULTILINE)


@dataclass(frozen=True)
class End:
    """Where one end is, and whom it talks to."""

    host: str
    port: int
    media_port: int


@dataclass(frozen=True)
class Outcome:
    """What became of the calls of one run: seconds from the call to the first ringing, and how many ended as due."""

    placed: int
    rung: list[float]
    ended: int

    @property
    def lost(self) -> int:
        """Return how many calls did not come to their end."""
        return self.placed - self.ended

    def percentile(self, share: float) -> float:
        """Return a percentile in milliseconds; infinite if nobody rang."""
        rows = sorted(self.rung)
        return rows[min(int(len(rows) * share), len(rows) - 1)] * 1000 if rows else float("inf")


@contextlib.asynccontextmanager
async def agents(folder: Path, at: End, *, talk: float) -> AsyncIterator[Path]:
    """Let all telephones of agents be answered after a moment; give the file of what they noted."""
    log = folder / f"agents-{at.port}.log"
    process = await _start(folder, log, ["-sf", "uas.xml", "-d", str(int(talk * 1000))], at)
    try:
        yield log
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def call(
    folder: Path, at: End, switch: str, *, rate: float, count: int, most: int, noted: Path, seconds: float
) -> Outcome:
    """Call at a pace, wait until all calls are over, and return what became of them."""
    log = folder / f"callers-{at.port}-{rate:g}-{os.urandom(2).hex()}.log"
    begun = await asyncio.to_thread(_size, noted)
    wanted = ["-sf", "uac.xml", "-s", "10000", "-r", f"{max(int(rate * 10), 1)}", "-rp", "10000"]
    process = await _start(folder, log, [*wanted, "-m", str(count), "-l", str(most), switch], at)
    try:
        await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        process.kill()
        await process.wait()
    with noted.open(errors="replace") as file:
        file.seek(begun)
        rung = _moments(file.read(), "R")
    text = log.read_text(errors="replace") if log.exists() else ""
    called, over = _moments(text, "I"), _moments(text, "E")
    return Outcome(len(called), [rung[who] - at_ for who, at_ in called.items() if who in rung], len(over))


async def _start(folder: Path, log: Path, arguments: Sequence[str], at: End) -> asyncio.subprocess.Process:
    program = shutil.which("sipp")
    if program is None:
        raise CannotMeasure("There is no sipp: install the package sip-tester.")
    place = [*("-i", at.host, "-mi", at.host, "-p", str(at.port)), "-mp", str(at.media_port)]
    notes = ["-nostdin", "-trace_logs", "-log_file", str(log), "-timer_resol", "1", "-max_retrans", "6"]
    return await asyncio.create_subprocess_exec(
        program,
        *place,
        *notes,
        *arguments,
        cwd=SCENARIOS,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=(folder / f"{log.stem}.err").open("wb"),
        preexec_fn=_alone,
    )


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _alone() -> None:
    """Have enough open files, and end when the bench does."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    die_with_parent(signal.SIGKILL)


def _moments(text: str, mark: str) -> dict[str, float]:
    """Return when each caller's mark was noted first, in seconds of the day."""
    found: dict[str, float] = {}
    for kind, hours, minutes, seconds, who in LINE.findall(text):
        if kind == mark:
            found.setdefault(who, int(hours) * 3600 + int(minutes) * 60 + float(seconds))
    return found
