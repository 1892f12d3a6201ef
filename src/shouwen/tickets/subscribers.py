"""How tickets answer to news from the rooms below."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit.approvals import ApprovalDecided
from shouwen.kit.events import subscribe
from shouwen.sla.events import DeadlineBreached, DeadlineReached, PauseRanOut
from shouwen.telephony.events import CallMade

from . import actions


@subscribe(DeadlineBreached)
def escalate_late_ticket(fact: DeadlineBreached) -> None:
    """A missed promise brings the ticket before the duty leader."""
    if fact.subject == "ticket":
        actions.escalate(ticket_id=fact.subject_id, metric=fact.metric)


@subscribe(DeadlineReached)
def tell_of_deadline(fact: DeadlineReached) -> None:
    """Those on the rung of the ladder hear how much of the time is used up."""
    if fact.subject == "ticket":
        actions.tell(ticket_id=fact.subject_id, metric=fact.metric, percent=fact.percent, to=fact.to)


@subscribe(PauseRanOut)
def note_clock_that_runs_on(fact: PauseRanOut) -> None:
    """The history says that a clock runs again although the ticket waits, and those who hold it hear."""
    if fact.subject == "ticket":
        actions.run_on(ticket_id=fact.subject_id, metric=fact.metric, reason=fact.reason)


@subscribe(ApprovalDecided)
def note_compensation(fact: ApprovalDecided) -> None:
    """What became of a compensation stands in the ticket's history, and the customer reads a yes."""
    if fact.kind == actions.COMPENSATION:
        actions.compensation_decided(ticket_id=fact.subject_id, approval_id=fact.approval_id)


@subscribe(CallMade)
def note_call_of_ticket(fact: CallMade) -> None:
    """The history says who called the customer about the ticket, and what became of it."""
    if fact.about == "ticket":
        at = datetime.fromisoformat(fact.settled_at)
        actions.note_call(ticket_id=fact.about_id, staff_id=fact.staff_id, outcome=fact.outcome, at=at)
