"""What happens elsewhere and concerns written conversations."""

from __future__ import annotations

from shouwen.customers.events import VisitorSignedIn
from shouwen.kit.events import subscribe

from . import actions


@subscribe(VisitorSignedIn)
def give_conversations_to_customer(fact: VisitorSignedIn) -> None:
    """Who signs in keeps what he began as a visitor."""
    actions.visitor_signed_in(visitor_id=fact.visitor_id, customer_id=fact.customer_id)
