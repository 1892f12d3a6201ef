"""Which language commands speak: that of the terminal they run in."""

from __future__ import annotations

import os


def say(zh: str, en: str) -> str:
    """Return the text for this terminal."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return zh if value.lower().startswith("zh") else en
    return en
