"""Making exports in the background."""

from __future__ import annotations

from shouwen.kit.jobs import job

from . import actions


@job(queue="exports")
def run(export_id: int) -> None:
    """Make an export; done twice, it is one file."""
    actions.run(export_id)
