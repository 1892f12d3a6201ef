"""What is published comes into force: queues and skills follow it, the matching adopts it in its lock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kernel.errors import DomainError
from shouwen.kit import audit, versions
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM

from ..models import Queue, Skill
from ..rules.definitions import QueueRules, queue_rules
from .setting_up import add_queue, add_skill
from .shaping import shape_queue

logger = logging.getLogger(__name__)
QUEUE, SKILL = "routing.queue", "routing.skill"


def adopt_published(at: datetime) -> int:
    """Bring every skill and queue to what is in force; return how many changed.

    One that cannot be does not stop the others.
    """
    return _skills(at) + _queues(at)


def _skills(at: datetime) -> int:
    rows = Skill.objects.values_list("code", "name", "qualification", "qualification_level")
    held = {code: said for code, *said in rows}
    news = [one for one in versions.all_current(SKILL, at) if held.get(one.key) != list(_said(one))]
    return sum(_adopted(one, _adopt_skill) for one in news)


def _said(found: versions.InForce) -> tuple[str, str, int]:
    content = found.content
    return content["zh"], content.get("qualification", ""), content.get("qualification_level", 1)


def _adopt_skill(found: versions.InForce) -> None:
    name, qualification, level = _said(found)
    add_skill(code=found.key, name=name, by=SYSTEM, qualification=qualification, qualification_level=level)


def _queues(at: datetime) -> int:
    held = dict(Queue.objects.values_list("code", "rules_number"))
    found = versions.all_current(QUEUE, at)
    there = [one for one in found if one.key in held or one.content.get("skill")]
    news = [one for one in there if held.get(one.key) != one.number]
    return sum(_adopted(one, _adopt_queue) for one in news)


def _adopt_queue(found: versions.InForce) -> None:
    adopt_rules(queue_code=found.key, number=found.number, rules=queue_rules(found.content))


def _adopted(found: versions.InForce, adopt: Callable[[versions.InForce], object]) -> bool:
    try:
        adopt(found)
    except DomainError:
        logger.exception("version %s of %s %s cannot be adopted", found.number, found.kind, found.key)
        return False
    return True


@action
def adopt_rules(*, queue_code: str, number: int, rules: QueueRules) -> None:
    """Set a queue to its published rules; one that is not there yet is set up first."""
    _open_missing(queue_code, rules)
    row = Queue.objects.select_for_update(no_key=True).get(code=queue_code)
    for name in ("needed_level", "discipline", "offer_seconds", "hold_seconds", "wrap_up_seconds", "hours", "closed"):
        setattr(row, name, getattr(rules, name))
    row.closed_to = Queue.objects.get(code=rules.closed_to) if rules.closed_to else None
    row.callbacks_from, row.callbacks_until = rules.callbacks_from, rules.callbacks_until
    row.place_seconds, row.callback_offer = rules.place_seconds, rules.callback_offer
    row.rules_number, row.green = number, rules.green
    row.name, row.media = rules.name or row.name, list(rules.media) or row.media
    if rules.duty_leader:
        row.duty_leader_id = accounts.find_staff(rules.duty_leader).id
    row.save()
    audit.record(SYSTEM, "routing.queue.adopt", subject="queue", subject_id=row.id, number=number)
    shape_queue(queue_code=queue_code, shape=rules.shape, by=SYSTEM)


def _open_missing(queue_code: str, rules: QueueRules) -> None:
    if Queue.objects.filter(code=queue_code).exists():
        return
    leader = accounts.find_staff(rules.duty_leader)
    add_queue(
        code=queue_code,
        name=rules.name or queue_code,
        skill=rules.skill,
        organisation_id=leader.organisation_id,
        duty_leader_id=leader.id,
        media=rules.media,
        by=SYSTEM,
    )
