"""Looks after conversations whose customer is not there."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from shouwen.kit import clock

from . import actions
from .models import Chat
from .rules import PATIENCE

BATCH = 200


def sweep(at: datetime) -> int:  # noqa: ARG001 - presence is measured on the wall
    """Let the gone go, warn the silent, end what stayed silent; return how many conversations changed."""
    wall = clock.wall()
    gone = Chat.objects.filter(live=True, staff=None, customer_seen_at__lt=wall - PATIENCE.gone_after)
    silent = Chat.objects.filter(live=True, staff__isnull=False)
    to_warn = silent.filter(warned_at=None, silent_since__lt=wall - PATIENCE.warn_after)
    to_end = silent.filter(warned_at__lt=wall - PATIENCE.end_after)
    changed = sum(actions.give_up_gone(interaction_id=i) for i in _ids(gone))
    changed += sum(actions.end_silent(interaction_id=i) for i in _ids(to_end))
    return changed + sum(actions.warn_silent(interaction_id=i) for i in _ids(to_warn))


def _ids(rows: QuerySet[Chat]) -> list[int]:
    return list(rows.order_by("interaction_id").values_list("interaction_id", flat=True)[:BATCH])
