"""What customers do by themselves."""

from __future__ import annotations

from shouwen.kit.jobs import job

from . import actions


@job()
def forget_expired() -> None:
    """Remove codes and sessions that are long over."""
    actions.forget_expired()
