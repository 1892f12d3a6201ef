"""The written line of a customer's life; each room writes its own in its own action."""

from __future__ import annotations

from datetime import datetime

from shouwen.customers.models import TimelineEntry
from shouwen.kit.actions import action
from shouwen.kit.prepared import insert


@action
def write_timeline(
    *,
    customer_id: int,
    kind: str,
    channel: str,
    subject: str,
    subject_id: int,
    line_zh: str,
    line_en: str,
    at: datetime,
) -> None:
    """Add one line. It goes up and down with the action it tells of, so it needs no audit of its own."""
    line = TimelineEntry(
        customer_id=customer_id,
        kind=kind,
        channel=channel,
        subject=subject,
        subject_id=subject_id,
        line_zh=line_zh[:300],
        line_en=line_en[:300],
        at=at,
    )
    insert(line)
