"""The demo operator's way out while everything runs: asked for on a page, done by the supervisor.

The web process notes that somebody asked. The supervisor sees the note, stops who works with the database, lets the
removal run in a process of its own, and starts them again. A mark stays in the data folder, so that `--demo` does not
bring back what was taken away.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from .config import Config
from .keys import private_folder, write_private
from .supervisor import running_supervisor

NOTE, MARK = "demo-removal.json", "demo-removed"
COMMAND = "remove-demo"


@dataclass(frozen=True)
class Removal:
    """A removal that somebody asked for, and why it did not happen, if so."""

    by: str
    failure: str = ""


def ask(config: Config, *, by: str) -> None:
    """Let the supervisor take the demo away."""
    _write(config, Removal(by))


def pending(config: Config) -> Removal | None:
    """Return the removal that is under way, or the one that failed last."""
    try:
        return Removal(**json.loads((config.run_folder / NOTE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def failed(config: Config, removal: Removal, why: str) -> None:
    """Note why the demo is still there."""
    _write(config, Removal(removal.by, why))


def mark(config: Config) -> None:
    """Note that the demo was taken away here."""
    write_private(config.data / MARK, datetime.now(UTC).isoformat() + "\n")


def done(config: Config) -> None:
    """Forget the request."""
    (config.run_folder / NOTE).unlink(missing_ok=True)


def was_done(config: Config) -> bool:
    """Tell whether the demo was taken away here and nobody wanted it back."""
    return (config.data / MARK).exists()


def wanted_back(config: Config) -> None:
    """Forget that the demo was taken away."""
    (config.data / MARK).unlink(missing_ok=True)


def is_supervised(config: Config) -> bool:
    """Tell whether a supervisor of ours keeps this installation running."""
    return running_supervisor(config.run_folder) is not None


def _write(config: Config, removal: Removal) -> None:
    private_folder(config.run_folder)
    write_private(config.run_folder / NOTE, json.dumps(asdict(removal), ensure_ascii=False))
