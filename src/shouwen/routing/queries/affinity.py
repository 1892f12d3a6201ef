"""Whom a customer knows, from what is kept: his open matters and his past visits."""

from __future__ import annotations

from datetime import datetime, timedelta

from shouwen.responsibility import queries as responsibility

from ..models import Presence, Queue, Slot, WorkItem
from ..rules.affinity import LAST_FOR, Known, Preference, preference


def familiar(*, customer_id: int, queue: Queue, medium: str, at: datetime) -> Preference | None:
    """Return for whom a customer's new contact is held in a queue: the owner of his open matter, or who served him
    last.
    """
    owner, last = responsibility.owner_for(customer_id, "ticket"), _last(customer_id, at)
    named = {"owner": owner, "last": last}
    ids = {one for one in named.values() if one}
    if not ids:
        return None
    ready = set(
        Presence.objects.filter(staff_id__in=ids, domain_id=queue.domain_id, state="ready").values_list(
            "staff_id", flat=True
        )
    )
    slots = Slot.objects.filter(staff_id__in=ready, medium=medium, state__in=["free", "released"])
    free = set(slots.values_list("staff_id", flat=True))
    known = [
        Known(staff, kind, staff in ready, staff in free)  # type: ignore[arg-type]
        for kind, staff in named.items()
        if staff
    ]
    return preference(known, timedelta(seconds=queue.hold_seconds))


def _last(customer_id: int, at: datetime) -> int | None:
    rows = WorkItem.objects.filter(customer_id=customer_id, requested_at__gte=at - LAST_FOR, staff__isnull=False)
    return rows.order_by("-requested_at").values_list("staff_id", flat=True).first()
