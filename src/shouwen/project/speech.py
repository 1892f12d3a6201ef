"""Which language commands speak: that of the terminal they run in."""

from __future__ import annotations

import os
from contextvars import ContextVar

asked: ContextVar[str] = ContextVar("asked", default="")
"""The language of who asks over HTTP; empty at a terminal."""


def say(zh: str, en: str) -> str:
    """Return the text for this terminal, or for who asks over HTTP."""
    if asked.get():
        return en if asked.get() == "en" else zh
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return zh if value.lower().startswith("zh") else en
    return en
