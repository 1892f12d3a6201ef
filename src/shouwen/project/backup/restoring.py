"""Bringing a backup back: into nothing but emptiness, checked before and compared after."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from shouwen.project.config import Config
from shouwen.project.installation import database as asked
from shouwen.project.keys import data_folder, private_folder, write_private_bytes

from . import tables
from .key_archive import read_keys
from .manifest import Manifest, Piece, digest_of, read
from .programs import program, run
from .progress import Progress
from .trouble import RestoreRefused

# Transaction numbers belong to a server. On the new one they would lie in the future: nothing would be sealed or told.
RENUMBER = (
    "alter table kit_audit disable trigger user",
    "update kit_audit set xid = 0",
    "alter table kit_audit enable trigger user",
    "update kit_fact set xid = 0",
)


@dataclass(frozen=True)
class Opened:
    """A backup whose pieces are all there and unchanged."""

    folder: Path
    manifest: Manifest


def open_backup(folder: Path, progress: Progress) -> Opened:
    """Look a backup over before anything is touched."""
    manifest = read(folder)
    if manifest is None:
        raise RestoreRefused(f"{folder} is no backup: it has no manifest that this version can read.")
    pieces = (manifest.database, manifest.files)
    with progress.phase("检查备份", "checking the backup", len(pieces)) as step:
        for piece in pieces:
            _check(folder / piece.file, piece)
            step(1)
    _refuse_newer(manifest)
    return Opened(folder, manifest)


def _check(file: Path, piece: Piece) -> None:
    if not file.is_file():
        raise RestoreRefused(f"The backup is not whole: {file} is missing. Take another one.")
    if digest_of(file) != piece.sha256:
        raise RestoreRefused(f"{file} is not what was backed up: its checksum differs. Take another backup.")


def _refuse_newer(manifest: Manifest) -> None:
    known = set(asked.installed())
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if _ours(app) and (app, name) not in known]
    if unknown:
        raise RestoreRefused(
            f"This backup was made by Shouwen {manifest.shouwen}, which is newer than the one installed "
            f"(it has {unknown[-1]}). Install that version or a later one, then restore."
        )


def _ours(app: str) -> bool:
    return app in asked.PACKAGES


def restore_keys(file: Path, opened: Opened, *, data: Path, passphrase: str) -> list[str]:
    """Put the keys back; keys that are there already and differ are never overwritten."""
    found = read_keys(file, opened.manifest.keys, passphrase)
    differing = [name for name, body in found.items() if (data / name).exists() and (data / name).read_bytes() != body]
    if differing:
        raise RestoreRefused(
            f"{data / differing[0]} is another one and stays. Restore into a new data folder (SHOUWEN_DATA), "
            "or move the present keys away."
        )
    data_folder(data)
    for name, body in found.items():
        private_folder((data / name).parent)
        write_private_bytes(data / name, body)
    return sorted(found)


def refuse_filled(config: Config) -> None:
    """Refuse a data folder that holds files already, before anything is written."""
    for name in ("files", "audit-heads.jsonl"):
        place = config.data / name
        if place.is_file() or (place.is_dir() and any(place.iterdir())):
            raise RestoreRefused(f"{place} is there already. Restore into a new data folder: set SHOUWEN_DATA.")


def restore_files(opened: Opened, config: Config) -> int:
    """Unpack the files beside their place, then rename: they are there whole or not at all. Return how many files."""
    fresh = config.data / ".restoring"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    with tarfile.open(opened.folder / opened.manifest.files.file) as tar:
        names = [_unpacked(tar, member, fresh) for member in _plain(tar)]
    for name in sorted(place.name for place in fresh.iterdir()):
        shutil.rmtree(config.data / name, ignore_errors=True)  # an empty folder at most
        (fresh / name).rename(config.data / name)
    fresh.rmdir()
    return sum(name.startswith("files/") for name in names)


def _plain(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Return what is a file below us and nothing else: an archive may have been made by anybody."""
    for member in tar:
        path = Path(member.name)
        if member.isfile() and not path.is_absolute() and ".." not in path.parts:
            yield member


def _unpacked(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = tar.extractfile(member)
    assert source is not None
    with source, target.open("xb") as out:
        shutil.copyfileobj(source, out)
    target.chmod(0o600)
    return member.name


def restore_database(opened: Opened, config: Config, progress: Progress) -> None:
    """Load the dump into an empty database in one transaction, and compare every table with the manifest."""
    manifest = opened.manifest
    _refuse_rows(config)
    pg_restore = program("pg_restore", at_least=manifest.postgres // 10000)
    options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-comments", "--verbose")
    with progress.phase("数据库", "database", len(manifest.tables)) as step:
        run(
            [str(pg_restore), *options, str(opened.folder / manifest.database.file)],
            config.database_url,
            heard=lambda line: step(int("processing data for table" in line)),
            failed=RestoreRefused,
        )
    with psycopg.connect(config.database_url) as connection:
        with progress.phase("核对每张表", "comparing every table", len(manifest.tables)) as step:
            _compare(manifest, connection)
            step(1)
        for command in RENUMBER:
            connection.execute(command.encode())
    with psycopg.connect(config.database_url, autocommit=True) as connection:
        connection.execute(b"analyze")


def _refuse_rows(config: Config) -> None:
    with psycopg.connect(config.database_url) as connection:
        there = tables.names(connection)
    if there:
        raise RestoreRefused(
            f"The database is not empty: it has {len(there)} tables. A restore never overwrites: "
            "give it a new data folder (SHOUWEN_DATA) or an empty database (DATABASE_URL)."
        )


def _compare(manifest: Manifest, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    wrong = tables.differences(manifest.tables, tables.contents(connection))
    if wrong:
        raise RestoreRefused(f"What was restored is not what was backed up: {'; '.join(wrong[:5])}.")
