"""Telling somebody something, in the action in which it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shouwen.customers import queries as customers
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.events import announce, publish
from shouwen.kit.prepared import insert
from shouwen.notifications import rules
from shouwen.notifications.events import NoticeCreated
from shouwen.notifications.models import NoticeOff, Notification
from shouwen.notifications.sealing import seal
from shouwen.notifications.templates import TEMPLATES

from .sending import ADDRESS


@action
def notify(
    *,
    recipient: str,
    template: str,
    params: Mapping[str, str],
    subject: str,
    subject_id: int,
    dedupe_key: str,
    channels: Sequence[str] | None = None,
    address: str = "",
    at: datetime,
) -> list[int]:
    """Tell `staff:3` or `customer:5` something, once for each `dedupe_key` and channel; return the new rows.

    A notice in the app is there with the commit. What leaves the house is queued with it and sent after it, so
    that no message tells of something that was rolled back, and nothing that happened is left untold. It goes to
    the customer's preferred number or mailbox unless `address` names another.
    """
    kind, recipient_id = rules.parse_recipient(recipient)
    told = TEMPLATES[template]
    if kind == "staff" and told.optional and _switched_off(recipient_id, template):
        return []
    misfits = rules.misfits(told, frozenset(params))
    if misfits:
        raise TypeError(f"{template} has missing or unknown values: {', '.join(sorted(misfits))}")
    common = {
        "recipient_kind": kind,
        "recipient_id": recipient_id,
        "template": template,
        "params": {name: str(value) for name, value in params.items() if name in told.params},
        "language": _language(kind, recipient_id),
        "subject": subject,
        "subject_id": subject_id,
        "at": at,
    }
    secrets = {name: str(value) for name, value in params.items() if name in told.secrets}
    if address:
        secrets[ADDRESS] = address
    chosen = channels if channels is not None else told.channels
    made = [_write(channel, dedupe_key, common, secrets) for channel in chosen]
    return [made_id for made_id in made if made_id is not None]


def _switched_off(staff_id: int, template: str) -> bool:
    return NoticeOff.objects.filter(staff_id=staff_id, template=template).exists()


def _language(kind: str, recipient_id: int) -> str:
    return customers.reach(recipient_id).language if kind == "customer" else "zh-CN"


def _write(channel: str, dedupe_key: str, common: dict[str, Any], secrets: dict[str, str]) -> int | None:
    """Write one row unless it is there already; return its id when it is new."""
    wall = clock.wall()
    inapp = channel == "inapp"
    state = (
        {"state": "sent", "sent_at": common["at"]}
        if inapp
        else {"state": "queued", "due_at": wall, "sealed": seal(secrets)}
    )
    row = Notification(dedupe_key=dedupe_key, channel=channel, queued_at=wall, **common, **state)
    made = insert(row, once=True)
    if made is not None and inapp:
        recipient = f"{common['recipient_kind']}:{common['recipient_id']}"
        publish(NoticeCreated(notification_id=made), audience=[recipient], at=common["at"])
    elif made is not None:
        announce()
    return made
