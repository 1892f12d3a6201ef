"""Tables and first data. With the embedded database, these commands start it for as long as they need it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

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
def demo() -> None:
    """Fill an empty database with the demo operator 江海通信."""
    with database_running():
        start_django()
        migrate_tables()
        agree()
        if not _fill():
            click.echo(say("数据库里已有员工，没有写入演示数据。", "There is staff already: no demo data was written."))


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
    agree()
    if trial_speed is not None:
        _mark_trial(trial_speed)
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
