"""Who becomes what when a matter changes hands. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

Party = Literal["us", "customer", "third_party"]
FURTHEST = timedelta(days=90)
"""A date beyond this is no reminder any more."""


@dataclass(frozen=True)
class Hands:
    """In whose hands an open matter is."""

    owner_id: int
    handler_id: int | None = None
    offered_to_id: int | None = None
    answered: bool = False


def assumed(hands: Hands, staff_id: int) -> Hands:
    """Return the hands after a person takes the matter up: the first one ever becomes its owner too."""
    owner_id = hands.owner_id if hands.answered else staff_id
    return replace(hands, owner_id=owner_id, handler_id=staff_id, answered=True)


def handed(hands: Hands, handler_id: int | None) -> Hands:
    """Return the hands after the work goes to somebody else, or back to the queue; the owner stays."""
    return replace(hands, handler_id=handler_id)


def offered(hands: Hands, to_id: int) -> Hands:
    """Return the hands after a hand-over is offered: nobody's duty moves."""
    return replace(hands, offered_to_id=to_id)


def accepted(hands: Hands) -> Hands:
    """Return the hands after the offered one accepts: he owns and handles the matter."""
    assert hands.offered_to_id is not None
    return Hands(hands.offered_to_id, hands.offered_to_id, None, answered=True)


def declined(hands: Hands) -> Hands:
    """Return the hands after the offered one declines: as if nothing had been offered."""
    return replace(hands, offered_to_id=None)


def inherited(hands: Hands, from_id: int, to_id: int) -> Hands:
    """Return the hands after somebody left and another takes every place he had; nobody is offered his own matter."""
    owner_id, handler_id, offered_to_id = (
        to_id if held == from_id else held for held in (hands.owner_id, hands.handler_id, hands.offered_to_id)
    )
    assert owner_id is not None
    return replace(
        hands,
        owner_id=owner_id,
        handler_id=handler_id,
        offered_to_id=None if offered_to_id == owner_id else offered_to_id,
    )


def may_move(hands: Hands, staff_id: int) -> bool:
    """Tell whether a member of staff may move the matter without a leader's permission."""
    return staff_id in (hands.owner_id, hands.handler_id)


def date_fits(party: Party, next_contact_at: datetime | None, at: datetime) -> bool:
    """Tell whether what a matter waits on and the date of the next contact go together."""
    if party == "us":
        return next_contact_at is None
    return next_contact_at is not None and at < next_contact_at <= at + FURTHEST
