"""Calls that we make: a slot of who makes them carries them from the first moment, so that nothing else comes."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from ..errors import SeatTakenUp
from ..events import WorkAssigned
from ..models import Presence, Slot, WorkItem
from ..permissions import WORK
from ..queries.queues import queue_row
from ..queries.seats import engaged
from ..rules.precedence import Klass
from .telling import tell

VOICE = "voice"


@action
def begin(
    *, subject: str, subject_id: int, customer_id: int | None, queue_code: str, by: Principal, at: datetime
) -> int:
    """Let somebody begin a call himself; refuse who has a call, is offered one, or still writes one up.

    Taking a free slot away is safe at any time: the matching looks at it again before it offers.
    """
    require(by, WORK)
    Presence.objects.select_for_update(no_key=True).filter(staff_id=by.id).first()
    open_ = Slot.objects.filter(staff_id=by.id, medium=VOICE, state__in=(Slot.State.FREE, Slot.State.RELEASED))
    slot = open_.select_for_update(no_key=True).order_by("ordinal").first()
    if slot is None or engaged(by.id).doing:
        raise SeatTakenUp
    item = own_item(
        subject=subject, subject_id=subject_id, customer_id=customer_id, queue_code=queue_code, by=by, at=at
    )
    item.save(force_insert=True)
    slot.state, slot.work_item = Slot.State.BUSY, item
    slot.save(update_fields=["state", "work_item"])
    audit.record(by, "routing.begin", subject=subject, subject_id=subject_id)
    tell(WorkAssigned, line=None, work_item_id=item.id, staff_id=by.id, at=at)
    return item.id


def own_item(
    *, subject: str, subject_id: int, customer_id: int | None, queue_code: str, by: Principal, at: datetime
) -> WorkItem:
    """Return the item of a call that somebody makes himself; it is not kept yet."""
    queue = queue_row(queue_code)
    return WorkItem(
        subject=subject,
        subject_id=subject_id,
        customer_id=customer_id,
        medium=VOICE,
        queue=queue,
        site_id=queue.organisation_id,
        needed_level=queue.needed_level,
        asked_klass=Klass.PLAIN,
        klass=Klass.PLAIN,
        vtime=at,
        requested_at=at,
        answered_at=at,
        state=WorkItem.State.ASSIGNED,
        staff_id=by.id,
        outbound=True,
    )
