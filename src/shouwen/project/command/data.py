"""Tables and first data. With the embedded database, these commands start it for as long as they need it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

from shouwen.project import demo_removal
from shouwen.project.config import load
from shouwen.project.installation import database
from shouwen.project.keys import write_private
from shouwen.project.postgres import Cluster
from shouwen.project.speech import say


@contextlib.contextmanager
def database_running() -> Iterator[None]:
    """Have a database: the given one, the one that runs, or the embedded one for the while."""
    config = load()
    cluster = Cluster(config.postgres_folder)
    if not config.embedded or cluster.answers():
        database.ensure_database(config.database_url)
        yield
        return
    try:
        cluster.start()
        database.ensure_database(config.database_url)
        yield
    finally:
        cluster.stop()


def start_django() -> None:
    """Load the rooms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
    import django

    django.setup()


def migrate_tables(*, with_backup: bool = False) -> bool:
    """Apply what has not been applied; tell whether there was anything."""
    from shouwen.project.backup.progress import Progress
    from shouwen.project.upgrade import bring_up_to_date

    return bring_up_to_date(load(), Progress(), with_backup=with_backup)


def agree() -> None:
    """Make the lists in the database those of the code."""
    from shouwen.project import agreement

    agreement.agree()


@click.command()
def migrate() -> None:
    """Bring the tables up to date."""
    with database_running():
        start_django()
        migrate_tables()
        agree()


@click.command()
@click.option("--remove", is_flag=True, help="Take it away again, after a backup, where nothing real hangs on it.")
def demo(remove: bool) -> None:  # noqa: FBT001
    """Fill an empty database with the demo operator 江海通信."""
    with database_running():
        if remove:
            _refuse_running()
            start_django()
            _take_demo_away(by="")
            return
        demo_removal.wanted_back(load())
        start_django()
        migrate_tables()
        agree()
        if not _fill():
            click.echo(say("数据库里已有员工，没有写入演示数据。", "There is staff already: no demo data was written."))


def _refuse_running() -> None:
    from shouwen.project.supervisor import AlreadyRunning

    if demo_removal.is_supervised(load()):
        raise AlreadyRunning("Shouwen runs with this data folder. Stop it first, or use the page Admin → Set-up.")


@click.command(hidden=True)
@click.option("--by", required=True, help="Who asked for it.")
def remove_demo(by: str) -> None:
    """Do what the supervisor was asked for, while nobody else works with the database."""
    start_django()
    _take_demo_away(by=by)


def _take_demo_away(*, by: str) -> None:
    """Back up, empty the database, make its tables anew."""
    from django.db import connection

    from shouwen.project.backup import write_backup
    from shouwen.project.backup.progress import Progress
    from shouwen.project.demo import removal

    config = load()
    try:
        removal.refuse_unless_demo()
    except removal.DemoStays as refused:
        raise click.ClickException(str(refused)) from None
    connection.close()
    made = write_backup(config, Progress(), label="before-demo-removal")
    demo_removal.mark(config)
    removal.remove(config)
    migrate_tables()
    agree()
    removal.note(by=by, backup=made.folder.name)
    zh = f"演示数据已删除（此前的备份：{made.folder}）。执行 shouwen up，用它打印的链接创建管理员。"
    en = f"The demo is gone (backup from before: {made.folder}). Run shouwen up; its link makes the administrator."
    click.echo(say(zh, en))


def _fill() -> bool:
    """Write the demo data into a database without staff; tell whether that was so."""
    from shouwen.project.demo import fill

    if database.has_staff(load().database_url):
        return False
    fill()
    return True


@click.command(hidden=True)
@click.option("--demo", is_flag=True)
@click.option("--trial-speed", type=float)
@click.option("--sign-ins", type=click.Path(path_type=Path), help="Where to write who can sign in, for the banner.")
def prepare(demo: bool, trial_speed: float | None, sign_ins: Path | None) -> None:  # noqa: FBT001
    """Do what `up` needs before its processes start."""
    start_django()
    migrate_tables(with_backup=True)
    if trial_speed is not None:
        _mark_trial(trial_speed)  # before the first fact: `agree` already writes some
    agree()
    if demo:
        _fill()
    if sign_ins:
        from shouwen.project.demo import SIGN_INS

        write_private(sign_ins, json.dumps(SIGN_INS, ensure_ascii=False))


def _mark_trial(speed: float) -> None:
    from shouwen.kernel.errors import DomainError
    from shouwen.kit import clock

    if database.trial_speed(load().database_url) == speed:
        return
    try:
        clock.mark_trial(speed=speed, start=clock.wall())
    except DomainError as refused:
        raise click.ClickException(refused.text(say("zh", "en"))) from None
