"""Whether matters were settled the first time, from contacts, their reasons and the work on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shouwen.interactions import facts

from ..models import Segment
from ..rules.resolution import Handled, Resolution, judge
from .table import Filters
from .today import POLICY

__all__ = ["Resolution", "TicketState", "handled", "resolution"]


@dataclass(frozen=True)
class TicketState:
    """What a room above knows of a contact's ticket."""

    settled: bool
    resolvable: bool
    escalated: bool = False


def handled(chosen: Filters, tickets: Mapping[int, TicketState] | None = None) -> list[Handled]:
    """Return the contacts that a person handled for a known customer with a reason on record."""
    rows = facts.contacts().filter(
        opened_at__gte=chosen.since,
        opened_at__lt=chosen.until,
        queue_code__in=chosen.queue_codes,
        customer_id__isnull=False,
        service_record__reason__gt="",
    )
    found = list(rows.values_list("id", "customer_id", "service_record__reason", "opened_at", "direction"))
    work: dict[int, bool] = {}
    for number, passed in Segment.objects.filter(interaction_id__in=[row[0] for row in found]).values_list(
        "interaction_id", "transferred"
    ):
        work[number] = work.get(number, False) or passed
    return [_handled(row, work[row[0]], (tickets or {}).get(row[0])) for row in found if row[0] in work]


def resolution(contacts: list[Handled], *, since: datetime, until: datetime, at: datetime) -> Resolution:
    """Judge the matters whose first contact lies in a stretch; contacts around it show what repeats."""
    inside = {c.contact for c in contacts if since <= c.at < until}
    found = judge(contacts, POLICY, at)
    counted = sum(c.inbound for c in contacts if c.contact in inside)
    return Resolution(tuple(one for one in found.judged if one.contact in inside), counted)


def _handled(row: tuple[int, int, str, datetime, str], transferred: bool, ticket: TicketState | None) -> Handled:  # noqa: FBT001
    number, customer, reason, at, direction = row
    return Handled(
        contact=number,
        customer=customer,
        reason=reason,
        at=at,
        inbound=direction == "inbound",
        transferred=transferred,
        escalated=bool(ticket and ticket.escalated),
        settled=ticket is None or ticket.settled,
        resolvable=ticket is None or ticket.resolvable,
    )
