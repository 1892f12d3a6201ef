"""Whose eyes see which tickets."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from shouwen.customers import queries as customers
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing

from .. import permissions
from ..models import Ticket
from ..rules.states import OPEN


def visible(by: Principal) -> QuerySet[Ticket]:
    """Return the tickets `by` may see.

    Staff see those of their organisations, of the queues they serve, and those in their hands; a customer sees
    his own, the holder of a link the one it opens, a visitor none. What is over with a customer whose data is
    restricted is hidden from staff without that permission.
    """
    rows = Ticket.objects.all()
    if by.kind == "system":
        return rows
    if by.kind == "customer":
        return rows.filter(customer_id=by.id)
    if by.kind == "staff":
        require(by, permissions.VIEW)
        if not customers.sees_restricted(by):
            rows = rows.filter(unlocked())
        if by.organisations is None:
            return rows
        queues = routing.queue_codes_of(by)
        return rows.filter(in_scope(person=by.id, organisations=list(by.organisations), queues=queues))
    subject, subject_id = by.matter or ("", 0)
    return rows.filter(id=subject_id) if subject == "ticket" else rows.none()


def unlocked() -> Q:
    """Return the condition of what restriction leaves in sight: what is open, and customers who asked for none."""
    return Q(state__in=OPEN) | Q(customer__restricted_at__isnull=True)


def in_scope(*, person: Any, organisations: Any, queues: Any) -> Q:
    """Return the condition of what somebody with a limited scope sees; values, or blanks of a prepared query."""
    return (
        Q(organisation=None)
        | Q(organisation__id__any=organisations)
        | Q(queue_code__any=queues)
        | Q(id__in=responsibility.handled_ids("ticket", person))
        | Q(id__in=responsibility.owned_ids("ticket", person))
    )
