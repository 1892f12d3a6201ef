"""The promises of time a conversation makes."""

from __future__ import annotations

from datetime import datetime

from shouwen.customers import queries as customers
from shouwen.sla import actions as sla

from .. import rules
from ..models import Chat
from .finding import SUBJECT


def start_clock(
    interaction_id: int,
    metric: str,
    *,
    medium: str,
    customer_id: int | None,
    organisation_id: int | None,
    at: datetime,
) -> None:
    """Start one clock of a conversation, under the policy that fits what is known of it."""
    card = customers.card(customer_id) if customer_id is not None else None
    facets = rules.facets(medium, tier=card.star, customer=card.kind) if card else rules.facets(medium)
    sla.start(
        subject=SUBJECT,
        subject_id=interaction_id,
        metric=metric,
        facets=facets,
        at=at,
        organisation_id=organisation_id,
    )


def start_clock_of(chat: Chat, metric: str, at: datetime) -> None:
    """Start one clock of a conversation that is there already."""
    contact = chat.interaction
    start_clock(
        chat.pk,
        metric,
        medium=contact.medium,
        customer_id=contact.customer_id,
        organisation_id=contact.organisation_id,
        at=at,
    )
