"""What the customer himself adds while we work."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.principals import Principal

from ..errors import TextNeeded, UrgedAlready
from ..models import Ticket
from ..rules import lines
from ..rules.states import customer_can
from .attempts import settle
from .change import apply, lock, ours, refusal, refuse_if_over, require_customer
from .files import take_up
from .notices import tell_hands

URGE_EVERY = timedelta(minutes=10)


@action
def urge(*, by: Principal, number: str, version: int | None = None) -> None:
    """Ask us to hurry: owner and handler hear it at once."""
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_customer(by)
    _require_possible(ticket, "urge", "催办")
    if ticket.urged_at is not None and ticket.urged_at <= at < ticket.urged_at + URGE_EVERY:
        left = ticket.urged_at + URGE_EVERY - at
        raise UrgedAlready(minutes=math.ceil(left / timedelta(minutes=1)))
    apply(ticket, lines.URGED, by=by, at=at, urged_at=at)
    tell_hands(ticket, "tickets.urged", at=at)


@action
def supplement(
    *, by: Principal, number: str, body: str, version: int | None = None, files: Sequence[UUID] = ()
) -> None:
    """Add something to the request. While we waited for it, work goes on and the clocks run."""
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_customer(by)
    _require_possible(ticket, "supplement", "补充说明")
    text = body.strip()
    if not text:
        raise TextNeeded
    take_up(ticket, files, by=by, at=at, shown=True)
    if ticket.state == "pending":
        settle(ticket, "reached", at=at)
        ours(ticket, by=by, at=at)
        answered: dict[str, Any] = {"state": "inProgress", "question": "", "waiting_since": None}
        apply(ticket, lines.SUPPLEMENTED, by=by, at=at, body=text, **answered)
    else:
        apply(ticket, lines.SUPPLEMENTED, by=by, at=at, body=text)
    tell_hands(ticket, "tickets.supplemented", at=at)


def _require_possible(ticket: Ticket, verb: str, verb_zh: str) -> None:
    refuse_if_over(ticket)
    if verb not in customer_can(ticket.state):
        raise refusal(ticket, verb, verb_zh)
