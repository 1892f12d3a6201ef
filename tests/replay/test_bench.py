from __future__ import annotations

import json

import pytest

from bench.load import Load
from bench.parts import Part, as_json, judge, targets
from bench.rows import Column, _renewed, _value


def test_every_target_says_what_it_is_about() -> None:
    for parts in targets().values():
        for wanted in parts.values():
            assert wanted["what"]
            assert set(wanted) <= {"what", "of", "at_least", "at_most"}


@pytest.mark.parametrize(("ours", "peer", "holds"), [(50.0, 1000.0, True), (49.0, 1000.0, False), (50.0, None, False)])
def test_a_ratio_is_held_against_its_target(ours: float, peer: float | None, holds: bool) -> None:
    part = judge("http", "create", ours=ours, unit="/s", peer="pgbench", peer_value=peer)
    assert (part.holds, part.target) == (holds, "ratio >= 0.05")


def test_a_figure_may_be_held_against_its_target_alone_or_only_reported() -> None:
    assert judge("live", "one_p95", ours=100, unit="ms").holds
    assert not judge("live", "one_p95", ours=100.1, unit="ms").holds
    assert judge("replay", "carried", ours=1, unit="/s", peer="http", peer_value=50).target == "reported"


def test_programs_read_one_line() -> None:
    part = Part("x", 1, "/s", "y", 2, 0.5, "ratio >= 0.1", holds=True)
    line = as_json("http", [part])
    assert "\n" not in line
    assert json.loads(line) == {"name": "http", "parts": [vars(part)], "holds": True}


def test_only_good_answers_count_as_a_rate() -> None:
    load = Load(seconds=2)
    load.statuses.update({201: 10, 503: 5})
    assert (load.good, load.rate) == (10, 5)


def test_rows_are_written_again_with_new_unique_values() -> None:
    plain = Column("a", identity=False, unique=False, kind="text")
    text = Column("a", identity=False, unique=True, kind="character varying")
    number = Column("a", identity=False, unique=True, kind="bigint")
    uuid = Column("a", identity=False, unique=True, kind="uuid")
    assert _value(plain, None) == "null"
    assert _value(plain, "it's 10:00\\") == r"E'it''s 10\x3a00\\'"
    assert _value(text, "GD2026") == "E'GD20' || :r"
    assert [_value(number, 7), _value(uuid, "x")] == [":r", "gen_random_uuid()"]


def test_one_free_column_of_a_unique_index_is_renewed() -> None:
    free = {"key": "text", "subject_id": "bigint", "public_id": "uuid"}
    assert _renewed(["id"], free, {"id"}) == ""
    assert _renewed(["key", "subject_id"], free, set()) == "subject_id"
    assert _renewed(["public_id", "subject_id"], free, set()) == "public_id"
    assert _renewed(["customer_id"], free, set()) == ""
