"""What a backup says about itself: by it a restore knows that it has everything, unchanged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from shouwen.project.keys import write_private

from .tables import Content

NAME = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Piece:
    """One file of a backup."""

    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class KeysNote:
    """Where the keys went, apart from the rest."""

    file: str
    sha256: str
    encrypted: bool


@dataclass(frozen=True)
class Manifest:
    """Everything a restore needs to know."""

    made_at: datetime
    label: str
    shouwen: str
    postgres: int
    migrations: list[list[str]]
    database: Piece
    files: Piece
    tables: dict[str, Content]
    keys: KeysNote | None
    keys_from_environment: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Return how many rows the database held."""
        return sum(table.rows for table in self.tables.values())

    def write(self, folder: Path) -> None:
        """Write it into the backup."""
        values = {**asdict(self), "made_at": self.made_at.isoformat()}
        write_private(folder / NAME, json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def read(folder: Path) -> Manifest | None:
    """Return what a backup says about itself, None if this is none or of a format that we do not know."""
    try:
        values: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            return None
        return Manifest(
            **{
                **values,
                "made_at": datetime.fromisoformat(values["made_at"]),
                "database": Piece(**values["database"]),
                "files": Piece(**values["files"]),
                "tables": {name: Content(**table) for name, table in values["tables"].items()},
                "keys": KeysNote(**values["keys"]) if values["keys"] else None,
            }
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    seen = hashlib.sha256()
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            seen.update(chunk)
    return seen.hexdigest()


def piece(file: Path) -> Piece:
    """Describe a file that was just written."""
    return Piece(file.name, file.stat().st_size, digest_of(file))
