"""The documented attempts to reach a ticket's customer. Parts of this room's verbs."""

from __future__ import annotations

from datetime import datetime

from ..models import ContactAttempt, Ticket, TicketEntry
from ..rules.revisit import Attempt, Outcome


def since_waiting(ticket: Ticket) -> list[Attempt]:
    """Return the attempts made since the ticket began to wait on the customer."""
    rows = ContactAttempt.objects.filter(ticket=ticket, at__gte=ticket.waiting_since or ticket.opened_at)
    return [Attempt(*values) for values in rows.order_by("id").values_list("outcome", "agreed")]


def since_reopened(ticket: Ticket) -> list[Attempt]:
    """Return the attempts made since the ticket was opened, or opened again."""
    reopened = TicketEntry.objects.filter(ticket=ticket, kind="reopen").order_by("-id")
    start = reopened.values_list("at", flat=True).first() or ticket.opened_at
    rows = ContactAttempt.objects.filter(ticket=ticket, at__gte=start).order_by("id")
    return [Attempt(*values) for values in rows.values_list("outcome", "agreed")]


def settle(ticket: Ticket, outcome: Outcome, *, at: datetime) -> None:
    """Decide the attempt that still waits for a reply, if there is one."""
    waiting = ContactAttempt.objects.filter(ticket=ticket, outcome="awaiting")
    waiting.update(outcome=outcome, settled_at=at)


def document(
    ticket: Ticket,
    *,
    by: str,
    channel: str,
    outcome: Outcome,
    at: datetime,
    note: str = "",
    agreed: bool | None = None,
) -> None:
    """Put one attempt on record."""
    ContactAttempt.objects.create(
        ticket=ticket,
        at=at,
        channel=channel,
        outcome=outcome,
        agreed=agreed,
        note=note[:500],
        by=by,
        settled_at=None if outcome == "awaiting" else at,
    )
