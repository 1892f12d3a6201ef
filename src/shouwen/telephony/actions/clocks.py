"""The promises of time a call makes."""

from __future__ import annotations

from datetime import datetime

from shouwen.customers import queries as customers
from shouwen.sla import actions as sla

from .. import rules
from ..models import Call
from .finding import SUBJECT


def start_clock(call: Call, metric: str, at: datetime) -> None:
    """Start one clock of a call, under the policy that fits what is known of its caller."""
    contact = call.interaction
    card = customers.card(contact.customer_id) if contact.customer_id is not None else None
    sla.start(
        subject=SUBJECT,
        subject_id=call.pk,
        metric=metric,
        facets=rules.facets(tier=card.star, customer=card.kind) if card else rules.facets(),
        at=at,
        organisation_id=contact.organisation_id,
    )


def from_answer_to_handling(call: Call, at: datetime) -> None:
    """Stop the answer clock and start the handling clock."""
    sla.meet(subject=SUBJECT, subject_id=call.pk, metric="answer", at=at)
    start_clock(call, "handling", at)


def from_handling_to_wrap_up(call: Call, at: datetime) -> None:
    """Stop the clocks of the call and start the one of its writing up."""
    for metric in ("answer", "handling"):
        sla.meet(subject=SUBJECT, subject_id=call.pk, metric=metric, at=at)
    start_clock(call, "wrap_up", at)
