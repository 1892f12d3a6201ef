"""What must be true before our processes start; skipped when neither code nor database has changed since."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from shouwen.project.config import Config
from shouwen.project.keys import write_private
from shouwen.project.supervisor import Journal

from . import database, parts

SOURCE = Path(__file__).resolve().parents[2]


class PreparationFailed(Exception):
    """The database could not be prepared; the message says why."""


@dataclass(frozen=True)
class Preparation:
    """Tables, lists that agree with the code, trial time, demo data: done in a process of its own."""

    config: Config
    journal: Journal
    demo: bool
    trial_speed: float | None

    async def done(self) -> list[list[str]]:
        """See that everything is there; return who can sign in, in a demo."""
        kept = self._kept()
        if kept is None or not self._holds():
            await self._run()
            kept = self._sign_ins()
            self._keep(kept)
        return kept

    @property
    def _note(self) -> Path:
        return self.config.run_folder / "prepared.json"

    def _kept(self) -> list[list[str]] | None:
        """Return what the last start with this code, database and wish noted."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        found: list[list[str]] = note["sign_ins"]
        return found if note["of"] == self._fingerprint() else None

    def _keep(self, sign_ins: list[list[str]]) -> None:
        text = json.dumps({"of": self._fingerprint(), "sign_ins": sign_ins}, ensure_ascii=False)
        write_private(self._note, text)

    def _fingerprint(self) -> str:
        """Name the code as it lies here, the database and whether a demo was wished for."""
        seen = hashlib.sha256(f"{self.config.database_url} {self.demo}".encode())
        for file in sorted(SOURCE.rglob("*.py")):
            state = file.stat()
            seen.update(f"{file}{state.st_mtime_ns}{state.st_size}".encode())
        return seen.hexdigest()

    def _holds(self) -> bool:
        """Ask the database itself: it may be another one, or an older one brought back."""
        url, speed = self.config.database_url, self.trial_speed
        filled = database.has_staff(url) or not self.demo
        return filled and database.is_migrated(url) and (speed is None or database.trial_speed(url) == speed)

    def _sign_ins(self) -> list[list[str]]:
        if not self.demo:
            return []
        note = self._told
        found: list[list[str]] = json.loads(note.read_text(encoding="utf-8"))
        note.unlink()
        return found

    @property
    def _told(self) -> Path:
        return self.config.run_folder / "sign_ins.json"

    async def _run(self) -> None:
        options = ["--demo", "--sign-ins", str(self._told)] if self.demo else []
        options += ["--trial-speed", str(self.trial_speed)] if self.trial_speed else []
        status, said = await parts.ran(self.config, "prepare", *options)
        lines = said or (["the database could not be prepared"] if status else [])
        for line in lines:
            self.journal.say("prepare", line)
        if status:
            raise PreparationFailed(lines[-1].removeprefix("Error: "))
