"""Looking for viruses: a port, and nothing behind it until the operator connects a scanner."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

Scan = Literal["", "waiting", "clean", "infected"]
"""How it stands with a file: never looked at, waiting for the scanner, clean, infected."""


class ScannerAway(Exception):
    """The scanner does not answer, or cannot say: the file waits."""


class Scanner(Protocol):
    """Looks content over. Never called inside a transaction."""

    def scan(self, content: Iterable[bytes]) -> str:
        """Return what was found by its name, "" for nothing; raises ScannerAway."""
        ...


_connected: list[Scanner] = []


def connect_scanner(found: Scanner | None) -> None:
    """Have files looked over by it from now on; by nobody with None. Done once, where the house is wired."""
    _connected[:] = [found] if found else []


def scanner() -> Scanner | None:
    """Return who looks files over, if anybody does."""
    return _connected[0] if _connected else None
