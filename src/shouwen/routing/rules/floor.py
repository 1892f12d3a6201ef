"""Limits of what leaders decide for a while."""

from __future__ import annotations

from datetime import timedelta

LONGEST_NUISANCE = timedelta(days=30)
LONGEST_LOAN = timedelta(days=7)
LONGEST_ANNOUNCEMENT = timedelta(days=3)
PULL_HOLD = timedelta(seconds=60)
