"""One figure of ours beside a peer's, judged by the targets of `targets.toml`."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

TARGETS = Path(__file__).with_name("targets.toml")


class CannotMeasure(Exception):
    """Something that the bench needs is not there; the message is the whole story."""


@dataclass(frozen=True)
class Part:
    """A figure and what it is held against. Without a target it is only reported."""

    what: str
    ours: float
    unit: str
    peer: str
    peer_value: float | None
    ratio: float | None
    target: str
    holds: bool


def judge(bench: str, name: str, *, ours: float, unit: str, peer: str = "", peer_value: float | None = None) -> Part:
    """Hold a figure against its target: `at_least` or `at_most`, of the ratio to the peer or of the figure."""
    wanted = targets()[bench][name]
    ratio = ours / peer_value if peer_value else None
    value = ratio if wanted.get("of", "ratio") == "ratio" else ours
    least, most = wanted.get("at_least"), wanted.get("at_most")
    holds = value is not None and (least is None or value >= least) and (most is None or value <= most)
    return Part(
        what=str(wanted["what"]),
        ours=_finite(ours),
        unit=unit,
        peer=peer,
        peer_value=None if peer_value is None else _finite(peer_value),
        ratio=None if ratio is None else _finite(ratio),
        target=_words(wanted),
        holds=holds or (least is None and most is None),
    )


def _finite(value: float) -> float:
    """Return a figure that JSON can hold: what never came has taken longer than anything."""
    return round(min(value, sys.float_info.max), 4)


def targets() -> dict[str, dict[str, dict[str, Any]]]:
    """Read the targets."""
    return tomllib.loads(TARGETS.read_text(encoding="utf-8"))


def _words(wanted: dict[str, Any]) -> str:
    of = wanted.get("of", "ratio")
    if "at_least" in wanted and "at_most" in wanted:
        return f"{wanted['at_least']} <= {of} <= {wanted['at_most']}"
    if "at_least" in wanted:
        return f"{of} >= {wanted['at_least']}"
    return f"{of} <= {wanted['at_most']}" if "at_most" in wanted else "reported"


def as_json(name: str, parts: Sequence[Part]) -> str:
    """Return the line that programs read."""
    found = {"name": name, "parts": [asdict(part) for part in parts], "holds": all(part.holds for part in parts)}
    return json.dumps(found, ensure_ascii=False)
