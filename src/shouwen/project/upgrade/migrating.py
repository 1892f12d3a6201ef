"""The tables: what there is to do, what forbids it, a backup, and the doing."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click
import psycopg

from shouwen.project.backup import kept_backups, write_backup
from shouwen.project.backup.progress import Progress
from shouwen.project.config import Config
from shouwen.project.installation import database
from shouwen.project.keys import write_private
from shouwen.project.speech import say

from .trouble import UpgradeRefused

LOCK = "select pg_advisory_lock(hashtext('shouwen.upgrade'))"


@dataclass(frozen=True)
class Steps:
    """What lies between the database and the installed version."""

    applied: int
    pending: list[str]
    unknown: list[str]
    """Applied by a version that is newer than this one."""


def steps(url: str) -> Steps:
    """Compare the database with what is installed."""
    installed, applied = set(database.installed()), set(database.applied(url))
    unknown = {(app, name) for app, name in applied - installed if app in database.PACKAGES}
    return Steps(len(applied), _named(installed - applied), _named(unknown))


def _named(migrations: set[tuple[str, str]]) -> list[str]:
    return [f"{app}.{name}" for app, name in sorted(migrations)]


def refuse_downgrade(found: Steps) -> None:
    """Refuse a database that a newer version has changed: this one would misread it."""
    if found.unknown:
        raise UpgradeRefused(
            say(
                f"数据库已由更新版本的首问使用（有 {found.unknown[-1]}），本机安装的 {version('shouwen')} 不能读写它。"
                "请安装那个版本或更新的版本；要回到旧版本，请把升级前的备份恢复到新的数据目录。",
                f"This database was used by a newer Shouwen (it has {found.unknown[-1]}); {version('shouwen')}, which "
                "is installed here, would misread it. Install that version or a later one; to go back, "
                "restore the backup from before the upgrade into a new data folder.",
            )
        )


def bring_up_to_date(config: Config, progress: Progress, *, with_backup: bool = True) -> bool:
    """Apply what is pending, after a backup of what is there; tell whether there was anything. Django is set up."""
    with _alone(config.database_url):
        found = steps(config.database_url)
        refuse_downgrade(found)
        if not found.pending:
            _note(config).unlink(missing_ok=True)
            return False
        if found.applied and with_backup:
            _safeguard(config, progress)
        from .executor import migrate

        migrate(lambda name: click.echo(f"  {name}"))
    _note(config).unlink(missing_ok=True)
    return True


@contextlib.contextmanager
def _alone(url: str) -> Iterator[None]:
    """Be the only one who migrates this database; the server frees the lock however we end."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(LOCK.encode())
        yield


def _note(config: Config) -> Path:
    return config.data / "upgrade.json"


def _safeguard(config: Config, progress: Progress) -> None:
    """Write a backup, unless an upgrade to this version was interrupted and its backup is still there."""
    going_on = _interrupted(config)
    if going_on:
        click.echo(say(f"继续被中断的升级；升级前的备份：{going_on}", f"Going on; the backup from before: {going_on}"))
        return
    made = write_backup(config, progress, label="before-upgrade")
    write_private(_note(config), json.dumps({"to": _target(), "backup": str(made.folder), "at": _moment()}))
    click.echo(say(f"升级前的备份：{made.folder}", f"Backup from before the upgrade: {made.folder}"))


def _interrupted(config: Config) -> str | None:
    try:
        note = json.loads(_note(config).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = {str(kept.folder) for kept in kept_backups(config)}
    return str(note["backup"]) if note.get("to") == _target() and note.get("backup") in whole else None


def _target() -> str:
    """Name what we upgrade to: the version, and its newest migrations."""
    return " ".join([version("shouwen"), *_named(set(database.installed()))])


def _moment() -> str:
    return datetime.now(UTC).isoformat()
