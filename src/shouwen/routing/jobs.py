"""The sweep that heals: offers nobody answered, holds that are over, seats that fell silent, what a crash left."""

from __future__ import annotations

from datetime import datetime

from . import actions


def sweep(at: datetime) -> int:
    """Sweep every routing domain; return how many contacts were offered. Run it every second, anywhere, any number."""
    return actions.sweep(at)
