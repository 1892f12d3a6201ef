"""What staff and customers are told, once for each version of a ticket."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shouwen.customers import actions as customers
from shouwen.notifications import actions as notifications

from ..models import Ticket
from .change import SUBJECT, hands

LINKED = frozenset({"tickets.question", "tickets.resolved", "tickets.follow_up"})


def tell_customer(ticket: Ticket, template: str, *, at: datetime) -> None:
    """Write to the customer; what he must act on comes with a link that opens this matter alone."""
    params = {"number": ticket.number}
    if template in LINKED:
        params["link"] = customers.issue_link(subject=SUBJECT, subject_id=ticket.pk, customer_id=ticket.customer_id)
    _notify(ticket, f"customer:{ticket.customer_id}", template, at=at, params=params)


def tell_staff(
    ticket: Ticket, template: str, staff_ids: Iterable[int | None], *, at: datetime, about: str = "", **params: str
) -> None:
    """Write to members of staff, each once for each version of the ticket, or for each thing it is `about`."""
    values = params or {"number": ticket.number}
    for staff_id in sorted({staff_id for staff_id in staff_ids if staff_id is not None}):
        _notify(ticket, f"staff:{staff_id}", template, at=at, params=values, about=about)


def tell_hands(ticket: Ticket, template: str, *, at: datetime, **params: str) -> None:
    """Write to the owner and the handler."""
    hand = hands(ticket)
    tell_staff(ticket, template, (hand.owner_id, hand.handler_id), at=at, **params)


def _notify(
    ticket: Ticket, recipient: str, template: str, *, at: datetime, params: dict[str, str], about: str = ""
) -> None:
    notifications.notify(
        recipient=recipient,
        template=template,
        params=params,
        subject=SUBJECT,
        subject_id=ticket.pk,
        dedupe_key=f"{template}:{ticket.pk}:{about or ticket.version}:{recipient}",
        at=at,
    )
