"""Sending in the background, a line of its own for each channel, so that a slow carrier holds up nothing else."""

from __future__ import annotations

from . import actions

CHANNELS = ("sms", "email")


def send_due(channel: str) -> int:
    """Send what is due in one channel; return how many messages were tried."""
    return actions.send_due(channel)
