"""The configuration is typed, read once, and refuses a bad value by its name."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from shouwen.project.config import Config, ConfigError, load


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="sw") as short:
        yield Path(short)


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch, folder: Path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SHOUWEN_DATA", str(folder / "data"))

    def configure(**environment: str) -> Config:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return load.__wrapped__()

    return configure


Configure = Callable[..., Config]


def test_without_settings_the_front_door_stands_on_loopback(configured: Configure):
    config = configured()
    assert (config.host, config.port, config.base_url) == ("127.0.0.1", 8066, "http://127.0.0.1:8066")
    assert config.tls is False


def test_without_an_address_the_database_is_the_embedded_one(configured: Configure, folder: Path):
    config = configured()
    assert config.embedded is True
    assert config.database_url == f"postgresql://shouwen@/shouwen?host={folder}/data/postgres/run"


def test_a_given_database_is_used(configured: Configure):
    config = configured(DATABASE_URL="postgresql://me@db.example:5433/centre")
    assert (config.embedded, config.database_url) == (False, "postgresql://me@db.example:5433/centre")


def test_keys_are_made_once_and_only_their_owner_reads_them(configured: Configure, folder: Path):
    first, second = configured(), configured()
    assert first.secret_key == second.secret_key
    assert first.audit_key != first.secret_key
    for name in ("secret_key", "audit_key"):
        assert stat.S_IMODE((folder / "data" / "keys" / name).stat().st_mode) == 0o600


def test_a_given_key_is_used_and_not_written(configured: Configure, folder: Path):
    config = configured(SHOUWEN_SECRET_KEY="k" * 40)
    assert config.secret_key == "k" * 40
    assert not (folder / "data" / "keys" / "secret_key").exists()


def test_neither_keys_nor_passwords_show_when_the_configuration_is_printed(configured: Configure):
    config = configured(SHOUWEN_SMTP_PASSWORD="open-sesame", DATABASE_URL="postgresql://u:open-sesame@h/d")
    assert "open-sesame" not in repr(config)
    assert config.secret_key not in repr(config)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SHOUWEN_PORT", "99999", "SHOUWEN_PORT=99999 cannot be used"),
        ("SHOUWEN_PORT", "web", "SHOUWEN_PORT=web cannot be used"),
        ("SHOUWEN_LOG_LEVEL", "loud", "SHOUWEN_LOG_LEVEL=loud cannot be used"),
        ("SHOUWEN_PUBLIC_URL", "help.example/x", "SHOUWEN_PUBLIC_URL=help.example/x cannot be used"),
        ("SHOUWEN_SECRET_KEY", "short", "SHOUWEN_SECRET_KEY cannot be used"),
        ("DATABASE_URL", "mysql://root@localhost/x", "DATABASE_URL cannot be used"),
        ("SHOUWEN_TLS_MODE", "files", "SHOUWEN_TLS_CERT and SHOUWEN_TLS_KEY"),
        ("SHOUWEN_PROT", "8066", "SHOUWEN_PROT is not a setting of Shouwen. Did you mean SHOUWEN_PORT?"),
    ],
)
def test_a_bad_value_is_refused_by_name(configured: Configure, name: str, value: str, said: str):
    with pytest.raises(ConfigError) as refused:
        configured(**{name: value})
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_secret_that_is_refused_is_not_repeated(configured: Configure):
    with pytest.raises(ConfigError) as refused:
        configured(SHOUWEN_SECRET_KEY="hunter2")
    assert "hunter2" not in str(refused.value)


def test_a_data_folder_that_cannot_be_written_is_named(configured: Configure, folder: Path):
    (folder / "file").write_text("")
    with pytest.raises(ConfigError, match="SHOUWEN_DATA"):
        configured(SHOUWEN_DATA=str(folder / "file" / "below"))


def test_a_long_data_folder_gets_its_sockets_in_a_short_place(configured: Configure, folder: Path):
    config = configured(SHOUWEN_DATA=str(folder / ("long" * 30)))
    assert len(str(config.socket("web"))) < 100
    assert len(config.database_url) < 120
