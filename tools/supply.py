"""What the product is made of, and what is known against it.

    python tools/supply.py sbom         dist/sbom-python.json and dist/sbom-web.json in CycloneDX: what is shipped
    python tools/supply.py advisories   the same lists against the published advisories

Advisories need a connection to the registries. Without one the answer is a sentence and status 2: not asked is not
well.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
NPM = [sys.executable, str(ROOT / "tools" / "web.py"), "npm"]
Bill = dict[str, Any]
FOUND, NOT_ASKED = 1, 2
SECONDS = 300


def python_bill() -> Bill:
    """Return what is installed and shipped: the product's dependencies and theirs, without tools for developers."""
    order = [sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject", "pyproject.toml"]
    found: Bill = json.loads(_said(order))
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return only(found, closure(wanted))


def web_bill() -> Bill:
    """Return what the built pages are made of, from the lock file."""
    order = [*NPM, "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"]
    bill: Bill = json.loads(_said(order))
    return bill


def closure(wanted: list[str]) -> set[str]:
    """Return the names of these distributions and of all that they need on this machine."""
    left, seen = [Requirement(line) for line in wanted], set[tuple[str, str]]()
    while left:
        one = left.pop()
        name = canonicalize_name(one.name)
        for extra in {"", *one.extras} - {had for known, had in seen if known == name}:
            seen.add((name, extra))
            needs = map(Requirement, metadata.distribution(name).requires or [])
            left += [need for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})]
    return {name for name, _ in seen}


def only(bill: Bill, names: set[str]) -> Bill:
    """Return a bill with these components and nothing else."""
    parts = [part for part in bill["components"] if canonicalize_name(part["name"]) in names]
    kept = {part["bom-ref"] for part in parts} | {bill["metadata"]["component"]["bom-ref"]}
    lines = [
        {**line, "dependsOn": [one for one in line.get("dependsOn", []) if one in kept]}
        for line in bill["dependencies"]
        if line["ref"] in kept
    ]
    return {**bill, "components": parts, "dependencies": lines}


def sbom() -> int:
    """Write both bills."""
    DIST.mkdir(exist_ok=True)
    for name, bill in (("sbom-python.json", python_bill()), ("sbom-web.json", web_bill())):
        (DIST / name).write_text(json.dumps(bill, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"dist/{name}: {len(bill['components'])} components")
    return 0


def advisories() -> int:
    """Ask the registries what is known against each part; 0 nothing, 1 something, 2 they could not be asked."""
    return max(_python_advisories(), _web_advisories())


def _python_advisories() -> int:
    lines = sorted(f"{part['name']}=={part['version']}" for part in python_bill()["components"])
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as given:
        given.write("\n".join(lines))
        given.flush()
        order = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
        asked = _ran([*order, "--format", "json", "--requirement", given.name])
    try:
        told: list[Bill] = json.loads(asked.stdout)["dependencies"] if asked else []
    except (ValueError, KeyError):
        told = []
    return judged(told, len(lines)) if told else _not_asked("Python", asked)


def judged(told: list[Bill], wanted: int) -> int:
    """Print what is known against each part; one that the registry did not answer for is not well."""
    skipped = [one for one in told if "skip_reason" in one]
    found = [(one, bad) for one in told for bad in one.get("vulns", [])]
    for one, bad in found:
        mended = ", ".join(bad.get("fix_versions", [])) or "no version yet"
        print(f"Python: {one['name']} {one['version']} {bad['id']}, mended in {mended}")
    print(f"Python, {wanted} packages: {len(found)} known, {len(skipped)} without an answer")
    if found:
        return FOUND
    return NOT_ASKED if skipped or len(told) < wanted else 0


def _web_advisories() -> int:
    asked = _ran([*NPM, "audit", "--omit", "dev", "--json"])
    try:
        told = json.loads(asked.stdout) if asked else {}
        counts = told["metadata"]["vulnerabilities"]
    except (ValueError, KeyError):
        return _not_asked("npm", asked)
    for name, one in told["vulnerabilities"].items():
        print(f"npm: {name} {one['severity']} ({one['range']})")
    print(f"npm, {told['metadata']['dependencies']['prod']} packages: {counts['total']} known")
    return FOUND if counts["total"] else 0


def _not_asked(who: str, asked: subprocess.CompletedProcess[str] | None) -> int:
    told = [line for line in asked.stderr.splitlines() if "rror" in line and "log" not in line] if asked else []
    why = told[0].strip()[:200] if told else "no answer"
    print(f"{who}: the advisories could not be asked for ({why}). Connect to the registry and run it again.")
    return NOT_ASKED


def _said(order: list[str]) -> str:
    return subprocess.run(order, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _ran(order: list[str]) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(order, cwd=ROOT, check=False, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None


if __name__ == "__main__":
    sys.exit({"sbom": sbom, "advisories": advisories}[sys.argv[1]]())
