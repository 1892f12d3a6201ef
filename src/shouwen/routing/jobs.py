"""The sweep that heals: offers nobody answered, holds that are over, seats that fell silent, what a crash left.

Before it, what time brings by date: published rules, loans to give back, qualifications that end, callbacks that are
due.
"""

from __future__ import annotations

from datetime import datetime

from . import actions


def sweep(at: datetime) -> int:
    """Sweep every routing domain; return how many contacts were offered. Run it every second, anywhere, any number."""
    actions.adopt_published(at)
    actions.return_loans(at=at)
    actions.keep_qualified(at)
    actions.open_due_callbacks(at=at)
    return actions.sweep(at)
