"""The link that makes the first administrator works once, for its bearer only."""

from __future__ import annotations

import stat
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from shouwen.project import first_start
from shouwen.project.config import Config
from shouwen.project.first_start import FirstStartRefused, issue_link, redeem


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch):
    with tempfile.TemporaryDirectory() as folder:
        config = Config(data=Path(folder))
        monkeypatch.setattr(first_start, "load", lambda: config)
        yield config


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


def test_the_link_leads_to_the_front_door(config: Config):
    assert issue_link().startswith("http://127.0.0.1:8066/set-up?token=")


def test_the_token_itself_is_kept_nowhere(config: Config):
    token = token_of(issue_link())
    note = config.data / "keys" / "first_start.json"
    assert token not in note.read_text()
    assert stat.S_IMODE(note.stat().st_mode) == 0o600


def test_the_link_works_once(config: Config):
    token = token_of(issue_link())
    assert redeem(token, lambda: "made") == "made"
    with pytest.raises(FirstStartRefused):
        redeem(token, lambda: "again")


def test_a_link_whose_use_failed_still_works(config: Config):
    token = token_of(issue_link())
    with pytest.raises(ZeroDivisionError):
        redeem(token, lambda: 1 // 0)
    assert redeem(token, lambda: "made") == "made"


def test_a_wrong_token_creates_nothing(config: Config):
    issue_link()
    with pytest.raises(FirstStartRefused):
        redeem("guess", pytest.fail)


def test_without_a_link_there_is_nothing_to_redeem(config: Config):
    with pytest.raises(FirstStartRefused):
        redeem("guess", pytest.fail)


def test_a_new_link_ends_the_earlier_one(config: Config):
    earlier = token_of(issue_link())
    issue_link()
    with pytest.raises(FirstStartRefused):
        redeem(earlier, pytest.fail)


def test_after_a_day_the_link_is_too_old(config: Config, monkeypatch: pytest.MonkeyPatch):
    token = token_of(issue_link())
    later = time.time() + first_start.VALID_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(FirstStartRefused):
        redeem(token, pytest.fail)
