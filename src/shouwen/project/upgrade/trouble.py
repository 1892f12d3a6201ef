"""What can stop an upgrade; each message says why and what to do."""

from __future__ import annotations


class UpgradeRefused(Exception):
    """Nothing was changed, or what was changed can be gone on with."""
