"""Every deed in the audit trail has words in both languages on the page that shows it."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

import pytest

from shouwen.governance.rules import KINDS, STATES
from shouwen.tickets.actions.change import FACTS

ROOT = Path(__file__).parent.parent
HELPERS = {"record", "_record", "_note", "_changed", "_contacts_changed"}
VERB = re.compile(r"[a-z-]+(\.[a-z_-]+)+")
COMPOSED = {
    "tickets": set(FACTS),
    "approvals": {"ask", "approved", "refused", "withdrawn", "expired"},
    "activities": {"start", "needs_person", "answer"},
    "versions": {"draft", "edit", "discard", "submit", "send_back", "retire", "roll_back", "publish"},
    "governance": {f"{kind}.{state}" for kind in KINDS for state in STATES},
}


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@functools.cache
def recorded() -> set[str]:
    """Return the verbs that the rooms' sources write, and those they put together."""
    paths = [path for path in (ROOT / "src/shouwen").rglob("*.py") if "tests" not in path.parts]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    sources = [text for text in texts if any(f"{name}(" in text for name in HELPERS)]
    nodes = [node for text in sources for node in ast.walk(ast.parse(text))]
    written = [arg for node in nodes if _called(node) in HELPERS for arg in getattr(node, "args", [])]
    plain = {arg.value for arg in written if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return {verb for verb in plain if VERB.fullmatch(verb)} | {
        f"{room}.{verb}" for room, verbs in COMPOSED.items() for verb in verbs
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_deed_that_is_recorded_is_told_in_words(language: str) -> None:
    files = [ROOT / f"web/src/i18n/{language}/{name}.ts" for name in ("logVerbs", "callVerbs")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    worded = set(re.findall(r"^  (\w+): ", text, re.MULTILINE))
    assert {verb for verb in recorded() if re.sub(r"[.-]", "_", verb) not in worded} == set()


def test_the_sources_are_read() -> None:
    assert {"accounts.view.open", "customers.contact.add", "accounts.sign-in.refused", "tickets.urge"} <= recorded()
