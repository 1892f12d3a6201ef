"""Looks after callers whose agent's line was lost."""

from __future__ import annotations

import logging
from datetime import datetime

from . import actions
from .models import Call

logger = logging.getLogger(__name__)
BATCH = 100


def sweep(at: datetime) -> int:
    """Offer anew what waits for a line that did not come back; return how many calls that were."""
    due = Call.objects.filter(reconnect_by__lte=at).order_by("reconnect_by").values_list("pk", flat=True)[:BATCH]
    return sum(_one(interaction_id) for interaction_id in list(due))


def _one(interaction_id: int) -> bool:
    try:
        return actions.give_up_lost(interaction_id=interaction_id)
    except Exception:
        logger.exception("looking after call %s failed", interaction_id)
        return False
