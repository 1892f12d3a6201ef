"""How actions tell what happened to a work item: through the same SQL function as the matching."""

from __future__ import annotations

import json
from datetime import datetime

from shouwen.kit import events
from shouwen.kit.statements import write

from ..events import OfferMissed, WorkAbandoned, WorkAssigned, WorkFinished, WorkMoved, WrapUpCompleted

Told = type[WorkAssigned | OfferMissed | WorkAbandoned | WorkFinished | WrapUpCompleted | WorkMoved]


def tell(
    fact: Told,
    *,
    line: str | None,
    work_item_id: int,
    staff_id: int | None,
    at: datetime,
    to_contact: bool = False,
    **extra: object,
) -> None:
    """Publish a fact about an item and write its line in the journal, in the current transaction."""
    told = [fact.__name__, line, work_item_id, staff_id, json.dumps(extra), to_contact, at]
    write("select routing_tell(%s, %s, %s, %s, %s::jsonb, %s, %s)", told)
    events.announce()
