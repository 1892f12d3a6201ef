"""Whose eyes see which tickets."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing

from .. import permissions
from ..models import Ticket


def visible(by: Principal) -> QuerySet[Ticket]:
    """Return the tickets `by` may see.

    Staff see those of their organisations, of the queues they serve, and those in their hands; a customer sees
    his own, the holder of a link the one it opens, a visitor none.
    """
    rows = Ticket.objects.all()
    if by.kind == "system":
        return rows
    if by.kind == "customer":
        return rows.filter(customer_id=by.id)
    if by.kind == "staff":
        require(by, permissions.VIEW)
        return rows if by.organisations is None else rows.filter(_scope(by))
    subject, subject_id = by.matter or ("", 0)
    return rows.filter(id=subject_id) if subject == "ticket" else rows.none()


def _scope(by: Principal) -> Q:
    return (
        Q(organisation_id=None)
        | Q(organisation_id__in=by.organisations or ())
        | Q(queue_code__in=routing.queue_codes_of(by))
        | Q(id__in=responsibility.handled_ids("ticket", by.id))
        | Q(id__in=responsibility.owned_ids("ticket", by.id))
    )
