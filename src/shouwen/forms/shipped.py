"""The forms that the product ships, one JSON file each: what to ask about a fault and about disputed money."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def forms() -> dict[str, dict[str, Any]]:
    """Return the shipped definitions by key."""
    folder = files("shouwen.forms").joinpath("shipped_forms")
    found = sorted(folder.iterdir(), key=lambda one: one.name)
    return {f.name.removesuffix(".json"): json.loads(f.read_text(encoding="utf-8")) for f in found}
