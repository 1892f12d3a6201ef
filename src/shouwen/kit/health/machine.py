"""What only the machine knows: its disk, certificates, the supervisor's note, the heads kept outside the database."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509


@dataclass(frozen=True)
class Disk:
    """Room where the data lies."""

    place: str
    total: int
    free: int


@dataclass(frozen=True)
class Certificate:
    """A certificate that browsers are shown, and until when it is good."""

    place: str
    subject: str
    until: datetime | None
    error: str


def disk(folder: Path) -> Disk:
    """Return the room on the disk of a folder."""
    place = next(one for one in (folder, *folder.parents) if one.exists())
    space = shutil.disk_usage(place)
    return Disk(str(place), space.total, space.free)


def certificate(file: Path) -> Certificate:
    """Return what a certificate says of itself; one that cannot be read is told, not hidden."""
    try:
        found = x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError) as failure:
        return Certificate(str(file), "", None, str(failure))
    return Certificate(str(file), found.subject.rfc4514_string(), found.not_valid_after_utc, "")


def restarts(note: Path) -> dict[str, int]:
    """Return how often the supervisor started each process again; nothing where none supervises."""
    try:
        told: dict[str, Any] = json.loads(note.read_text())
    except (OSError, ValueError):
        return {}
    return {name: int(part["restarts"]) for name, part in told.get("processes", {}).items()}


def last_head(file: Path) -> str:
    """Return the day of the newest audit head kept outside the database."""
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return ""
    return str(json.loads(lines[-1])["day"]) if lines else ""
