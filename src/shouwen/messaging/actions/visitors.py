"""A visitor who signs in keeps what he began."""

from __future__ import annotations

from shouwen.interactions import actions as interactions
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM

from ..models import Chat
from .ending import leave
from .finding import SUBJECT, audience, hold_key, locked


@action
def visitor_signed_in(*, visitor_id: int, customer_id: int) -> None:
    """Give a visitor's conversations to the customer he proved to be. Doing so twice changes nothing.

    A customer is in one conversation at a time: if he is in one already, the visitor's ends.
    """
    at = clock.now()
    visitor, customer = f"visitor:{visitor_id}", f"customer:{customer_id}"
    hold_key(customer)
    busy = Chat.objects.filter(access_key=customer, live=True).exists()
    rows = Chat.objects.filter(access_key=visitor).order_by("interaction_id")
    for interaction_id in list(rows.values_list("interaction_id", flat=True)):
        chat = locked(interaction_id)
        if chat.live and busy:
            leave(chat, ended_by="customer", by=SYSTEM, at=at)
        chat.access_key = customer
        chat.save(update_fields=["access_key"])
        audit.record(SYSTEM, "messaging.move-to-customer", subject=SUBJECT, subject_id=chat.pk)
        interactions.link_customer(
            interaction_id=chat.pk, customer_id=customer_id, by=SYSTEM, at=at, audience=audience(chat)
        )
