"""Finding Asterisk: which one is taken, what is said when none is there; and leading it when the database was lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import psycopg
import pytest

from shouwen.project.command import voice as command
from shouwen.project.config import Config
from shouwen.project.doctor import voice
from shouwen.project.voice import Asterisk, AsteriskMissing, FetchFailed, fetch, located, sounds
from shouwen.project.voice.asterisk import needed_modules
from shouwen.project.voice.speaking import pinyin


def unpacked(folder: Path, *, version: str = "22.10.1", modules: list[str] | None = None) -> Asterisk:
    """Return a folder that looks like one we fetched; its loader only says the version."""
    place = folder / "usr/lib/x86_64-linux-gnu/asterisk/modules"
    place.mkdir(parents=True)
    for name in needed_modules() if modules is None else modules:
        (place / name).touch()
    loader = folder / "usr/lib64/ld-linux-x86-64.so.2"
    loader.parent.mkdir()
    loader.write_text(f"#!/bin/sh\necho Asterisk {version}\n")
    loader.chmod(0o755)
    return Asterisk(folder, ours=True)


def test_a_version_that_is_too_old_is_refused(tmp_path: Path):
    with pytest.raises(AsteriskMissing, match=r"Asterisk 20\.9\.1 is too old: 20\.10 or newer is needed"):
        unpacked(tmp_path, version="20.9.1").check()


def test_a_missing_module_is_named(tmp_path: Path):
    modules = [name for name in needed_modules() if name != "chan_pjsip.so"]
    with pytest.raises(AsteriskMissing, match=r"Asterisk 22.10.1 lacks chan_pjsip.so\."):
        unpacked(tmp_path, modules=modules).check()


def test_without_apt_and_without_asterisk_one_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(FetchFailed, match=r"There is no apt-get\. There is no Asterisk: run “make voice”"):
        fetch(tmp_path)


def test_one_that_was_fetched_before_is_taken_without_looking_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    kept = unpacked(tmp_path / "abc")
    (tmp_path / "current").symlink_to("abc")
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    assert located(tmp_path).prefix == kept.prefix
    assert fetch(tmp_path).fresh is False


@pytest.mark.parametrize(("wanted", "ok"), [(True, False), (False, True)])
def test_the_doctor_misses_asterisk_only_where_calls_are_taken(
    wanted: bool, ok: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    found = voice.asterisk(Config(data=tmp_path, asterisk=tmp_path, voice=wanted))
    assert (found.ok, found.remedy) == (ok, "make voice")


def test_numbers_are_spelt_digit_by_digit():
    assert pinyin("工号8021为您服务") == "gong1 hao4 ba1 ling2 er4 yi1 wei4 nin2 fu2 wu4"


def test_music_is_written_once(tmp_path: Path):
    file = tmp_path / "waiting.wav"
    sounds.write_music(file)
    written = file.stat().st_mtime_ns
    sounds.write_music(file)
    assert (file.stat().st_mtime_ns, file.read_bytes()[:4]) == (written, b"RIFF")


def test_a_lost_database_is_waited_for_in_the_same_process(monkeypatch: pytest.MonkeyPatch):
    begun: list[str] = []

    class Leads:
        async def run(self) -> None:
            begun.append("again" if begun else "first")
            if begun == ["first"]:
                raise psycopg.OperationalError("the database is shutting down")
            raise asyncio.CancelledError

    monkeypatch.setattr(command, "AGAIN_SECONDS", 0)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(command.lead_again(Leads))
    assert begun == ["first", "again"]
