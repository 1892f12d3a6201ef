"""The folder of backups: which are whole, which go, and who may write."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shouwen.project.config import Config
from shouwen.project.keys import private_folder

from .manifest import Manifest, read
from .trouble import BackupFailed, BackupRunning

PREFIX = "shouwen-"
PARTIAL = ".partial-"


@dataclass(frozen=True)
class Kept:
    """One whole backup."""

    folder: Path
    manifest: Manifest


def kept_backups(config: Config) -> list[Kept]:
    """Return the whole backups, oldest first."""
    place = config.backups
    folders = sorted(place.glob(f"{PREFIX}*")) if place.is_dir() else []
    found = [Kept(folder, manifest) for folder in folders if (manifest := read(folder))]
    return sorted(found, key=lambda kept: kept.manifest.made_at)


@contextlib.contextmanager
def writer(config: Config) -> Iterator[Path]:
    """Be the only one who writes backups here; what a killed one left half-done is removed."""
    try:
        place = private_folder(config.backups)
        lock = (place / ".lock").open("w")
    except OSError as failure:
        raise BackupFailed(
            f"The folder for backups {config.backups} cannot be used: {failure.strerror}. Set SHOUWEN_BACKUP_FOLDER."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRunning(f"Another backup is being written to {place}. Wait for it.") from None
        for left in place.glob(f"{PARTIAL}*"):
            shutil.rmtree(left)
        yield place


def thin_out(config: Config) -> list[Path]:
    """Remove all but the newest backups, each with its keys; return what went."""
    gone = kept_backups(config)[: -config.backup_keep]
    for old in gone:
        if old.manifest.keys:
            (config.backup_keys / old.manifest.keys.file).unlink(missing_ok=True)
        shutil.rmtree(old.folder)
    return [old.folder for old in gone]
