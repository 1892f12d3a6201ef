"""Making a backup: one snapshot for dump and manifest, then the files, then the keys, then one rename."""

from __future__ import annotations

import contextlib
import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg

from shouwen.project.config import Config
from shouwen.project.postgres.binaries import version_of

from . import tables
from .folder import PARTIAL, PREFIX, Kept, thin_out, writer
from .key_archive import from_environment, write_keys
from .manifest import Manifest, Piece, piece
from .programs import program, run
from .progress import Progress
from .trouble import BackupFailed, BackupRunning

DUMP, FILES = "database.dump", "files.tar"
IN_THE_TAR = ("files", "audit-heads.jsonl")
LOCK = "select pg_try_advisory_lock(hashtext('shouwen.backup'))"
Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Snapshot:
    """One moment of the database, which several connections see."""

    connection: Connection
    name: str


def write_backup(config: Config, progress: Progress, *, label: str = "manual") -> Kept:
    """Write one backup, whole or not at all, and let the oldest go."""
    with writer(config) as place:
        moment = datetime.now(UTC)
        stamp = f"{moment:%Y%m%dT%H%M%S}Z"
        fresh = place / f"{PARTIAL}{stamp}"
        fresh.mkdir(mode=0o700)
        try:
            with _snapshot(config) as snapshot:
                _refuse_full_disk(config, snapshot.connection)
                _dump(config, snapshot, fresh / DUMP, progress)
                held = _contents(snapshot.connection, progress)
                applied = _applied(snapshot.connection)
                server = snapshot.connection.info.server_version
            _pack(config, fresh / FILES, progress)
            manifest = Manifest(
                made_at=moment,
                label=label,
                shouwen=version("shouwen"),
                postgres=server,
                migrations=applied,
                database=_settled(fresh / DUMP),
                files=_settled(fresh / FILES),
                tables=held,
                keys=write_keys(config, stamp),
                keys_from_environment=from_environment(),
            )
            manifest.write(fresh)
            _settle(fresh)
            final = fresh.rename(place / f"{PREFIX}{stamp}")
            _settle(place)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        thin_out(config)
    return Kept(final, manifest)


@contextlib.contextmanager
def _snapshot(config: Config) -> Iterator[Snapshot]:
    try:
        connection = psycopg.connect(config.database_url, connect_timeout=10)
    except psycopg.OperationalError as failure:
        raise BackupFailed(f"The database cannot be reached: {str(failure).strip()}") from None
    with connection:
        (free,) = connection.execute(LOCK.encode()).fetchone() or (False,)
        connection.commit()
        if not free:
            raise BackupRunning("Another backup of this database is being made. Wait for it.")
        tables.speak_alike(connection)
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        (name,) = connection.execute(b"select pg_export_snapshot()").fetchone() or ("",)
        yield Snapshot(connection, str(name))


def _refuse_full_disk(config: Config, connection: Connection) -> None:
    """Refuse to begin what would fill the disk: a dump is mostly smaller than half of what it dumps."""
    (held,) = connection.execute(b"select pg_database_size(current_database())").fetchone() or (0,)
    needed = int(str(held)) // 2 + sum(file.stat().st_size for file in _members(config.data))
    free = shutil.disk_usage(config.backups).free
    if free < needed:
        raise BackupFailed(
            f"{config.backups} has {free / 1e9:.1f} GB free and a backup may need {needed / 1e9:.1f}. Make room, "
            "lower SHOUWEN_BACKUP_KEEP, or set SHOUWEN_BACKUP_FOLDER to a larger disk."
        )


def _dump(config: Config, snapshot: Snapshot, target: Path, progress: Progress) -> None:
    pg_dump = program("pg_dump", at_least=snapshot.connection.info.server_version // 10000)
    count = len(tables.names(snapshot.connection))
    with progress.phase("数据库", "database", count) as step:
        run(
            [str(pg_dump), *_options(pg_dump), f"--snapshot={snapshot.name}", f"--file={target}"],
            config.database_url,
            heard=lambda line: step(int("dumping contents of table" in line)),
        )


def _options(pg_dump: Path) -> list[str]:
    """Return how to dump: without the counting of statements, which not every server lets us set up again."""
    leaves_out = int(version_of(pg_dump).split(".")[0]) >= 17
    counting = ["--exclude-extension=pg_stat_statements"] if leaves_out else []
    return ["--format=custom", "--verbose", *counting]


def _contents(connection: Connection, progress: Progress) -> dict[str, tables.Content]:
    held = {}
    names = tables.names(connection)
    with progress.phase("校验和", "checksums", len(names)) as step:
        for name in names:
            held[name] = tables.content(connection, name)
            step(1)
    return held


def _applied(connection: Connection) -> list[list[str]]:
    rows = connection.execute(b"select app, name from django_migrations order by app, name").fetchall()
    return [[str(app), str(name)] for app, name in rows]


def _members(data: Path) -> Iterator[Path]:
    for name in IN_THE_TAR:
        place = data / name
        yield from (file for file in sorted([place, *place.rglob("*")]) if file.is_file() and not file.is_symlink())


def _pack(config: Config, target: Path, progress: Progress) -> None:
    """Pack the files after the dump: whatever a row of the dump names was there before it."""
    members = list(_members(config.data))
    with progress.phase("文件", "files", len(members)) as step, tarfile.open(target, "w") as tar:
        for file in members:
            with contextlib.suppress(FileNotFoundError):  # let go meanwhile, as its row has been
                tar.add(file, arcname=str(file.relative_to(config.data)), recursive=False)
            step(1)


def _settled(file: Path) -> Piece:
    file.chmod(0o600)
    _settle(file)
    return piece(file)


def _settle(place: Path) -> None:
    """See that the disk has it: a rename must not come before what it names."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
