"""What is shipped is listed whole and alone, and what could not be asked about is not called well."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

supply: Any = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "tools" / "supply.py")))

BILL = {
    "metadata": {"component": {"bom-ref": "root"}},
    "components": [{"bom-ref": "a", "name": "Django"}, {"bom-ref": "b", "name": "pytest"}],
    "dependencies": [{"ref": "root", "dependsOn": ["a", "b"]}, {"ref": "a", "dependsOn": ["b"]}, {"ref": "b"}],
}


def test_a_bill_holds_what_is_shipped_and_nothing_else() -> None:
    kept = supply.only(BILL, supply.closure(["Django"]))
    assert [part["name"] for part in kept["components"]] == ["Django"]
    assert kept["dependencies"] == [{"ref": "root", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": []}]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0),
        ([{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}], supply.FOUND),
        ([{"name": "a", "skip_reason": "not found"}], supply.NOT_ASKED),
        ([], supply.NOT_ASKED),
    ],
)
def test_only_what_was_answered_for_is_well(told: list[dict[str, Any]], status: int) -> None:
    assert supply.judged(told, 1) == status
