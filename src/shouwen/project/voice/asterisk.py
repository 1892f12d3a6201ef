"""The Asterisk that is there: where its parts lie, whether it is new enough, whether it has what we need."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LEAST = (20, 10)
ETC = Path(__file__).with_name("etc")
ASK_SECONDS = 20


class AsteriskMissing(Exception):
    """There is no Asterisk that we can use; the message says why and what to do."""


@dataclass(frozen=True)
class Asterisk:
    """One installation: a folder that we unpacked, or the machine's own.

    What we unpacked brings its own C library, and so is started with its own loader.
    """

    prefix: Path
    ours: bool

    @cached_property
    def command(self) -> list[str]:
        """Return how to start it, without arguments."""
        return self.program("usr/sbin/asterisk")

    @cached_property
    def modules(self) -> Path:
        """Return the folder of its modules."""
        return _first(self.prefix, "usr/lib/*-linux-gnu*/asterisk/modules", "usr/lib*/asterisk/modules")

    @cached_property
    def shared(self) -> Path:
        """Return the folder of its data: descriptions that its own start needs."""
        return _first(self.prefix, "usr/share/asterisk", "var/lib/asterisk")

    @cached_property
    def version(self) -> str:
        """Return the version it says it has."""
        done = subprocess.run([*self.command, "-V"], check=False, capture_output=True, text=True, timeout=ASK_SECONDS)
        found = re.search(r"Asterisk (\S+)", done.stdout)
        if found is None:
            raise AsteriskMissing(f"{self.prefix} does not run: {(done.stderr or done.stdout).strip()[:200]}")
        return found[1]

    def program(self, path: str) -> list[str]:
        """Return how to start one of its programs."""
        if not self.ours:
            return [str(self.prefix / path)]
        loader = _first(self.prefix, "usr/lib64/ld-linux-*.so*", "usr/lib/ld-linux-*.so*", "usr/lib/*/ld-linux-*.so*")
        libraries = self.modules.parent.parent
        searched = f"{libraries}:{libraries / 'pulseaudio'}"
        return [str(loader), "--library-path", searched, "--argv0", Path(path).name, str(self.prefix / path)]

    def check(self) -> None:
        """Refuse one that is too old, or lacks a module that our settings load."""
        numbers = re.findall(r"\d+", self.version)[:2]
        if tuple(map(int, numbers)) < LEAST:
            raise AsteriskMissing(f"Asterisk {self.version} is too old: 20.10 or newer is needed.")
        missing = [name for name in needed_modules() if not (self.modules / name).exists()]
        if missing:
            raise AsteriskMissing(f"Asterisk {self.version} lacks {', '.join(missing)}.")


def needed_modules() -> list[str]:
    """Return the modules that our settings load."""
    return re.findall(r"^load = (\S+)", (ETC / "modules.conf").read_text(), re.MULTILINE)


def default_folder() -> Path:
    """Return where Asterisk is kept for this user."""
    cache = os.environ.get("XDG_CACHE_HOME")
    if cache:
        return Path(cache) / "shouwen" / "asterisk"
    if os.geteuid() == 0:
        return Path("/var/cache/shouwen/asterisk")
    return Path.home() / ".cache" / "shouwen" / "asterisk"


def located(folder: Path | None = None) -> Asterisk:
    """Return the Asterisk to use: the one we fetched, or else the machine's own; raises AsteriskMissing."""
    current = (folder or default_folder()) / "current"
    if current.exists():
        found = Asterisk(current.resolve(), ours=True)
        found.check()
        return found
    return _machines_own()


def _machines_own() -> Asterisk:
    program = shutil.which("asterisk") or shutil.which("asterisk", path="/usr/sbin")
    if program is None:
        raise AsteriskMissing("There is no Asterisk: run “make voice”, which fetches it in seconds without privileges.")
    found = Asterisk(Path("/"), ours=False)
    found.check()
    return found


def _first(prefix: Path, *patterns: str) -> Path:
    for pattern in patterns:
        for place in sorted(prefix.glob(pattern)):
            return place
    raise AsteriskMissing(f"{prefix} lacks {patterns[0]}; remove it and run “make voice” again.")
