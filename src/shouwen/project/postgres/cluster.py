"""One embedded server: its folder, and how to prepare, start, ask and stop it."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from shouwen.project.config import embedded_url, socket_folder
from shouwen.project.processes import command_line, die_with_parent, is_running

from .binaries import PostgresError, as_user, major, runnable, system_user

ROLE = "shouwen"
START_SECONDS = 60.0
UNFINISHED = "upgraded.json"
"""There while new data waits to take the old one's place: nothing may start."""
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "wal_compression": "pglz",
    "jit": "off",
    "logging_collector": "off",
    "log_line_prefix": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# with lc_ctype=C, pg_trgm drops every Chinese character without a word
INITDB = (
    *("-U", ROLE, "-E", "UTF8", "-A", "peer", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    *("--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C"),
)


@dataclass
class Cluster:
    """One embedded server: its folder, and how to prepare, start, ask and stop it."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None
    programs: Path | None = None
    """The PostgreSQL to run, where it is not the installed one."""
    data_name: str = "data"
    _user: pwd.struct_passwd | None = None
    _bin: Path | None = None
    _lock: IO[str] | None = None
    _server: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Return the server's data directory."""
        return self.folder / self.data_name

    @property
    def run(self) -> Path:
        """Return the folder of the server's socket."""
        return socket_folder(self.folder)

    def url(self, database: str = "postgres") -> str:
        """Return the address of one of its databases."""
        return embedded_url(self.folder, database=database)

    # -- before it runs ------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Take the folder for ourselves and make it ready to start: binaries, data, who may enter."""
        if (self.folder / UNFINISHED).exists():
            raise PostgresError("The upgrade of the database was interrupted. Go on with it: shouwen upgrade")
        self._begin()
        self._initialise()
        self._admit()
        self.clear()

    def make(self, options: Sequence[str]) -> None:
        """Take the folder and make new data with these options of initdb, for pg_upgrade to fill."""
        self._begin()
        self._initdb(options)
        self._admit()

    def _begin(self) -> None:
        self._user = system_user()
        self._make_folders()
        self._take()
        self._bin = runnable(self.folder, self._user, self.programs)

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        for place in (self.data, self.run):
            place.mkdir(exist_ok=True)
            if place.is_symlink() or place.stat().st_uid not in {os.geteuid(), self._uid}:
                raise PostgresError(f"{place} belongs to another user. Remove it, or choose another SHOUWEN_DATA.")
            place.chmod(0o700)
            self.give(place)
        self._check_reachable()

    @property
    def _uid(self) -> int:
        return self._user.pw_uid if self._user else os.geteuid()

    def give(self, place: Path) -> None:
        """Let a folder belong to the server's user."""
        if self._user:
            os.chown(place, self._user.pw_uid, self._user.pw_gid)

    def _check_reachable(self) -> None:
        """Refuse a folder below one that the server's user may not enter."""
        if not self._user:
            return
        done = subprocess.run(["test", "-w", str(self.data)], check=False, **as_user(self._user))
        if done.returncode != 0:
            raise PostgresError(
                f"The user “{self._user.pw_name}” cannot reach {self.data}. "
                "Set SHOUWEN_DATA to a folder whose parents everybody may enter, such as /var/lib/shouwen."
            )

    def _take(self) -> None:
        self._lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PostgresError(f"Another Shouwen already runs with the data in {self.folder.parent}.") from None

    def _initialise(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            self._check_version(version.read_text().strip())
            return
        for leftover in self.data.iterdir():  # an initdb that was killed half-way
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        self._initdb(INITDB)

    def _initdb(self, options: Sequence[str]) -> None:
        done = subprocess.run(
            [self._program("initdb"), "-D", self.data, *options],
            check=False,
            capture_output=True,
            text=True,
            env=surroundings(),
            **as_user(self._user),
        )
        if done.returncode != 0:
            raise PostgresError(f"PostgreSQL could not make its data in {self.data}: {done.stderr.strip()}")

    def _check_version(self, kept: str) -> None:
        assert self._bin is not None
        ours = major(self._bin)
        if kept != ours:
            raise PostgresError(
                f"The data in {self.data} is of PostgreSQL {kept}, the binaries are {ours}. "
                "Bring it over with: shouwen upgrade"
            )

    @property
    def programs_folder(self) -> Path:
        """Return where the programs lie that its user runs."""
        assert self._bin is not None, "prepare() comes first"
        return self._bin

    def user_arguments(self) -> dict[str, Any]:
        """Return what makes subprocess run a program as its user."""
        return as_user(self._user)

    def _program(self, name: str) -> str:
        return str(self.programs_folder / name)

    def _admit(self) -> None:
        names = {pwd.getpwuid(os.geteuid()).pw_name, *([self._user.pw_name] if self._user else [])}
        (self.data / "pg_ident.conf").write_text("".join(f"shouwen {name} {ROLE}\n" for name in sorted(names)))
        (self.data / "pg_hba.conf").write_text("local all all peer map=shouwen\n")

    def clear(self) -> None:
        """Remove what a killed server left, or stop one that outlived its supervisor. We hold the lock."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        pid = int((note.read_text().split() or ["0"])[0])
        if is_running(pid) and str(self.data) in command_line(pid):
            _interrupt(pid)
            _wait(lambda: not note.exists(), 20)
        # the number may be a zombie's or another program's by now; the socket has a lock file too
        for stale in (note, *self.run.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    # -- running -------------------------------------------------------------------------------------------

    def command(self) -> list[str]:
        """Return the server's command line."""
        wanted = {**SETTINGS, **self._counting(), "unix_socket_directories": str(self.run), **self.settings}
        options = [part for name, value in wanted.items() for part in ("-c", f"{name}={value}")]
        return [self._program("postgres"), "-D", str(self.data), *options]

    def _counting(self) -> dict[str, str]:
        """Let the server count its statements, where its binaries can."""
        assert self._bin is not None, "prepare() comes first"
        counts = (self._bin.parent / "lib" / "pg_stat_statements.so").exists()
        return {"shared_preload_libraries": "pg_stat_statements"} if counts else {}

    def process_arguments(self) -> dict[str, Any]:
        """Return how to start it: as its user, and asked to shut down when we die."""
        return {**as_user(self._user), "start_new_session": True, "preexec_fn": _shut_down_with_parent}

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Prepare and run the server as our child until it answers."""
        self.prepare()
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            if self._server is None or self._server.poll() is not None:
                self._server = self._spawn()  # backends of a killed server may hold its memory a little longer
            if time.monotonic() > end:
                raise PostgresError(f"PostgreSQL did not start; see {self._log_path()}.")
            time.sleep(0.05)

    def _log_path(self) -> Path:
        return self.log or self.folder / "postgres.log"

    def _spawn(self) -> subprocess.Popen[bytes]:
        with self._log_path().open("ab") as out:
            return subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=surroundings(),
                **self.process_arguments(),
            )

    def stop(self) -> None:
        """Shut the server down and let the folder go."""
        if self._server and self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(30)
        self._server = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def ensure_database(self, name: str) -> bool:
        """Make a database unless it exists; tell whether it was made."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
            if not found:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        return not found


def surroundings() -> dict[str, str]:
    """Return the server's environment: none of ours, whose LANG may name a locale that this machine lacks."""
    return {"LC_ALL": "C.UTF-8", "PATH": os.defpath}


def _shut_down_with_parent() -> None:
    die_with_parent(signal.SIGINT)


def _interrupt(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGINT)
    except ProcessLookupError:
        return


def _wait(condition: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
