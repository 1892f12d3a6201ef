"""Looks after callers whose agent's line was lost, and tells those who wait their place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from . import actions
from .models import Call

logger = logging.getLogger(__name__)
BATCH = 100


def sweep(at: datetime) -> int:
    """Do what time brought; return how many calls that concerned.

    1. Offer anew what waits for a line that did not come back.
    2. Tell those who wait their place.
    """
    lost = Call.objects.filter(reconnect_by__lte=at).order_by("reconnect_by").values_list("pk", flat=True)[:BATCH]
    untold = Call.objects.filter(tell_at__lte=at).order_by("tell_at").values_list("pk", flat=True)[:BATCH]
    return sum(_one(actions.give_up_lost, i) for i in list(lost)) + sum(
        _one(actions.tell_place, i) for i in list(untold)
    )


def _one(look_after: Callable[..., bool], interaction_id: int) -> bool:
    try:
        return look_after(interaction_id=interaction_id)
    except Exception:
        logger.exception("looking after call %s failed", interaction_id)
        return False
