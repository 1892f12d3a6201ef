"""What became of calls that were made about a ticket."""

from __future__ import annotations

from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM, Principal

from ..models import TicketEntry
from ..rules import lines
from .change import leave_traces, lock


@action
def note_call(*, ticket_id: int, staff_id: int, outcome: str, at: datetime) -> bool:
    """Write into a ticket, open or closed, who called its customer and what became of it; told twice, it is once."""
    ticket = lock(by=SYSTEM, ticket_id=ticket_id)
    card = accounts.staff_card(staff_id)
    who = Principal(kind="staff", id=card.id, name=card.name)
    if TicketEntry.objects.filter(ticket=ticket, kind=lines.CALLED.verb, actor=who.key, at=at).exists():
        return False
    words: dict[str, object] = {"outcome": lines.CALL_EN[outcome], "outcome_zh": lines.CALL_ZH[outcome]}
    leave_traces(ticket, lines.CALLED, by=who, at=at, words={"name": card.name, **words})
    return True
