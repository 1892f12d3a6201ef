"""Following silent customers up, at the date promised."""

from __future__ import annotations

import logging
from datetime import datetime

from shouwen.responsibility import queries as responsibility

from . import actions

logger = logging.getLogger(__name__)
BATCH = 200


def follow_up(at: datetime) -> int:
    """Follow up every ticket whose next contact date has come; return how many moved. Any number may run."""
    return sum(_one(ticket_id) for ticket_id in responsibility.contact_due("ticket", at, BATCH))


def _one(ticket_id: int) -> bool:
    """Follow one ticket up; a failure is logged and tried again next time, and holds no other up."""
    try:
        return actions.follow_up(ticket_id=ticket_id)
    except Exception:
        logger.exception("following up ticket %s failed", ticket_id)
        return False
