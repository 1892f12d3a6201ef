"""The files of a ticket, for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.forms.queries import handed_in
from shouwen.kit import files
from shouwen.kit.principals import Principal

from ..errors import TicketNotFound
from ..models import Ticket, TicketEntry, TicketFile
from .scope import visible


@dataclass(frozen=True)
class TicketFileView:
    """A file of a ticket, who added it and who may see it."""

    card: files.FileCard
    at: datetime
    actor: str
    actor_name: str
    visible_to_customer: bool


def files_of(number: str, *, by: Principal) -> list[TicketFileView]:
    """Return the files of a ticket that `by` may see: those that came with its form, then the others, oldest first.

    Staff see all; the customer what is meant for him, in his own session: the holder of a link sees none.
    """
    ticket = visible(by).filter(number=number).only("id").first()
    if ticket is None:
        raise TicketNotFound(number=number)
    rows = TicketFile.objects.filter(ticket=ticket).order_by("id")
    if by.kind != "staff":
        rows = rows.filter(visible_to_customer=True) if by.kind == "customer" else rows.none()
    held = {row.file_id: row for row in rows}
    cards = files.cards(held)
    return [
        *_of_the_form(ticket, by),
        *(
            TicketFileView(cards[i], row.at, row.actor, row.actor_name, row.visible_to_customer)
            for i, row in held.items()
        ),
    ]


def _of_the_form(ticket: Ticket, by: Principal) -> list[TicketFileView]:
    """Return the files that came with the answers to the ticket's form; the customer sees what he answered."""
    found = handed_in("ticket", ticket.pk) if by.kind in {"staff", "customer"} else None
    if found is None:
        return []
    opened = TicketEntry.objects.filter(ticket=ticket, actor=found.by).order_by("id")
    name = opened.values_list("actor_name", flat=True).first() or ""
    return [TicketFileView(card, found.at, found.by, name, visible_to_customer=True) for card in found.cards]
