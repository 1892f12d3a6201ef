"""Facts about versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.kit.events import Fact


@dataclass(frozen=True)
class VersionSubmitted(Fact):
    """A version waits for another person's review; `returned` tells that it went back to its author."""

    version_id: int
    kind: str
    key: str
    number: int
    returned: bool


@dataclass(frozen=True)
class VersionPublished(Fact):
    """A version comes into force at `valid_from`."""

    version_id: int
    kind: str
    key: str
    number: int
    valid_from: datetime


@dataclass(frozen=True)
class VersionRetired(Fact):
    """A version is out of force."""

    version_id: int
    kind: str
    key: str
    number: int
