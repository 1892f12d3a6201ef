"""Facts about files, for the one who handed them in."""

from __future__ import annotations

from dataclasses import dataclass

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class FileScanned(Fact):
    """A file that waited was looked over: clean, or infected."""

    file: str
    scan: str
