"""Sending one-time codes in the background."""

from __future__ import annotations

from shouwen.kit.jobs import job

from . import actions


@job()
def send_code(request_id: int) -> None:
    """Make and send the code of a request; done twice, it is sent once."""
    actions.send_code(request_id=request_id)
