"""Looks after conversations whose customer is not there."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet

from shouwen.kit import clock

from . import actions
from .models import Chat
from .rules import PATIENCE

logger = logging.getLogger(__name__)
BATCH = 200


class Care(Protocol):
    """A verb that does what is due with one conversation and tells whether anything was."""

    def __call__(self, *, interaction_id: int) -> bool: ...


def sweep(at: datetime) -> int:  # noqa: ARG001 - presence is measured on the wall
    """Let the gone go, warn the silent, end what stayed silent; return how many conversations changed."""
    wall = clock.wall()
    gone = Chat.objects.filter(live=True, staff=None, customer_seen_at__lt=wall - PATIENCE.gone_after)
    silent = Chat.objects.filter(live=True, staff__isnull=False)
    to_warn = silent.filter(warned_at=None, silent_since__lt=wall - PATIENCE.warn_after)
    to_end = silent.filter(warned_at__lt=wall - PATIENCE.end_after)
    changed = _each(actions.give_up_gone, gone)
    changed += _each(actions.end_silent, to_end)
    return changed + _each(actions.warn_silent, to_warn)


def _each(verb: Care, rows: QuerySet[Chat]) -> int:
    return sum(_one(verb, interaction_id) for interaction_id in _ids(rows))


def _one(verb: Care, interaction_id: int) -> bool:
    """Look after one conversation; a failure is logged and tried again next time, and holds no other up."""
    try:
        return verb(interaction_id=interaction_id)
    except Exception:
        logger.exception("looking after conversation %s failed", interaction_id)
        return False


def _ids(rows: QuerySet[Chat]) -> list[int]:
    return list(rows.order_by("interaction_id").values_list("interaction_id", flat=True)[:BATCH])
