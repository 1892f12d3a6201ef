"""Backups: whole or not there, keys apart, oldest gone; and what a restore refuses."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.project.backup import Kept, Opened, RestoreRefused, kept_backups, open_backup, restore_files, restore_keys
from shouwen.project.backup.folder import thin_out, writer
from shouwen.project.backup.key_archive import read_keys, write_keys
from shouwen.project.backup.manifest import Manifest, Piece, digest_of, piece, read
from shouwen.project.backup.passphrase import WrongPassphrase, decrypted, encrypted
from shouwen.project.backup.programs import program
from shouwen.project.backup.progress import Progress
from shouwen.project.backup.restoring import refuse_filled
from shouwen.project.backup.schedule import CATCH_UP, is_due, struck
from shouwen.project.backup.tables import Content, contents, differences
from shouwen.project.backup.trouble import BackupFailed, BackupRunning
from shouwen.project.backup.writing import write_backup
from shouwen.project.config import Config
from shouwen.project.doctor import keeping
from shouwen.project.postgres import Cluster

PHRASE = "江海通信 keeps its word"
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)  # in Beijing
QUIET = Progress(quiet=True)


@pytest.fixture
def config():
    with tempfile.TemporaryDirectory() as folder:
        yield Config(data=Path(folder), backup_keep=2)


def a_backup(config: Config, made_at: datetime, **values: object) -> Kept:
    folder = config.backups / f"shouwen-{made_at:%Y%m%dT%H%M%S}Z"
    folder.mkdir(parents=True)
    (folder / "database.dump").write_bytes(b"dump")
    with tarfile.open(folder / "files.tar", "w"):
        pass
    manifest = Manifest(
        made_at=made_at,
        label="manual",
        shouwen="0.1.0",
        postgres=180006,
        migrations=[["accounts", "0001_initial"]],
        database=piece(folder / "database.dump"),
        files=piece(folder / "files.tar"),
        tables={"kit_fact_2026_11": Content(3, "77")},
        keys=write_keys(config, f"{made_at:%Y%m%dT%H%M%S}Z"),
    )
    manifest = replace(manifest, **values)  # type: ignore[arg-type]
    manifest.write(folder)
    return Kept(folder, manifest)


def key(config: Config, text: str = "secret", name: str = "secret_key") -> Path:
    file = config.data / "keys" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return file


# -- the hour ----------------------------------------------------------------------------------------------


def due(now: datetime, last: datetime | None, started: datetime) -> bool:
    return is_due(at=time(3), now=now, last=last, started=started)


def test_a_backup_is_due_when_its_hour_strikes():
    before, after = NOON - timedelta(hours=9, minutes=1), NOON - timedelta(hours=9)
    assert not due(before, NOON - timedelta(days=1), NOON - timedelta(days=9))
    assert due(after, NOON - timedelta(days=1), NOON - timedelta(days=9))


def test_the_hour_is_that_of_beijing():
    assert struck(time(3), NOON) == datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


def test_a_night_that_was_missed_is_made_up_half_an_hour_after_the_start():
    assert not due(NOON, NOON - timedelta(days=2), NOON - CATCH_UP + timedelta(seconds=1))
    assert due(NOON, NOON - timedelta(days=2), NOON - CATCH_UP)


def test_a_new_installation_has_half_an_hour_before_its_first():
    assert not due(NOON, None, NOON)
    assert due(NOON, None, NOON - CATCH_UP)


@given(st.integers(0, 60 * 24 * 3), st.integers(0, 23))
def test_after_a_backup_the_next_one_is_due_within_a_day_and_not_before_its_hour(minutes: int, hour: int):
    last, started = NOON, NOON - timedelta(days=9)
    now = last + timedelta(minutes=minutes)
    found = is_due(at=time(hour), now=now, last=last, started=started)
    assert found == (struck(time(hour), now) > last)
    assert found or minutes < 24 * 60


def test_demo_and_off_have_no_hour(config: Config):
    assert config.backup_hour == time(3)
    assert config.model_copy(update={"demo": True}).backup_hour is None
    assert config.model_copy(update={"backup_at": "off"}).backup_hour is None


# -- the folder --------------------------------------------------------------------------------------------


def test_only_the_newest_stay_and_the_keys_of_the_old_go_with_them(config: Config):
    key(config)
    made = [a_backup(config, NOON + timedelta(days=n)) for n in range(4)]
    assert thin_out(config) == [made[0].folder, made[1].folder]
    assert [kept.folder for kept in kept_backups(config)] == [made[2].folder, made[3].folder]
    assert len(list(config.backup_keys.iterdir())) == 2


def test_what_a_killed_backup_left_goes_and_is_never_taken_for_one(config: Config):
    left = config.backups / ".partial-20261125T030000Z"
    left.mkdir(parents=True)
    assert kept_backups(config) == []
    with writer(config):
        assert not left.exists()


def test_two_at_once_are_refused(config: Config):
    with writer(config), pytest.raises(BackupRunning), writer(config):
        pytest.fail("both write")


def test_a_folder_that_cannot_be_used_is_named(config: Config):
    (config.data / "file").write_text("")
    with (
        pytest.raises(BackupFailed, match="SHOUWEN_BACKUP_FOLDER"),
        writer(config.model_copy(update={"backup_folder": config.data / "file"})),
    ):
        pytest.fail("it wrote")


def test_a_backup_that_fails_leaves_nothing_behind(config: Config):
    with pytest.raises(BackupFailed, match="cannot be reached"):
        write_backup(config.model_copy(update={"database_url": f"postgresql:///x?host={config.data}"}), QUIET)
    assert [path.name for path in config.backups.iterdir()] == [".lock"]


def test_a_manifest_reads_as_it_was_written(config: Config):
    made = a_backup(config, NOON)
    assert read(made.folder) == made.manifest
    assert made.manifest.rows == 3


# -- keys --------------------------------------------------------------------------------------------------


def test_keys_lie_apart_and_only_the_passphrase_opens_them(config: Config):
    key(config, "secret")
    key(config, "a link", name="first_start.json")
    sealed = config.model_copy(update={"backup_passphrase": PHRASE})
    note = write_keys(sealed, "stamp")
    assert note is not None
    file = config.backup_keys / note.file
    assert (note.encrypted, b"secret" in file.read_bytes(), file.stat().st_mode & 0o777) == (True, False, 0o600)
    assert config.backups not in file.parents
    assert read_keys(file, note, PHRASE) == {"keys/secret_key": b"secret"}
    with pytest.raises(RestoreRefused, match="SHOUWEN_BACKUP_PASSPHRASE"):
        read_keys(file, note, "")
    with pytest.raises(RestoreRefused, match="does not open"):
        read_keys(file, note, "another passphrase")


def test_changed_secrets_are_noticed():
    sealed = encrypted(b"secret", PHRASE)
    with pytest.raises(WrongPassphrase):
        decrypted(sealed[:-1] + bytes([sealed[-1] ^ 1]), PHRASE)


def test_another_key_that_is_there_already_is_never_overwritten(config: Config):
    file = key(config, "old")
    made = a_backup(config, NOON)
    assert made.manifest.keys is not None
    archive = config.backup_keys / made.manifest.keys.file
    opened = Opened(made.folder, made.manifest)
    assert restore_keys(archive, opened, data=config.data, passphrase="") == ["keys/secret_key"]
    file.write_text("new")
    with pytest.raises(RestoreRefused, match="is another one and stays"):
        restore_keys(archive, opened, data=config.data, passphrase="")
    assert file.read_text() == "new"


def test_the_keys_of_another_backup_are_refused(config: Config):
    key(config, "old")
    first = a_backup(config, NOON)
    key(config, "new")
    second = a_backup(config, NOON + timedelta(days=1))
    assert first.manifest.keys
    with pytest.raises(RestoreRefused, match="not the keys of this backup"):
        read_keys(config.backup_keys / first.manifest.keys.file, second.manifest.keys, "")


# -- what a restore refuses --------------------------------------------------------------------------------


def test_a_piece_that_was_changed_or_lost_is_noticed_before_anything_is_touched(config: Config):
    made = a_backup(config, NOON)
    assert open_backup(made.folder, QUIET).manifest == made.manifest
    (made.folder / "database.dump").write_bytes(b"dumb")
    with pytest.raises(RestoreRefused, match="checksum differs"):
        open_backup(made.folder, QUIET)
    (made.folder / "database.dump").unlink()
    with pytest.raises(RestoreRefused, match="is missing"):
        open_backup(made.folder, QUIET)


def test_a_folder_without_a_manifest_is_no_backup(config: Config):
    with pytest.raises(RestoreRefused, match="is no backup"):
        open_backup(config.data, QUIET)


def test_a_backup_of_a_newer_version_names_it(config: Config):
    made = a_backup(config, NOON, shouwen="9.0", migrations=[["tickets", "0999_later"]])
    with pytest.raises(RestoreRefused, match=r"Shouwen 9\.0, which is newer.*tickets\.0999_later"):
        open_backup(made.folder, QUIET)


def test_files_that_are_there_already_are_never_overwritten(config: Config):
    refuse_filled(config)
    (config.data / "files").mkdir()
    refuse_filled(config)
    (config.data / "files" / "a").write_text("")
    with pytest.raises(RestoreRefused, match="SHOUWEN_DATA"):
        refuse_filled(config)


def test_an_archive_writes_nothing_outside_the_data_folder(config: Config):
    made = a_backup(config, NOON)
    with tarfile.open(made.folder / "files.tar", "w") as tar:
        for name in ("../outside", "/tmp/outside-of-all", "files/ab/inside"):
            tar.addfile(tarfile.TarInfo(name))
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    opened = Opened(made.folder, replace(made.manifest, files=piece(made.folder / "files.tar")))
    assert restore_files(opened, config) == 1
    assert [path.name for path in (config.data / "files").rglob("*")] == ["ab", "inside"]
    assert not (config.data.parent / "outside").exists()


# -- a database --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster():
    with tempfile.TemporaryDirectory(prefix="swb") as folder:
        Path(folder).chmod(0o711)
        server = Cluster(Path(folder) / "postgres")
        server.start()
        server.ensure_database("centre")
        with psycopg.connect(server.url("centre")) as connection:
            connection.execute(
                b"create table django_migrations (app text, name text);"
                b"create table day (n int, said text) partition by range (n);"
                b"create table day_1 partition of day for values from (0) to (10);"
                b"insert into day values (1, '\xe5\xae\xbd\xe5\xb8\xa6'), (2, null);"
            )
        yield server
        server.stop()


def test_a_backup_holds_files_heads_and_every_row_of_one_moment(config: Config, cluster: Cluster):
    key(config)
    (config.data / "files" / "ab").mkdir(parents=True)
    (config.data / "files" / "ab" / "cd").write_bytes(b"a picture")
    (config.data / "audit-heads.jsonl").write_text("{}\n")
    made = write_backup(config.model_copy(update={"database_url": cluster.url("centre")}), QUIET, label="drill")
    with tarfile.open(made.folder / "files.tar") as tar:
        assert sorted(tar.getnames()) == ["audit-heads.jsonl", "files/ab/cd"]
    assert made.manifest.tables["day_1"].rows == 2
    assert made.manifest.label == "drill"
    assert kept_backups(config) == [made]
    assert [path.stat().st_mode & 0o077 for path in made.folder.iterdir()] == [0, 0, 0]
    assert "secret" not in json.dumps([path.read_text(errors="replace") for path in made.folder.iterdir()])
    assert digest_of(made.folder / "database.dump") == made.manifest.database.sha256


def test_a_full_disk_is_refused_before_it_is_full(config: Config, cluster: Cluster, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    with pytest.raises(BackupFailed, match="SHOUWEN_BACKUP_KEEP"):
        write_backup(config.model_copy(update={"database_url": cluster.url("centre")}), QUIET)
    assert kept_backups(config) == []


def test_the_digest_knows_every_value_and_no_order(cluster: Cluster):
    with psycopg.connect(cluster.url("centre")) as connection:
        first = contents(connection)
        connection.execute(b"delete from day where n = 1")
        connection.execute(b"insert into day values (1, '\xe5\xae\xbd\xe5\xb8\xa6')")
        assert contents(connection) == first
        connection.execute(b"update day set said = '' where n = 2")
        assert [told.partition(":")[0] for told in differences(first, contents(connection))] == ["day_1"]
        connection.rollback()


def test_the_programs_are_new_enough_for_the_server():
    assert program("pg_dump", at_least=18).is_file()
    with pytest.raises(BackupFailed, match=r"no pg_dump of PostgreSQL 99.*postgresql-client-99"):
        program("pg_dump", at_least=99)


# -- the doctor --------------------------------------------------------------------------------------------


def test_the_doctor_names_a_backup_that_is_too_old(config: Config):
    now = datetime.now(UTC)
    a_backup(config, now - timedelta(hours=50))
    assert (keeping.backup(config).ok, "50.0 hours ago" in keeping.backup(config).detail) == (False, True)
    a_backup(config, now - timedelta(hours=3))
    assert keeping.backup(config).ok


def test_a_new_installation_needs_no_backup_yet(config: Config):
    key(config)
    assert (keeping.backup(config).ok, keeping.backup(config).detail) == (True, "none yet")


def test_a_piece_is_described_by_size_and_checksum(config: Config):
    file = config.data / "piece"
    file.write_bytes(b"abc")
    assert piece(file) == Piece("piece", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
