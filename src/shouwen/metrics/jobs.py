"""Keeps the counts in step with the journal."""

from __future__ import annotations

from datetime import datetime

from . import actions, queries


def count_new(at: datetime) -> int:
    """Count what is new in the journal; return how many contacts that touched. Run it every second, anywhere."""
    counted = 0
    while found := actions.count_new(policy=queries.POLICY, at=at):
        counted += found
    return counted
