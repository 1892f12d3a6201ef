"""What customers can choose to talk about."""

from __future__ import annotations

from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.routing import queries as queues

from .. import permissions
from ..errors import TopicInvalid
from ..models import Topic


@action
def set_topic(*, by: Principal, code: str, zh: str, en: str, queue_code: str, active: bool = True) -> None:
    """Add a topic or change where it leads; effective with the next conversation."""
    require(by, permissions.MANAGE_TOPICS)
    if not (code and zh and en and queue_code):
        raise TopicInvalid
    queue = queues.queue(queue_code)
    row, _ = Topic.objects.update_or_create(
        code=code, defaults={"zh": zh, "en": en, "queue_code": queue.code, "active": active}
    )
    audit.record(by, "messaging.topic", subject="topic", subject_id=row.pk, code=code, queue=queue.code)


@action
def remove_topic(*, by: Principal, code: str) -> None:
    """Remove a topic that was added by mistake; conversations keep the words they began with."""
    require(by, permissions.MANAGE_TOPICS)
    gone, _ = Topic.objects.filter(code=code).delete()
    if gone:
        audit.record(by, "messaging.topic.remove", subject="topic", subject_id=0, code=code)
