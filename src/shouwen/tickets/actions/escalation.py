"""Bringing a ticket before the duty leader, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kit.principals import Principal
from shouwen.routing import queries as routing

from ..models import Ticket
from ..rules.lines import Deed
from .change import apply, hands


def raise_to_leader(ticket: Ticket, deed: Deed, *, words: dict[str, object], by: Principal, at: datetime) -> bool:
    """Mark the ticket as brought before the duty leader; the second time nothing happens."""
    if ticket.escalated_at is not None:
        return False
    apply(ticket, deed, by=by, at=at, words=words, escalated_at=at, escalated_to="duty_leader")
    return True


def people(ticket: Ticket, to: Iterable[str]) -> set[int]:
    """Return the members of staff whom the words of a ladder mean; who is away is stood for by his cover.

    While nobody works on a ticket, its owner stands for the handler. When nobody is there, the duty leader hears.
    """
    hand, found = hands(ticket), set[int]()
    for recipient in to:
        sort, _, name = recipient.partition(":")
        if sort == "role":
            found |= accounts.holders(name, ticket.organisation_id)
        elif sort == "staff":
            found |= {accounts.find_staff(name).id}
        else:
            held = {"owner": hand.owner_id, "handler": hand.handler_id or hand.owner_id}
            found.add(held.get(sort) or leader_of(ticket))
    return accounts.present(found) or {leader_of(ticket)}


def leader_of(ticket: Ticket) -> int:
    """Return the duty leader of the queue that serves the ticket."""
    return routing.queue(ticket.queue_code).duty_leader_id
