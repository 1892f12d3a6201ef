"""How tickets answer to news from the rooms below."""

from __future__ import annotations

from shouwen.kit.events import subscribe
from shouwen.sla.events import DeadlineBreached, DeadlineWarned

from . import actions


@subscribe(DeadlineBreached)
def escalate_late_ticket(fact: DeadlineBreached) -> None:
    """A missed promise brings the ticket before the duty leader."""
    if fact.subject == "ticket":
        actions.escalate(ticket_id=fact.subject_id, metric=fact.metric)


@subscribe(DeadlineWarned)
def warn_of_deadline(fact: DeadlineWarned) -> None:
    """Owner and handler hear of a promise that is about to be missed."""
    if fact.subject == "ticket":
        actions.warn(ticket_id=fact.subject_id, metric=fact.metric)
