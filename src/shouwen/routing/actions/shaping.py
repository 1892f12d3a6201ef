"""What becomes of contacts that nobody takes: rings, overflow, flow-out, long waits."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action, after_commit
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from ..errors import OutOfScope, QueueInvalid
from ..events import QueueChanged
from ..models import Queue, Skill
from ..permissions import CONFIGURE
from ..queries.queues import queue_row
from ..rules.shapes import Shape, faults
from .matching import sweep_domain


@action
def shape_queue(*, queue_code: str, shape: Shape, by: Principal) -> None:
    """Say who else may take a queue's contacts, and where they go on; the matching adopts it inside its lock."""
    require(by, CONFIGURE)
    at = clock.now()
    row = Queue.objects.select_for_update(no_key=True).get(id=queue_row(queue_code).id)
    if not by.sees(row.organisation_id):
        raise OutOfScope
    _check(row, shape)
    before, row.rings, row.rings_changed = row.rings, [asdict(ring) for ring in shape.rings], True
    row.most_waiting, row.overflow_to = shape.most_waiting, _other(shape.overflow_to)
    row.flow_out_seconds, row.flow_out_to = shape.flow_out_seconds, _other(shape.flow_out_to)
    row.long_wait_seconds = shape.long_wait_seconds
    row.save()
    audit.record(by, "routing.queue.shape", subject="queue", subject_id=row.id, before=before, after=asdict(shape))
    _announce(row, at)


def _check(row: Queue, shape: Shape) -> None:
    skills = Skill.objects.filter(domain_id=row.domain_id).values_list("code", flat=True)
    queues = Queue.objects.filter(domain_id=row.domain_id).values_list("code", flat=True)
    if found := faults(shape, queue=row.code, skills=set(skills), queues=set(queues)):
        raise QueueInvalid(what="; ".join(found))


def _other(code: str) -> Queue | None:
    return queue_row(code) if code else None


def _announce(row: Queue, at: datetime) -> None:
    audience = [f"queue:{row.code}", f"board:{row.organisation_id}"]
    events.publish(QueueChanged(row.code, row.paused), audience=audience, at=at)
    domain_id = row.domain_id
    after_commit(lambda: sweep_domain(domain_id=domain_id, at=at))
