"""A replay while its installation's processes are killed: nothing may be lost, doubled, or left without an owner."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from shouwen.project.config import embedded_url
from shouwen.project.replay import arrivals, reading, report, sample
from shouwen.project.replay.command import PASSWORD
from shouwen.project.replay.product import Product, own_product
from shouwen.project.replay.progress import Progress
from shouwen.project.replay.report import Report
from shouwen.project.replay.run import Wishes, replay

from .killing import Killer
from .watching import AFTERWARDS, Watcher

MESSAGES = "data/hotline_messages_zh/messages_with_official_reply.csv.gz"
CALLS = "data/anonymousbank_aug1999/calls.csv.gz"
SEAL_SECONDS = 20.0
# the shares of a trial: arrivals, then the long tail of silent customers whom the policy tries and closes
ARRIVAL_DAYS, TAIL_DAYS = 6.0, 8.0
PATIENCE_SECONDS = 120.0


class MissingData(Exception):
    """The data a trial was asked to use are not there."""


@dataclass(frozen=True)
class Effort:
    """How hard to try."""

    minutes: float
    kills: int = 20
    requests: int = 120
    agents: int = 8
    back_office: int = 3
    seed: int = 1
    shared: Path | None = None

    @property
    def speed(self) -> float:
        """Return the speed at which the days of the trial fit into its minutes."""
        return (ARRIVAL_DAYS + TAIL_DAYS) * 24 * 60 / self.minutes


@dataclass(frozen=True)
class Finding:
    """What came of a trial."""

    report: Report
    kills: dict[str, int]
    never_back: list[str]
    breaches: list[str]
    looks: int
    audit: str

    @property
    def holds(self) -> bool:
        """Tell whether the product stood it."""
        return self.report.holds and not self.never_back and not self.breaches and not self.audit


def main() -> bool:
    """Run the trial as `SHARED`, `MINUTES`, `KILLS` and `SEED` in the environment say, and print what came of it."""
    shared = os.environ.get("SHARED")
    minutes = float(os.environ.get("MINUTES") or 10)
    effort = Effort(
        minutes=minutes,
        kills=int(os.environ.get("KILLS") or max(20, round(minutes * 4))),
        requests=int(os.environ.get("REQUESTS") or round(minutes * 40)),
        agents=20,
        back_office=5,
        seed=int(os.environ.get("SEED") or 1),
        shared=Path(shared) if shared else None,
    )
    finding = asyncio.run(trial(effort, loud=True))
    print(as_text(finding))
    print(json.dumps({"holds": finding.holds, **asdict(finding), "report": finding.report.as_json()}, default=str))
    return finding.holds


async def trial(effort: Effort, *, prepare: Callable[[Path], object] = Path.mkdir, loud: bool = False) -> Finding:
    """Replay, kill, watch; then look whether everything is there. The data folder begins as `prepare` makes it."""
    wishes = _wishes(effort)
    with _folder() as folder:
        prepare(folder / "data")
        async with own_product(speed=effort.speed, keep=folder / "data") as product:
            return await _on(product, effort, wishes, loud=loud)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="shouwen-kill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # the database server's own user passes through
        yield Path(folder)


async def _on(product: Product, effort: Effort, wishes: Wishes, *, loud: bool) -> Finding:
    killer = Killer(product.data, product.url, effort.seed, _pause(effort))
    watcher = Watcher(embedded_url(product.data / "postgres"))
    tasks = [asyncio.create_task(watcher.work()), asyncio.create_task(killer.work(effort.kills))]
    try:
        found = await replay(product.url, wishes, log=product.log, say=Progress() if loud else None, after=tasks[1])
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await watcher.look(AFTERWARDS)
    audit = await asyncio.to_thread(_audit, product)
    kills = dict(Counter(killer.done))
    return Finding(found, kills, killer.never_back, sorted(watcher.found), watcher.looks, audit)


def _pause(effort: Effort) -> float:
    """Return the seconds between kills so that they fill the first two thirds of the trial."""
    return max(0.5, effort.minutes * 60 * 0.66 / effort.kills - 2.0)


def _wishes(effort: Effort) -> Wishes:
    file, profile = sample.FILE, None
    if effort.shared:
        file = _there(effort.shared / MESSAGES)
        profile = arrivals.read_profile(_there(effort.shared / CALLS))
    return Wishes(
        messages=reading.read(file, limit=effort.requests).messages,
        agents=effort.agents,
        back_office=effort.back_office,
        days=ARRIVAL_DAYS,
        settle_days=TAIL_DAYS,
        seed=effort.seed,
        profile=profile,
        password=PASSWORD,
        patience=PATIENCE_SECONDS,
    )


def _there(file: Path) -> Path:
    if not file.is_file():
        raise MissingData(f"{file} is not there. Name the folder that holds data/ with SHARED=, or leave SHARED out.")
    return file


def _audit(product: Product) -> str:
    """Verify the audit trail as an administrator would; return what is wrong, or nothing."""
    end, said = time.monotonic() + SEAL_SECONDS, "not asked"
    surroundings = {**os.environ, "SHOUWEN_DATA": str(product.data)}
    surroundings.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "shouwen.project.command", "audit", "verify"]
    while time.monotonic() < end:
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return ""
        said = (done.stdout + done.stderr).strip()
        with suppress(KeyboardInterrupt):
            time.sleep(1)  # the sealer works once a second
    return said or "audit verify failed"


def as_text(finding: Finding) -> str:
    """Return what came of it for people."""
    kills = ", ".join(f"{name} {count}" for name, count in sorted(finding.kills.items()))
    lines = [
        report.as_text(finding.report),
        f"Killed -9: {sum(finding.kills.values())} times ({kills})",
        f"Not back within a minute: {', '.join(finding.never_back) or 'none'}",
        f"Looked {finding.looks} times for contacts in two hands and seats above their slots: {len(finding.breaches)}",
        *(f"  ! {breach}" for breach in finding.breaches[:20]),
        f"Audit: {finding.audit or 'verified'}",
        "STOOD IT." if finding.holds else "DID NOT STAND IT.",
    ]
    return "\n".join(lines)
