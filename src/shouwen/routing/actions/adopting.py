"""Published queue rules come into force: the columns of a queue follow them, the matching adopts them in its lock."""

from __future__ import annotations

import logging
from datetime import datetime

from shouwen.kernel.errors import DomainError
from shouwen.kit import audit, versions
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM

from ..models import Queue
from ..rules.definitions import QueueRules, queue_rules
from .shaping import shape_queue

logger = logging.getLogger(__name__)
KIND = "routing.queue"


def adopt_published(at: datetime) -> int:
    """Bring every queue to the rules in force; return how many changed. One that cannot be does not stop the others."""
    held = dict(Queue.objects.values_list("code", "rules_number"))
    news = [found for found in versions.all_current(KIND, at) if held.get(found.key, found.number) != found.number]
    return sum(_adopted(found.key, found.number, queue_rules(found.content)) for found in news)


def _adopted(queue_code: str, number: int, rules: QueueRules) -> bool:
    try:
        adopt_rules(queue_code=queue_code, number=number, rules=rules)
    except DomainError:
        logger.exception("rules %s of queue %s cannot be adopted", number, queue_code)
        return False
    return True


@action
def adopt_rules(*, queue_code: str, number: int, rules: QueueRules) -> None:
    """Set a queue to its published rules."""
    row = Queue.objects.select_for_update(no_key=True).get(code=queue_code)
    for name in ("needed_level", "discipline", "offer_seconds", "hold_seconds", "wrap_up_seconds", "hours", "closed"):
        setattr(row, name, getattr(rules, name))
    row.closed_to = Queue.objects.get(code=rules.closed_to) if rules.closed_to else None
    row.callbacks_from, row.callbacks_until = rules.callbacks_from, rules.callbacks_until
    row.rules_number = number
    row.save()
    audit.record(SYSTEM, "routing.queue.adopt", subject="queue", subject_id=row.id, number=number)
    shape_queue(queue_code=queue_code, shape=rules.shape, by=SYSTEM)
