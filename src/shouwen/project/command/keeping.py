"""Keeping what people entrusted to us: backup, restore, upgrade."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from shouwen.project import backup as backups
from shouwen.project.backup.progress import Progress
from shouwen.project.backup.restoring import refuse_filled
from shouwen.project.config import Config, load, read
from shouwen.project.speech import say
from shouwen.project.supervisor import AlreadyRunning, running_supervisor
from shouwen.project.upgrade import carry_over, majors
from shouwen.project.upgrade.major import programs_below

from .care import report_audit, report_promise
from .data import agree, database_running, migrate_tables, start_django


@click.command()
@click.option("--quiet", is_flag=True, help="Say only what went wrong.")
def backup(quiet: bool) -> None:  # noqa: FBT001
    """Write database, files and keys away; the system may be running."""
    config = load()
    with database_running():
        made = backups.write_backup(config, Progress(quiet=quiet))
    if not quiet:
        for line in _told(made, config):
            click.echo(line)


def _told(made: backups.Kept, config: Config) -> list[str]:
    manifest = made.manifest
    size = (manifest.database.bytes + manifest.files.bytes) / 1e6
    lines = [
        say(
            f"已备份：{made.folder}（{len(manifest.tables)} 张表，{manifest.rows} 行，{size:.1f} MB）",
            f"Backup: {made.folder} ({len(manifest.tables)} tables, {manifest.rows} rows, {size:.1f} MB)",
        )
    ]
    if manifest.keys:
        place = config.backup_keys / manifest.keys.file
        sealed = say("已加密", "encrypted") if manifest.keys.encrypted else say("未加密", "not encrypted")
        lines.append(
            say(f"密钥：{place}（{sealed}，请与备份分开保存）", f"Keys: {place} ({sealed}; keep them elsewhere)")
        )
    if manifest.keys_from_environment:
        names = ", ".join(manifest.keys_from_environment)
        lines.append(
            say(f"环境变量给的密钥不在备份中：{names}", f"Not in here, as the environment gives them: {names}")
        )
    return lines


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--keys", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The backup's keys.")
def restore(folder: Path, keys: Path | None) -> None:
    """Bring a backup back into an empty data folder and database, and prove that it is all there."""
    given, progress = read(), Progress()
    _refuse_running(given)
    refuse_filled(given)
    opened = backups.open_backup(folder.absolute(), progress)
    found = keys or _keys_beside(opened, given)
    if found:
        names = backups.restore_keys(found, opened, data=given.data, passphrase=given.backup_passphrase)
        click.echo(say(f"密钥：{len(names)} 个文件", f"Keys: {len(names)} files"))
    config = load()
    with database_running():
        backups.restore_database(opened, config, progress)
        count = backups.restore_files(opened, config)
        for line in _restored(opened, count, with_keys=bool(found)):
            click.echo(line)
        start_django()
        migrate_tables()
        agree()
        status = report_promise() | report_audit()
    sys.exit(status)


def _refuse_running(config: Config) -> None:
    there = running_supervisor(config.run_folder)
    if there:
        raise AlreadyRunning(f"Shouwen runs with this data folder (process {there['supervisor']}). Stop it first.")


def _keys_beside(opened: backups.Opened, config: Config) -> Path | None:
    """Return the keys where a backup of this machine has put them, if they are there."""
    note = opened.manifest.keys
    if note is None:
        return None
    places = (config.backup_keys, opened.folder.parent.parent / "backup-keys")
    return next((place / note.file for place in places if (place / note.file).is_file()), None)


def _restored(opened: backups.Opened, count: int, *, with_keys: bool) -> list[str]:
    manifest = opened.manifest
    lines = [
        say(
            f"已恢复 {manifest.made_at:%Y-%m-%d %H:%M} UTC 的备份：{len(manifest.tables)} 张表 {manifest.rows} 行，"
            f"与备份逐表核对一致；文件 {count} 个。",
            f"Restored the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC: {len(manifest.tables)} tables with "
            f"{manifest.rows} rows, each compared with the backup; {count} files.",
        )
    ]
    if manifest.keys and not with_keys:
        lines.append(
            say(
                f"没有恢复密钥（{manifest.keys.file}）：所有人需要重新登录，库外链头的签名无法核对。",
                f"The keys ({manifest.keys.file}) were not restored: everybody signs in again, and the signatures of "
                "the kept audit heads cannot be checked.",
            )
        )
    return lines


@click.command()
@click.option("--old-postgres", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Its programs.")
@click.option("--without-backup", is_flag=True, help="There is one of your own.")
def upgrade(old_postgres: Path | None, without_backup: bool) -> None:  # noqa: FBT001
    """Bring database and tables to the installed version, after a backup; killed, it goes on the next time."""
    config, progress = load(), Progress()
    _refuse_running(config)
    found = majors(config) if config.embedded else None
    if found:
        programs = programs_below(old_postgres.absolute()) if old_postgres else None
        kept = carry_over(config, found, progress, programs=programs)
        zh = f"PostgreSQL {found.data} 的旧数据还在 {kept}，确认无误后可以删除。"
        en = f"The data of PostgreSQL {found.data} is still in {kept}; remove it when you are content."
        click.echo(say(zh, en))
    with database_running():
        start_django()
        changed = migrate_tables(with_backup=not (without_backup or found))
        agree()
        done = say("数据表已是最新。", "The tables are up to date.")
        none = say("数据表本来就是最新的。", "The tables were up to date already.")
        click.echo(done if changed else none)
        sys.exit(report_promise())
