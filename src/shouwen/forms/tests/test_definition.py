"""What a form is, and the lint that asks for help everywhere."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shouwen.forms.rules import answers
from shouwen.forms.rules.definition import KINDS, canonical, faults, fields, lint, schema
from shouwen.forms.shipped import forms

FAULT, COMPLAINT = forms()["ticket.fault"], forms()["ticket.complaint"]


def changed(**step: Any) -> dict[str, Any]:
    """Return the fault report with its first field changed."""
    content = copy.deepcopy(FAULT)
    content["steps"][0]["fields"][0] |= step
    return content


@pytest.mark.req("R-IVR-003")
@pytest.mark.parametrize("key", sorted(forms()))
def test_every_shipped_form_has_help_for_each_field_and_step(key: str) -> None:
    """Each form that agents and customers see explains every field and every step; the lint fails without."""
    content = forms()[key]
    assert (faults(content), lint(content)) == ([], [])
    Draft202012Validator.check_schema(schema(content))


@pytest.mark.parametrize("at", range(len(list(fields(FAULT)))))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_lint_fails_as_soon_as_one_field_lacks_help(at: int, language: str) -> None:
    content = copy.deepcopy(FAULT)
    list(fields(content))[at]["help"][language] = "  "
    (found,) = lint(content)
    assert found[0].endswith(".help")


def test_the_lint_fails_when_a_step_lacks_help() -> None:
    content = copy.deepcopy(FAULT)
    content["steps"][1]["help"] = {"zh": "", "en": ""}
    assert [place for place, _, _ in lint(content)] == ["steps.1.help"]


def test_the_shipped_forms_use_every_kind_an_operator_needs_first() -> None:
    used = {field["kind"] for content in forms().values() for field in fields(content)}
    assert used >= {"choice", "date", "money", "phone", "address", "attachment", "signature", "computed", "yes_no"}


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (changed(name="Big"), "A field has a name in lower case and a kind from the list"),
        (changed(kind="magic"), "A field has a name in lower case and a kind from the list"),
        (changed(name="since"), "Field since is there twice"),
        (changed(options=[]), "A choice has 2 to 60 options, others none"),
        (changed(show={"==": [{"var": "address"}, 1]}), "The expression is wrong: address is not answered before this"),
        (changed(value={"+": [1, 1]}), "A computed field has an expression, others none"),
        (changed(help="填写"), "Name and help are texts in both languages"),
        (changed(script="x"), "A field has unknown properties"),
        (changed(least=5, most=1), "The lower bound is above the upper one"),
        (FAULT | {"places": ["Ticket kind"]}, "A place looks like ticket.kind.fault"),
        (FAULT | {"steps": [FAULT["steps"][0], FAULT["steps"][0]]}, "Keys of steps are unique"),
    ],
)
def test_an_unsound_definition_is_refused_with_its_reason(broken: dict[str, Any], why: str) -> None:
    assert why in [en for _, _, en in faults(broken)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "text", "a"]),
    lambda c: (
        st.lists(c, max_size=2)
        | st.dictionaries(st.sampled_from(["steps", "fields", "key", "title", "name", "kind", "help", "zh", "en"]), c)
    ),
    max_leaves=12,
)


@given(JSON)
def test_nonsense_is_refused_and_breaks_nothing(content: Any) -> None:
    assert faults(content) or canonical(content)


@given(st.sampled_from(KINDS), JSON)
def test_no_answer_breaks_a_field_of_any_kind(kind: str, answer: Any) -> None:
    options = [{"value": v, "zh": v, "en": v} for v in ("a", "b")] if kind in ("choice", "choices") else []
    field = {"name": "x", "kind": kind, "label": {}, "help": {}, "options": options, "value": 1}
    kept, wrong = answers.take({"steps": [{"fields": [field]}]}, {"x": answer})
    assert not (wrong and "x" in kept)


GOOD = {
    "service": "broadband",
    "since": "2026-11-22",
    "light": "los_red",
    "address": {"area": "苏州市姑苏区", "detail": "平江路 8 号 301"},
    "phone": "138 1234 5678",
}


def wrong(content: dict[str, Any], **given: Any) -> dict[str, str]:
    return {name: zh for name, zh, _ in answers.take(content, {**GOOD, **given})[1]}


def test_answers_are_kept_in_their_canonical_form() -> None:
    kept, found = answers.take(FAULT, GOOD)
    assert (found, kept["phone"], kept["light"]) == ([], "8613812345678", "los_red")
    assert "restarted" not in kept


def test_what_is_not_asked_has_no_answer_and_is_not_required() -> None:
    kept, found = answers.take(FAULT, GOOD | {"service": "mobile", "restarted": True})
    assert found == []
    assert {"light", "restarted"} & kept.keys() == set()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"service": None}, {"service": "必须填写"}),
        ({"service": "gas"}, {"service": "请从选项中选择"}),
        ({"since": "2026-02-30"}, {"since": "日期格式不对，例如 2026-11-23"}),
        ({"since": 5}, {"since": "填写的内容不符合要求"}),
        ({"phone": "12"}, {"phone": "请填 11 位手机号，或带区号的固定电话"}),
        ({"address": {"area": "苏州", "detail": ""}}, {"address": "填写的内容不符合要求"}),
        ({"photos": ["../etc"]}, {"photos": "请重新上传"}),
        ({"extra": 1}, {"extra": "表单里没有这个字段"}),
    ],
)
def test_a_wrong_answer_is_named_with_its_remedy(given: dict[str, Any], why: dict[str, str]) -> None:
    assert wrong(FAULT, **given) == why


def test_what_is_computed_follows_from_the_answers_whatever_was_sent() -> None:
    given = {"about": "fees", "charged": 13_800, "expected": 10_000, "disputed": 99, "wish": "退费"}
    assert answers.take(COMPLAINT, given)[0]["disputed"] == 3_800
    assert "disputed" not in answers.take(COMPLAINT, {"about": "service", "wish": "道歉"})[0]


def test_what_is_kept_fits_the_schema_that_is_kept_with_the_form() -> None:
    kept = answers.take(COMPLAINT, {"about": "fees", "charged": 100, "expected": 0, "wish": "退费"})[0]
    Draft202012Validator(canonical(COMPLAINT)["schema"]).validate(kept)
