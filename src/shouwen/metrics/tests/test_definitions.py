"""The registry of figures: whole, in both languages, and only with options that exist."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.metrics.rules.definitions import DEFINITIONS, GROUPS, SOURCES
from shouwen.metrics.rules.policy import OPTIONS, Policy, chosen

OPTION_KEYS = {option.key for option in OPTIONS}


@pytest.mark.parametrize("key", DEFINITIONS)
def test_a_definition_says_what_it_counts_in_both_languages(key):
    found = DEFINITIONS[key]
    assert found.zh
    assert found.en.isascii()
    assert len(found.means_zh) > 8
    assert len(found.means_en) > 20
    assert found.formula_zh
    assert found.formula_en
    assert found.group in GROUPS
    assert found.source in SOURCES
    assert set(found.options) <= OPTION_KEYS
    assert bool(found.needs[0]) == bool(found.needs[1])


def test_no_two_figures_have_one_name():
    assert len({d.zh for d in DEFINITIONS.values()}) == len({d.en for d in DEFINITIONS.values()}) == len(DEFINITIONS)


def test_every_edge_case_is_an_option_with_its_choice():
    values = chosen(Policy())
    assert set(values) == OPTION_KEYS
    assert values["in_time"] == "15 s"
    assert values["target"] == "85 %"
    assert values["short"] == "5 s"
    assert values["callback"] == "late"
    assert values["callback_window"] == "2 h"
    assert values["repeat"] == "7 d"
    assert values["contained"] == "1 d"
    assert values["empty"] == "null"
    assert all(values.values())


@pytest.mark.django_db
def test_every_member_of_staff_reads_the_registry_with_the_options_chosen():
    found = staff_client(staff("8021")).get("/api/metrics/definitions").json()
    assert [d["key"] for d in found["definitions"]] == list(DEFINITIONS)
    level = next(d for d in found["definitions"] if d["key"] == "service_level")
    assert level["formula_zh"] == "应答(≤ 时限) ÷ (应答 + 放弃 − 短放弃 + 回呼)"
    assert level["needs_zh"] == ""
    assert {o["key"]: o["value"] for o in found["options"]} == chosen(Policy())
    assert [g["key"] for g in found["groups"]] == list(GROUPS)
    assert {d["source"] for d in found["definitions"]} <= {s["key"] for s in found["sources"]}
