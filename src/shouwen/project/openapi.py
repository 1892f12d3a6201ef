"""`python -m shouwen.project.openapi`: write the API description, or check that the kept one is still true."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django

KEPT = Path(__file__).parents[3] / "openapi.json"


def described() -> str:
    """Return the description of the API as the code has it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
    django.setup()
    from .api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write `openapi.json`, or with --check return 1 when it differs from the code."""
    text = described()
    if "--check" not in arguments:
        KEPT.write_text(text, encoding="utf-8")
        return 0
    if KEPT.exists() and KEPT.read_text(encoding="utf-8") == text:
        return 0
    print("openapi.json differs from the code. Run: make openapi", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
