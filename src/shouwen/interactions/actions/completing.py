"""What the end of a contact brings with it, by whichever door it came. Parts of the doors' verbs."""

from __future__ import annotations

from datetime import datetime

from shouwen.customers import actions as timeline
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility
from shouwen.sla import actions as sla

from .. import queries

SUBJECT = "conversation"


def settle(*, interaction_id: int, by: Principal, at: datetime) -> None:
    """Let nobody answer for a contact any more, and no clock of it run."""
    sla.meet(subject=SUBJECT, subject_id=interaction_id, metric="wrap_up", at=at)
    sla.cancel(subject=SUBJECT, subject_id=interaction_id, at=at)
    responsibility.close(subject=SUBJECT, subject_id=interaction_id, by=by)


def write_completed(*, interaction_id: int, at: datetime) -> None:
    """Write on the customer's timeline what a contact was about and what was done, as its record says."""
    contact = queries.conversation(interaction_id)
    if contact.customer_id is None:
        return
    record = queries.service_record(interaction_id)
    reason = next(r for r in queries.reasons(everything=True) if r.code == record.reason)
    handling = next(h for h in queries.handlings() if h.code == record.handling)
    zh, en = f"{reason.zh} · {handling.zh}", f"{reason.en} · {handling.en}"
    write_line(interaction_id=interaction_id, what="completed", zh=zh, en=en, at=at)


def write_line(*, interaction_id: int, what: str, zh: str, en: str, at: datetime) -> None:
    """Write one line of a contact on its customer's timeline, if it is known whose it is."""
    contact = queries.conversation(interaction_id)
    if contact.customer_id is None:
        return
    timeline.write_timeline(
        customer_id=contact.customer_id,
        kind=f"contact.{what}",
        channel=contact.medium,
        subject=SUBJECT,
        subject_id=interaction_id,
        line_zh=zh,
        line_en=en,
        at=at,
    )
