"""`make check`: everything a change must pass, each once, with what it cost beside what it may cost.

All steps run even when one fails, so that one round shows everything. The tests come last; their summary closes
the output, after the table of budgets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
WEB = [PYTHON, "tools/web.py"]
STEPS: dict[str, list[str]] = {
    "ruff": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "types": [PYTHON, "-m", "mypy", "src", "lint", "tools", "tests", "conftest.py"],
    "import contracts": [str(Path(PYTHON).with_name("lint-imports"))],
    "own rules": [PYTHON, "-m", "lint"],
    "migrations": [PYTHON, "-m", "shouwen.manage", "makemigrations", "--check", "--dry-run"],
    "API description": [PYTHON, "-m", "shouwen.project.openapi", "--check"],
    "API client": [*WEB, "gen-api", "--check"],
    "eslint": [*WEB, "lint"],
    "vue types": [*WEB, "typecheck"],
    "vitest": [*WEB, "test"],
    "front end": [*WEB, "build"],
}


def run(name: str, command: list[str]) -> dict[str, object]:
    """Run one step and note what it cost."""
    print(f"\n── {name}", flush=True)
    begun = time.monotonic()
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    return {"name": name, "seconds": time.monotonic() - begun, "ok": status == 0}


def main(arguments: list[str]) -> int:
    """Run the steps, then the tests; 0 only if all is well."""
    results = [run(name, command) for name, command in STEPS.items()]
    print("\n── tests", flush=True)
    surroundings = {**os.environ, "CHECK_STEPS": json.dumps(results)}
    tests = subprocess.run([PYTHON, "-m", "pytest", *arguments], cwd=ROOT, check=False, env=surroundings).returncode
    return tests or int(not all(result["ok"] for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
