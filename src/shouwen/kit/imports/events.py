"""Facts about imports, for the one who imports."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class ImportMoved(Fact):
    """An import went on, or is over."""

    run: str
    state: str
    done: int
    total: int
