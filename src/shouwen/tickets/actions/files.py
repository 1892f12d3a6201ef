"""Files that belong to a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shouwen.kit import clock, files
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import permissions
from ..errors import FilesNeeded
from ..models import Ticket, TicketFile
from ..rules import lines
from .change import SUBJECT, apply, lock, refuse_if_over, require_hands

NAMES_MOST = 160


@action
def add_files(
    *,
    by: Principal,
    number: str,
    files: Sequence[UUID],
    visible_to_customer: bool = False,
    version: int | None = None,
) -> None:
    """Let staff add what they uploaded; what the customer is to see comes from those who have it in hand."""
    require(by, permissions.HANDLE)
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    refuse_if_over(ticket)
    if visible_to_customer:
        require_hands(ticket, by)
    names = take_up(ticket, files, by=by, at=at, shown=visible_to_customer)
    if not names:
        raise FilesNeeded
    apply(ticket, lines.FILED, by=by, at=at, shown=visible_to_customer, words={"files": names})


def take_up(ticket: Ticket, chosen: Sequence[UUID], *, by: Principal, at: datetime, shown: bool) -> str:
    """Make uploaded files the ticket's, inside the calling action; return their names in one line."""
    cards = files.attach(by=by, files=chosen, subject=SUBJECT, subject_id=ticket.pk)
    for card in cards:
        TicketFile.objects.get_or_create(
            file_id=card.id,
            defaults={
                "ticket": ticket,
                "at": at,
                "actor": by.key,
                "actor_name": by.name if by.kind == "staff" else "",
                "visible_to_customer": shown,
            },
        )
    return "、".join(card.name for card in cards)[:NAMES_MOST]
