"""The promise, for the doctor and the trials: what breaks it, by kind."""

from __future__ import annotations

from shouwen.desk.queries import promise
from shouwen.kit import clock


def breaches() -> dict[str, list[str]]:
    """Return what was lost, what was doubled, and what has no owner or clock; three empty lists when it holds."""
    found = promise(clock.now())
    kinds = {"lost": found.lost, "doubled": found.doubled, "ownerless": found.ownerless}
    return {kind: [f"{f.subject} {f.subject_id}: {f.why}" for f in faults] for kind, faults in kinds.items()}
