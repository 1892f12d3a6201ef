"""The entrances to the matching: alone, in autocommit, after the change they follow is kept.

They take the routing domain's lock, so they refuse to run inside a transaction: the lock would last until its end.
A call that fails or never happens (a killed process) is made good by the sweeper within a second.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import Error, connection

from shouwen.kit import clock, events
from shouwen.kit.actions import forbid_inside_transaction

from ..models import Domain
from ..rules.presence import LOST_AFTER

logger = logging.getLogger(__name__)


def route(*, work_item_id: int, at: datetime) -> int | None:
    """Put an arrived item in line and offer it; return the member of staff, or None while nobody may have it."""
    return _alone("select routing_route(%s, %s)", work_item_id, at) or None


def ready(*, staff_id: int, at: datetime) -> int:
    """Let a seat take work with what it has free; return how many contacts it was offered."""
    return _alone("select routing_ready(%s, %s)", staff_id, at) or 0


def sweep_domain(*, domain_id: int, at: datetime) -> int:
    """Do in one domain what time brought and a crash left; return how many contacts were offered."""
    lost_before = clock.wall() - LOST_AFTER
    return _alone("select routing_sweep(%s, %s, %s)", domain_id, at, lost_before) or 0


def sweep(at: datetime) -> int:
    """Sweep every domain; one that is busy or broken does not stop the others."""
    offered = 0
    for domain_id in Domain.objects.order_by("id").values_list("id", flat=True):
        try:
            offered += sweep_domain(domain_id=domain_id, at=at)
        except Error:
            logger.exception("routing domain %s could not be swept", domain_id)
    return offered


def _alone(statement: str, *values: int | datetime) -> int | None:
    forbid_inside_transaction("matching")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        answer: int | None = cursor.fetchone()[0]
    events.announce()
    return answer
