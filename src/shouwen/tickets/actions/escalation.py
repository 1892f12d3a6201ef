"""Bringing a ticket before the duty leader, once."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit.principals import Principal
from shouwen.routing import queries as routing

from ..models import Ticket
from ..rules.lines import Deed
from .change import apply


def raise_to_leader(ticket: Ticket, deed: Deed, *, words: dict[str, object], by: Principal, at: datetime) -> bool:
    """Mark the ticket as brought before the duty leader; the second time nothing happens."""
    if ticket.escalated_at is not None:
        return False
    apply(ticket, deed, by=by, at=at, words=words, escalated_at=at, escalated_to="duty_leader")
    return True


def leader_of(ticket: Ticket) -> int:
    """Return the duty leader of the queue that serves the ticket."""
    return routing.queue(ticket.queue_code).duty_leader_id
