"""What production is set up with names only what is there."""

from __future__ import annotations

import re
from pathlib import Path

from shouwen.project.config import PREFIX, TOOL_VARIABLES, Config

ROOT = Path(__file__).resolve().parents[1]
VOICE = ROOT / "deploy" / "voice"
KAMAILIO = (VOICE / "kamailio.cfg").read_text()


def test_every_setting_that_the_files_and_pages_of_production_name_exists() -> None:
    known = {f"{PREFIX}{name}".upper() for name in Config.model_fields} | TOOL_VARIABLES
    places = [*VOICE.iterdir(), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "how-to").glob("run-voice*.md")]
    named = {(file.name, one) for file in places for one in re.findall(r"SHOUWEN_[A-Z0-9_]*[A-Z0-9]", file.read_text())}
    assert len(named) > 40
    assert sorted(one for one in named if one[1] not in known) == []


def test_kamailio_loads_what_it_sets_and_keeps_the_others_in_mind_where_it_goes_on_to_the_next() -> None:
    loaded = set(re.findall(r'^loadmodule "(\w+)\.so"', KAMAILIO, re.MULTILINE))
    assert set(re.findall(r'^modparam\("(\w+)"', KAMAILIO, re.MULTILINE)) <= loaded
    assert re.search(r"ds_next_(dst|domain)\(", KAMAILIO)
    assert 'modparam("dispatcher", "flags", 2)' in KAMAILIO
    assert {*re.findall(r'on_failure\("(\w+)"', KAMAILIO)} == {*re.findall(r"failure_route\[(\w+)\]", KAMAILIO)}
