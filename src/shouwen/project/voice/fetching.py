"""Fetching Asterisk from Debian into a folder of our own: no privileges, no change to the machine, in seconds.

apt resolves and verifies; the packages are unpacked beside each other and never installed. The folder is named by
the hash of what it holds, so a second run finds it, and a broken download never takes the place of a whole one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .asterisk import Asterisk, AsteriskMissing, default_folder, located

SUITES = ("testing", "unstable")
WANTED = ("asterisk", "espeak-ng")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
DEFAULT_MIRROR = "http://deb.debian.org/debian"
NEVER_OPENED = re.compile(
    r"adduser|passwd|login.*|perl.*|libperl.*|debconf|libdebconf.*|gnupg.*|gpg.*|dirmngr|pinentry.*|base-passwd|"
    r"libpam-modules.*|libsemanage.*|libsepol.*|tzdata|pci\.ids|readline-common|libaudit-common|libc-gconv.*|"
    r"openssl-provider-legacy|libsensors-config"
)
LEFT_OUT = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/info", "usr/lib/*/gconv")
MARK = "complete.json"
_LINE = re.compile(r"^'(?P<uri>[^']+)' (?P<file>\S+) (?P<size>\d+) (?P<hash>\S+)")


class FetchFailed(Exception):
    """Asterisk could not be fetched; the message says what was tried."""


@dataclass
class Fetched:
    """What was fetched, from where, and what it took."""

    asterisk: Asterisk
    source: str
    fresh: bool
    packages: int = 0
    megabytes: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Package:
    file: str
    mark: str

    @property
    def name(self) -> str:
        return self.file.partition("_")[0]


class _Apt:
    """apt with lists and caches of its own: the machine's are read for their mirror only."""

    def __init__(self, work: Path, suite: str) -> None:
        for place in ("lists/partial", "cache/archives/partial"):
            (work / place).mkdir(parents=True, exist_ok=True)
        (work / "status").touch()
        signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        (work / "sources.list").write_text(f"deb {signed}{mirror()} {suite} main\n")
        self._options = [f"-o{name}={value}" for name, value in _settings(work).items()]
        self.cache = work / "cache"

    def run(self, *arguments: str, cwd: Path | None = None) -> str:
        command = ["apt-get", *self._options, *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd)
        if done.returncode:
            raise FetchFailed((done.stderr or done.stdout).strip().splitlines()[-1][:300])
        return done.stdout

    def closure(self) -> list[_Package]:
        """Return what Asterisk needs, as apt resolves it for an empty machine."""
        said = self.run("--print-uris", "-y", "install", *WANTED).splitlines()
        found = (_LINE.match(line) for line in said)
        packages = [_Package(m["file"], m["hash"]) for m in found if m]
        return sorted((p for p in packages if not NEVER_OPENED.fullmatch(p.name)), key=lambda p: p.file)


def _settings(work: Path) -> dict[str, object]:
    return {
        "Dir::Etc::SourceList": work / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::Etc::PreferencesParts": "/dev/null",
        "Dir::State": work,
        "Dir::State::Lists": work / "lists",
        "Dir::State::status": work / "status",
        "Dir::Cache": work / "cache",
        "Acquire::Check-Valid-Until": "false",
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "1",
        "APT::Install-Recommends": "false",
    }


def mirror() -> str:
    """Return the mirror this machine already uses for Debian."""
    given = os.environ.get("SHOUWEN_DEBIAN_MIRROR")
    if given:
        return given
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    told = subprocess.run(command, check=False, capture_output=True, text=True).stdout.split()
    return next((uri for uri in told if uri.rstrip("/").endswith("/debian")), DEFAULT_MIRROR)


def fetch(folder: Path | None = None, *, refresh: bool = False) -> Fetched:
    """Bring Asterisk into `folder`: from Debian testing, else unstable, else say which one is there already."""
    base = folder or default_folder()
    current = base / "current"
    if current.exists() and not refresh:
        found = located(base)
        return Fetched(found, _kept(found), fresh=False)
    failures = []
    for suite in SUITES if shutil.which("apt-get") else ():
        try:
            return _from_suite(base, suite)
        except (FetchFailed, AsteriskMissing, OSError) as failure:
            failures.append(f"{suite}: {failure}")
    try:
        return Fetched(located(base), "this machine", fresh=False)
    except AsteriskMissing as failure:
        failures.append(str(failure) if shutil.which("apt-get") else f"There is no apt-get. {failure}")
    raise FetchFailed("; ".join(failures))


def _kept(found: Asterisk) -> str:
    mark = found.prefix / MARK
    return str(json.loads(mark.read_text())["suite"]) if mark.exists() else str(found.prefix)


def _from_suite(base: Path, suite: str) -> Fetched:
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=base) as work:
        apt, clock = _Apt(Path(work), suite), _Stopwatch()
        apt.run("update", "-qq")
        packages = apt.closure()
        clock.lap("index")
        name = hashlib.sha256("\n".join(f"{p.file} {p.mark}" for p in packages).encode()).hexdigest()[:16]
        fresh = not (base / name / MARK).exists()
        if fresh:
            _unpacked(apt, packages, Path(work) / "tree", clock)
            _finish(Path(work) / "tree", base / name, suite)
        found = Asterisk(base / name, ours=True)
        found.check()
        _point(base / "current", name)
        return Fetched(found, suite, fresh, len(packages), _megabytes(found.prefix), clock.seconds)


def _unpacked(apt: _Apt, packages: list[_Package], tree: Path, clock: _Stopwatch) -> None:
    apt.run("download", "-qq", *(p.name for p in packages), cwd=apt.cache)
    clock.lap("download")
    tree.mkdir()
    excluded = [f"--exclude=./{pattern}/*" for pattern in LEFT_OUT]
    for package in sorted(apt.cache.glob("*.deb")):
        _untar(package, tree, excluded)
    for place in ("bin", "sbin", "lib", "lib64"):
        if not (tree / place).exists():
            (tree / place).symlink_to(f"usr/{place}")
    clock.lap("unpack")


def _untar(package: Path, tree: Path, excluded: list[str]) -> None:
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE) as reading:
        command = ["tar", "-x", "-C", str(tree), "--no-same-owner", *excluded]
        done = subprocess.run(command, stdin=reading.stdout, check=False, capture_output=True, text=True)
    if done.returncode or reading.returncode:
        raise FetchFailed(f"{package.name} cannot be unpacked: {done.stderr.strip()[:200]}")


def _finish(tree: Path, place: Path, suite: str) -> None:
    """Put a whole tree in its place; another run may have been quicker."""
    (tree / MARK).write_text(json.dumps({"suite": suite}))
    tree.chmod(0o755)
    shutil.rmtree(place, ignore_errors=True)
    tree.rename(place)


def _point(link: Path, name: str) -> None:
    fresh = link.with_name(f".current.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(name)
    fresh.rename(link)


def _megabytes(folder: Path) -> int:
    return sum(f.lstat().st_size for f in folder.rglob("*") if not f.is_symlink()) // 1_000_000


class _Stopwatch:
    def __init__(self) -> None:
        self._since = time.monotonic()
        self.seconds: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Note how long the step of that name took."""
        now = time.monotonic()
        self.seconds[name], self._since = round(now - self._since, 1), now


def told(fetched: Fetched) -> Iterator[str]:
    """Say what was fetched and what it took."""
    yield f"Asterisk {fetched.asterisk.version} ({fetched.source}) in {fetched.asterisk.prefix}"
    if fetched.seconds:
        parts = ", ".join(f"{name} {seconds} s" for name, seconds in fetched.seconds.items())
        yield f"{fetched.packages} packages, {fetched.megabytes} MB: {parts}"
