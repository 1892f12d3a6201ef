"""`python -m trials NAME`: run one trial; the exit code says whether the product stood it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from . import holidays, kill, voice_kill

TRIALS: dict[str, Callable[[], bool]] = {"holidays": holidays.main, "kill": kill.main, "voice-kill": voice_kill.main}


def main() -> int:
    """Run the trial named on the command line."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in TRIALS:
        print(f"Name a trial: {', '.join(TRIALS)}. For example: make trial NAME=kill MINUTES=10", file=sys.stderr)
        return 2
    try:
        return 0 if TRIALS[name]() else 1
    except kill.MissingData as missing:
        print(missing, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
