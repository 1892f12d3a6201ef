"""Facts about exports, for the one who asked."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class ExportMoved(Fact):
    """An export began, went on, or is over."""

    export: str
    state: str
    done: int
    total: int
