"""The files of a ticket, for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.kit import files
from shouwen.kit.principals import Principal

from ..errors import TicketNotFound
from ..models import TicketFile
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
    """Return the files of a ticket that `by` may see, oldest first.

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
        TicketFileView(cards[i], row.at, row.actor, row.actor_name, row.visible_to_customer) for i, row in held.items()
    ]
