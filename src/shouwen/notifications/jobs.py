"""Sending in the background."""

from __future__ import annotations

from shouwen.kit.jobs import job

from . import actions


@job()
def send(notification_id: int) -> None:
    """Send one queued message. A message keeps its own count of tries, so a failed try is no failed job."""
    actions.deliver(notification_id=notification_id)


def rescue() -> int:
    """Queue messages again that nobody is sending; return how many."""
    return actions.rescue()
