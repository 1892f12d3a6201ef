"""`python -m lint`: check the house against its own rules."""

from __future__ import annotations

import sys
from pathlib import Path

from .rules import offences

SOURCE = Path(__file__).parent.parent / "src" / "shouwen"


def main() -> int:
    """Print every offence; return 1 if there is one."""
    found = [offence for path in sorted(SOURCE.rglob("*.py")) for offence in offences(path)]
    for offence in found:
        print(f"{offence.path.relative_to(SOURCE.parent.parent)}:{offence.line}: {offence.text}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
