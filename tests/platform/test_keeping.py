"""The drill: a running demo is backed up, restored elsewhere, and compared; and the new one goes on working."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from shouwen.project.backup.tables import Content, contents
from shouwen.project.config import embedded_url
from tests import prepared

from .test_installation import Running, until

pytestmark = pytest.mark.installation
PHRASE = "a passphrase of the drill"
ALIVE = ("kit_audit", "kit_fact", "kit_delivery", "kit_process", "procrastinate")
"""What the processes of a running installation write all the time."""


def shouwen(*arguments: str, data: Path, status: int = 0) -> str:
    """Run a command to its end and return what it said."""
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    surroundings |= {"SHOUWEN_DATA": str(data), "LC_ALL": "C.UTF-8", "SHOUWEN_BACKUP_PASSPHRASE": PHRASE}
    done = subprocess.run(
        [sys.executable, "-m", "shouwen.project.command", *arguments],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == status, done.stdout
    return done.stdout


def held(data: Path) -> dict[str, Content]:
    """Count and digest every table of a running installation."""
    with psycopg.connect(embedded_url(data / "postgres")) as connection:
        return contents(connection)


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(prefix="swk") as short:
        Path(short).chmod(0o711)
        yield Path(short)


@pytest.fixture(scope="module")
def drill(folder: Path) -> tuple[Path, str, str, dict[str, Content]]:
    """A demo runs and is backed up; backup and keys go to another folder, as to another machine, and come back."""
    origin, target = folder / "origin", folder / "target"
    running = Running(prepared.copy("demo", origin), "--demo")
    try:
        running.wait_until_ready()
        (origin / "files" / "ab").mkdir(parents=True)
        (origin / "files" / "ab" / "cdef").write_bytes(b"a picture of the modem")
        backed_up = shouwen("backup", data=origin)
        before = held(origin)
    finally:
        running.stop()
    (backup,) = (origin / "backups").glob("shouwen-*")
    (keys,) = (origin / "backup-keys").iterdir()
    away = folder / "away"
    shutil.copytree(backup, away / backup.name)
    shutil.copy(keys, away / keys.name)
    restored = shouwen("restore", str(away / backup.name), "--keys", str(away / keys.name), data=target)
    return target, backed_up, restored, before


def test_what_was_backed_up_while_it_ran_comes_back_row_by_row(drill: tuple[Path, str, str, dict[str, Content]]):
    target, backed_up, restored, before = drill
    assert "✓ checksums" in backed_up
    assert "(encrypted; keep them elsewhere)" in backed_up
    assert "each compared with the backup; 1 files." in restored
    assert [f"✓ {kind}: 0" in restored for kind in ("lost", "doubled", "ownerless")] == [True, True, True]
    assert "✗" not in restored
    assert (target / "files" / "ab" / "cdef").read_bytes() == b"a picture of the modem"
    assert sum(table.rows for table in before.values()) > 500


def test_the_restored_installation_starts_goes_on_and_seals_what_came_with_it(
    drill: tuple[Path, str, str, dict[str, Content]], folder: Path
):
    target, _, _, before = drill
    running = Running(target)
    try:
        banner = running.wait_until_ready()
        assert "set-up" not in banner
        after = held(target)
        same = [name for name in before if not name.startswith(ALIVE)]
        assert len(same) > 40
        assert {name: after[name] for name in same} == {name: before[name] for name in same}
        assert after["kit_audit"].rows >= before["kit_audit"].rows
        until(lambda: " sealed, 0 waiting" in shouwen("audit", "verify", data=target))
        (backup,) = (folder / "away").glob("shouwen-*Z")
        assert "Stop it first" in shouwen("restore", str(backup), data=target, status=1)
    finally:
        running.stop()


def test_a_restore_never_overwrites(drill: tuple[Path, str, str, dict[str, Content]], folder: Path):
    target, _, _, _ = drill
    (backup,) = (folder / "away").glob("shouwen-*Z")
    assert "Restore into a new data folder" in shouwen("restore", str(backup), data=target, status=1)
    shutil.rmtree(target / "files")
    (target / "audit-heads.jsonl").unlink(missing_ok=True)
    assert "The database is not empty" in shouwen("restore", str(backup), data=target, status=1)
