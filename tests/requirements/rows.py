"""Which requirement rows are proven, read from the tests' own markers without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "src" / "shouwen", ROOT / "tests", ROOT / "lint")
MOST = 3


@dataclass(frozen=True)
class Claim:
    """A test that says it proves some rows, in a sentence of its own."""

    test: str
    rows: tuple[str, ...]
    sentence: str


def groups() -> dict[str, tuple[str, list[str]]]:
    """Return the testable rows: group code → title and row numbers."""
    lines = (Path(__file__).parent / "rows.txt").read_text(encoding="utf-8").splitlines()[2:]
    found = {}
    for head, numbers in zip(lines[::2], lines[1::2], strict=True):
        code, title = head.split(" ", 1)
        found[code] = (title, [f"R-{code}-{number}" for number in numbers.split()])
    return found


def claims() -> list[Claim]:
    """Return every claim of every test, in the order of the files."""
    files = sorted(path for source in SOURCES for path in source.rglob("test_*.py"))
    return [claim for path in files for claim in _claims_in(path)]


def _claims_in(path: Path) -> Iterator[Claim]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            rows = tuple(row for mark in node.decorator_list for row in _rows_of(mark))
            if rows:
                sentence = " ".join((ast.get_docstring(node) or "").split())
                yield Claim(f"{path.relative_to(ROOT)}::{node.name}", rows, sentence)


def _rows_of(mark: ast.expr) -> list[str]:
    """Return the rows in one `@pytest.mark.req("R-…")`."""
    if not (isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "req"):
        return []
    return [str(argument.value) for argument in mark.args if isinstance(argument, ast.Constant)]


def faults() -> list[str]:
    """Return what is wrong with the claims: too many rows, unknown rows, no sentence."""
    known = {row for _, rows in groups().values() for row in rows}
    return [fault for claim in claims() for fault in _faults_of(claim, known)]


def _faults_of(claim: Claim, known: set[str]) -> Iterator[str]:
    if len(claim.rows) > MOST:
        yield f"{claim.test} claims {len(claim.rows)} rows; at most {MOST}"
    if not claim.sentence:
        yield f"{claim.test} has no docstring saying what it accepts"
    yield from (f"{claim.test} claims {row}, which is no testable row" for row in claim.rows if row not in known)
