"""The doctor: each finding says what is, and when it is not well, what to do."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from django.db import connection as django_connection

from shouwen.kit import clock as domain_clock
from shouwen.kit.models import ClockSetting
from shouwen.project.config import Config
from shouwen.project.doctor import clock, database, examine, machine, work
from shouwen.project.doctor.finding import Finding
from shouwen.project.installation import database as asked


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def config():
    with tempfile.TemporaryDirectory() as folder:
        yield Config(data=Path(folder), port=9)


@pytest.fixture
def connection(db: None):
    django_connection.ensure_connection()
    return django_connection.connection


def test_a_healthy_database_has_nothing_to_mend(connection: psycopg.Connection[tuple[object, ...]]):
    checks = (database.version, database.encoding, database.characters, database.migrations)
    found = [check(connection) for check in (*checks, work.jobs, work.deliveries, work.worker, clock.skew)]
    assert [finding for finding in found if not finding.ok] == []


def test_without_a_database_the_remedy_is_to_start_it(config: Config):
    url = f"postgresql://shouwen@/shouwen?host={config.data}/postgres/run"
    found = list(examine(config.model_copy(update={"database_url": url})))
    assert (found[0].ok, found[0].remedy) == (False, "Start Shouwen first: shouwen up")
    assert [finding.name for finding in found[1:]] == [
        "disk",
        "keys",
        "backup",
        "processes",
        "port",
        "pages",
        "virus scanner",
        "voice",
    ]


def test_a_migration_that_was_not_applied_is_named(
    connection: psycopg.Connection[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(asked, "installed", lambda: iter([("tickets", "0099_later")]))
    found = database.migrations(connection)
    assert found == Finding("migrations", ok=False, detail="tickets.0099_later", remedy="shouwen migrate")


def test_a_delivery_that_is_late_is_counted_with_its_error(connection: psycopg.Connection[tuple[object, ...]]):
    connection.execute(
        "insert into kit_delivery (fact_id, fact_recorded_at, subscriber, attempts, next_at, error) "
        "values (1, now(), 'tickets.on_message', 3, now() - interval '5 minutes', 'no such ticket')"
    )
    found = work.deliveries(connection)
    assert (found.ok, found.detail) == (False, "1 overdue · tickets.on_message: no such ticket")


def test_a_job_whose_worker_was_killed_is_counted(connection: psycopg.Connection[tuple[object, ...]]):
    connection.execute(
        "insert into procrastinate_jobs (queue_name, task_name, priority, args, status, attempts, abort_requested) "
        "values ('default', 'send', 0, '{}', 'doing', 0, false)"
    )
    found = work.jobs(connection)
    assert (found.ok, found.detail) == (False, "1 stalled")


def test_clocks_that_differ_are_reported(
    connection: psycopg.Connection[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
):
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 90)
    found = clock.skew(connection)
    assert not found.ok
    assert found.detail.startswith("+90.")
    assert "NTP" in found.remedy


def test_a_clock_that_was_set_back_is_noticed_by_records_from_the_future(
    connection: psycopg.Connection[tuple[object, ...]],
):
    connection.execute(
        "insert into kit_audit (recorded_at, at, xid, principal, verb, subject, subject_id, details) "
        "values (now() + interval '1 hour', now(), 1, 'system:0', 'x', 'y', 1, '{}')"
    )
    found = clock.jumps(connection)
    assert (found.ok, found.detail) == (False, "records 3600 s ahead: the clock was set back")


def test_a_trial_says_that_its_time_runs_fast(connection: psycopg.Connection[tuple[object, ...]]):
    ClockSetting.objects.update_or_create(
        id=1,
        defaults={
            "trial": True,
            "speed": 600,
            "wall_epoch": domain_clock.wall(),
            "domain_epoch": domain_clock.wall(),
        },
    )
    assert clock.speed(connection).detail == "trial: time runs 600 times faster"


def test_a_full_disk_is_found_before_the_database_stops(config: Config, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 * 1024**3, 99 * 1024**3, 300 * 1024**2))
    found = machine.disk(config)
    assert (found.ok, found.detail) == (False, f"0.3 GiB free at {config.data}")
    assert "SHOUWEN_DATA" in found.remedy


def test_a_key_that_others_can_read_is_named_with_the_command_that_mends_it(config: Config):
    folder = config.data / "keys"
    folder.mkdir(mode=0o700)
    (folder / "secret_key").write_text("k")
    (folder / "secret_key").chmod(0o644)
    found = machine.keys(config)
    assert (found.ok, found.detail, found.remedy) == (False, "secret_key", f"chmod -R go= {folder}")


def test_a_front_end_that_was_not_built_is_noticed(config: Config):
    found = machine.pages(config, folder=config.data)
    assert (found.ok, found.remedy) == (False, "make web")


def test_the_terminals_language_is_spoken(config: Config, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert machine.pages(config, folder=config.data).name == "界面"
