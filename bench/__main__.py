"""`python -m bench NAME`: measure; the last line is one JSON object, the exit code says whether targets hold."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from .parts import CannotMeasure, Part, as_json

BENCHES = {
    "deadlines": "due_deadlines",
    "http": "over_http",
    "live": "over_live",
    "month": "over_month",
    "replay": "whole_replay",
    "routing": "routing",
    "voice": "voice",
}


def main() -> int:
    """Run the bench named on the command line."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in BENCHES:
        print(f"Name a bench: {', '.join(BENCHES)}. For example: make bench NAME=http", file=sys.stderr)
        return 2
    measure: Callable[[], Sequence[Part]] = import_module(f".{BENCHES[name]}", __package__).measure
    try:
        parts = measure()
    except CannotMeasure as reason:
        print(reason, file=sys.stderr)
        return 2
    for part in parts:
        print(f"{'ok ' if part.holds else 'NOT'} {part.what}: {_figures(part)}")
    print(as_json(name, parts))
    return 0 if all(part.holds for part in parts) else 1


def _figures(part: Part) -> str:
    beside = f", {part.peer} {part.peer_value:g}, ratio {part.ratio:g}" if part.ratio is not None else ""
    return f"{part.ours:g} {part.unit}{beside} (target {part.target})"


if __name__ == "__main__":
    sys.exit(main())
