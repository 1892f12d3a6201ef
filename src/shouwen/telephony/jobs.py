"""Looks after callers whose agent's line was lost, those to be told their place, and recordings that stand still."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from . import actions
from .models import Call, RecordingPause

logger = logging.getLogger(__name__)
BATCH = 100


def sweep(at: datetime) -> int:
    """Do what time brought; return how many calls that concerned.

    1. Offer anew what waits for a line that did not come back.
    2. Tell those who wait their place.
    3. Let recordings go on that stood still as long as they may.
    """
    lost = Call.objects.filter(reconnect_by__lte=at).order_by("reconnect_by").values_list("pk", flat=True)[:BATCH]
    untold = Call.objects.filter(tell_at__lte=at).order_by("tell_at").values_list("pk", flat=True)[:BATCH]
    paused = RecordingPause.objects.filter(ended_at=None, resumption=None, until__lte=at).order_by("until")
    still = paused.values_list("call_id", flat=True)[:BATCH]
    due = ((actions.give_up_lost, lost), (actions.tell_place, untold), (actions.pause_over, still))
    return sum(_one(look_after, call) for look_after, calls in due for call in list(calls))


def _one(look_after: Callable[..., bool], interaction_id: int) -> bool:
    try:
        return look_after(interaction_id=interaction_id)
    except Exception:
        logger.exception("looking after call %s failed", interaction_id)
        return False
