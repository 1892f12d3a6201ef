"""`make check`: everything a change must pass, each once, with what it cost beside what it may cost.

All steps run even when one fails, so that one round shows everything. `make test` runs the tests alone; arguments
choose some of them and go to pytest as they are.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
WEB = [PYTHON, "tools/web.py"]
PYTEST = [PYTHON, "-m", "pytest"]
STEPS: dict[str, list[str]] = {
    "prepared data": [PYTHON, "-m", "tests.prepared"],
    "types": [PYTHON, "-m", "mypy", "src", "lint", "tools", "tests", "conftest.py"],
    "ruff": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "import contracts": [str(Path(PYTHON).with_name("lint-imports"))],
    "own rules": [PYTHON, "-m", "lint"],
    "migrations": [PYTHON, "-m", "shouwen.manage", "makemigrations", "--check", "--dry-run"],
    "API description": [PYTHON, "-m", "shouwen.project.openapi", "--check"],
    "API client": [*WEB, "gen-api", "--check"],
    "eslint": [*WEB, "lint"],
    "vue types": [*WEB, "typecheck"],
    "vitest": [*WEB, "test"],
}
BUILD = [*WEB, "build"]
AT_ONCE = 2
PLAIN = ["-m", "not browser and not kill and not voice"]
XDIST = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]
PAGES = [f"tests/browser/test_{name}.py" for name in ("accessibility", "from_empty", "states", "access")]
TESTS: dict[str, list[str]] = {
    "kill": ["-m", "kill", "tests/replay"],
    "unit and database": [*PLAIN, "--ignore=tests/platform", *XDIST],
    "browser": ["-m", "browser and not voice", "tests/browser", *(f"--ignore={one}" for one in PAGES)],
    "calls": ["-m", "voice", "tests/voice", "tests/browser/test_softphone.py"],
}
# run beside those, as they mostly wait: installations that start and stop, one after the other, then every page and the
# way from empty to the first chat. What is killed comes first: nothing else of the main row is as heavy beside it
BESIDE: dict[str, list[str]] = {
    "platform": [*PLAIN, "-q", "tests/platform"],
    "pages": ["-q", *PAGES],
}
# what may pass on two cores; `platform` is of the units' six minutes, `pages` and `browser` share theirs
BUDGETS = {
    "lint and types": 240,
    "unit and database": 360,
    "platform": 360,
    "kill": 180,
    "calls": 60,
    "browser": 240,
    "pages": 240,
}


@dataclass(frozen=True)
class Result:
    """What one step came to and cost."""

    name: str
    seconds: float
    ok: bool


def told(name: str, command: list[str]) -> Result:
    """Run a step beside others and show what it said when it is over."""
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode(errors="replace").strip()
    print(f"\n── {name}\n{said}", flush=True)
    return Result(name, time.monotonic() - begun, done.returncode == 0)


def shown(name: str, command: list[str]) -> Result:
    """Run a step that shows its progress."""
    print(f"\n── {name}", flush=True)
    begun = time.monotonic()
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    return Result(name, time.monotonic() - begun, status == 0)


def lint() -> tuple[list[Result], Result]:
    """Run what needs no database, some at a time, and build the front end."""
    begun = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(told, STEPS.keys(), STEPS.values()))
    results.append(shown("front end", BUILD))
    whole = Result("lint and types", time.monotonic() - begun, all(result.ok for result in results))
    return results, whole


def tests() -> list[Result]:
    """Run every test, some suites beside the others."""
    with ThreadPoolExecutor(1) as beside:
        others = [beside.submit(told, name, [*PYTEST, *how]) for name, how in BESIDE.items()]
        groups = [shown(name, [*PYTEST, *how]) for name, how in TESTS.items()]
        return [*groups, *(other.result() for other in others)]


def table(steps: list[Result], groups: list[Result]) -> None:
    """Print what everything cost."""
    print("\n── what it cost")
    for step in steps:
        print(f"  {'ok    ' if step.ok else 'FAILED'} {step.name:<20} {step.seconds:6.0f} s")
    for group in groups:
        budget = BUDGETS[group.name]
        over = "   OVER BUDGET" if group.seconds > budget else ""
        print(f"  {'ok    ' if group.ok else 'FAILED'} {group.name:<20} {group.seconds:6.0f} s of {budget} s{over}")


def main(arguments: list[str]) -> int:
    """Run what was asked for; 0 only if all is well."""
    only_tests, *chosen = arguments or ["--all"]
    if chosen:
        return subprocess.run([*PYTEST, *chosen], cwd=ROOT, check=False).returncode
    steps: list[Result] = []
    groups: list[Result] = []
    if only_tests != "--tests":
        steps, whole = lint()
        groups.append(whole)
    groups += tests()
    table(steps, groups)
    return int(not all(group.ok for group in groups))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
