"""Two versions side by side, in words."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.kit.versions import compare, spoken

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.sampled_from(["", "甲", "乙"]),
    lambda c: st.lists(c, max_size=3) | st.dictionaries(st.sampled_from(["key", "a", "b"]), c, max_size=3),
    max_leaves=6,
)
CONTENT = st.dictionaries(st.sampled_from("abc"), JSON, max_size=3)


def test_changes_are_told_in_words() -> None:
    old = {"hours": 48, "steps": [{"key": "a", "help": "填号码"}, {"key": "b", "help": ""}]}
    new = {"hours": 24, "steps": [{"key": "a", "help": "填 11 位号码"}, {"key": "c", "help": "签名"}], "free": True}
    found = compare(old, new, {"hours": ("时限", "Hours"), "steps": ("步骤", "Steps"), "help": ("帮助", "Help")})
    assert [c.zh for c in found] == [
        "时限：由「48」改为「24」",
        "步骤 › a › 帮助：由「填号码」改为「填 11 位号码」",
        "步骤 › b：删除「b」",
        "步骤 › c：新增「c」",
        "free：新增「是」",
    ]
    assert found[0].en == "Hours: “48” became “24”"


def test_another_order_is_a_change() -> None:
    old = {"steps": [{"key": "a"}, {"key": "b"}]}
    new = {"steps": [{"key": "b"}, {"key": "a"}]}
    assert [c.zh for c in compare(old, new)] == ["steps：由「a、b」改为「b、a」"]


def test_entries_that_share_a_key_are_compared_as_a_whole() -> None:
    old = {"steps": [{"key": "a", "n": 1}, {"key": "a", "n": 2}]}
    new = {"steps": [{"key": "a", "n": 3}, {"key": "a", "n": 2}]}
    assert len(compare(old, new)) == 1


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(CONTENT, CONTENT)
def test_nothing_differs_exactly_when_they_are_equal(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert compare(before, before) == []
    if before != after:
        assert compare(before, after) != []


def test_a_content_is_told_line_by_line_in_the_kinds_own_words() -> None:
    content = {
        "name": {"zh": "农村", "en": "Rural"},
        "media": ["voice"],
        "quiet": ["22:00", "08:00"],
        "steps": [{"key": "a", "must": True}, {"key": "b", "note": ""}],
        "pauses": [{"reason": "customer", "hours": None}],
        "days": [],
    }
    labels = {"media": ("渠道", "Media"), "reason": ("原因", "Reason"), "must": ("必填", "Needed")}
    told = spoken(
        content, labels, lambda name, value: ("电话", "calls") if (name, value) == ("media", "voice") else None
    )
    assert [(line.at_zh, line.zh) for line in told] == [
        ("name", "农村"),
        ("渠道", "电话"),
        ("quiet", "22:00–08:00"),
        ("steps › a › 必填", "是"),
        ("steps › b › note", "空"),
        ("pauses", "原因 customer、hours 空"),
        ("days", "空"),
    ]
    assert (told[0].en, told[3].at_en, told[3].en) == ("Rural", "steps › a › Needed", "yes")
    assert spoken({}) == []
