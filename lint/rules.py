"""Rules that no ready-made linter knows. Each is a small visitor whose docstring tells why it exists."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
WALL = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


@dataclass(frozen=True)
class Offence:
    """A place that breaks a rule."""

    path: Path
    line: int
    text: str


def offences(path: Path) -> Iterator[Offence]:
    """Check one source file against every rule."""
    parts = set(path.parts)
    if parts & {"tests", "migrations"} or path.name == "testing.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for rule in (writes_outside_actions, signal_receivers, models_by_name, wall_clock, now_in_sql):
        yield from (Offence(path, line, text) for line, text in rule(tree, path))


def writes_outside_actions(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """Only actions change rows, so that every change is named, permitted, audited and all or nothing."""
    if "actions" in path.parts or path.name in {"actions.py", "bulk.py"} or not _in_a_room(path) or "kit" in path.parts:
        return
    for call in _calls(tree):
        target = call.func
        if isinstance(target, ast.Attribute) and target.attr in WRITES and _is_queryset(target.value):
            yield call.lineno, f".{target.attr}() outside actions"


def signal_receivers(tree: ast.AST, _path: Path) -> Iterator[tuple[int, str]]:
    """Signals act at a distance and inside other people's transactions: facts and subscribers instead."""
    for node in ast.walk(tree):
        for decorator in getattr(node, "decorator_list", ()):
            name = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(name, ast.Name) and name.id == "receiver":
                yield decorator.lineno, "@receiver: publish a fact and subscribe to it"


def models_by_name(tree: ast.AST, _path: Path) -> Iterator[tuple[int, str]]:
    """`apps.get_model` reaches into other rooms where the import contracts cannot see it."""
    for call in _calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "get_model":
            yield call.lineno, "get_model: import the room's public module"


def wall_clock(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """Domain time comes from kit.clock alone, or a trial with a fast clock would mix two times."""
    if not _in_a_room(path) or path.name in {"clock.py", "notifier.py"}:
        return
    for call in _calls(tree):
        f = call.func
        if isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name) and (f.value.id, f.attr) in WALL:
            yield call.lineno, f"{f.value.id}.{f.attr}(): use kit.clock"


def now_in_sql(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """`now()` in domain SQL is the wall clock through the back door."""
    if not _in_a_room(path) or "kit" in path.parts:
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        text = node.value.lower()
        if "now()" in text and ("select" in text or "update" in text):
            yield node.lineno, "now() in SQL: pass the time in"


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _in_a_room(path: Path) -> bool:
    """Tell whether a file belongs to a room rather than to the wiring."""
    parts = path.parts
    return "shouwen" in parts and parts[parts.index("shouwen") + 1] not in {"project", "manage.py", "kernel"}


def _is_queryset(value: ast.expr) -> bool:
    """Tell a model or queryset from a dict or set, by `objects` in the chain or a model's own save."""
    return any(isinstance(n, ast.Attribute) and n.attr == "objects" for n in ast.walk(value))
