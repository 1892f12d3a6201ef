"""A message to try each channel out, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from shouwen.accounts.permissions import MANAGE_OPERATOR
from shouwen.kernel.errors import NotFound
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.notifications import actions as notifications
from shouwen.notifications.models import Notification

from .errors import AddressNeeded

TEMPLATE = "set_up.trial"


@dataclass(frozen=True)
class Trial:
    """One trial message: where it is, its receipt, or why it failed."""

    id: int
    channel: str
    state: str
    attempts: int
    address: str
    receipt: str
    error: str


@action
def send(*, channel: str, address: str, by: Principal) -> int:
    """Send a trial message: to oneself in the app, or to an address through the configured transport."""
    require(by, MANAGE_OPERATOR)
    if channel != "inapp" and not address.strip():
        raise AddressNeeded
    made = notifications.notify(
        recipient=by.key,
        template=TEMPLATE,
        params={},
        subject="operator",
        subject_id=1,
        dedupe_key=f"trial:{uuid4()}",
        channels=[channel],
        address=address.strip(),
        at=clock.now(),
    )
    return made[0]


def trial(by: Principal, number: int) -> Trial:
    """Return what became of a trial message of one's own."""
    require(by, MANAGE_OPERATOR)
    row = Notification.objects.filter(id=number, template=TEMPLATE, recipient_id=by.id).first()
    if row is None:
        raise NotFound
    return Trial(row.pk, row.channel, row.state, row.attempts, row.address, row.receipt, row.error)
