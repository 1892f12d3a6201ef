"""Working on imports in the background."""

from __future__ import annotations

from shouwen.kit.jobs import job

from . import actions


@job(queue="imports")
def run(import_id: int) -> None:
    """Do the step an import stands at; done twice, it is done once."""
    actions.run(import_id)
