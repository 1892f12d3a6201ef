"""Handing a ticket over: the owner changes only when somebody accepts."""

from __future__ import annotations

from shouwen.accounts import queries as accounts
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility

from .. import permissions
from ..rules import lines
from .change import SUBJECT, apply, hands, lock, met, refuse_if_over, require_business
from .notices import tell_staff


@action
def offer_hand_over(*, by: Principal, number: str, to_id: int, version: int | None = None) -> None:
    """Ask a colleague to own the ticket. Nothing moves yet."""
    require(by, permissions.HANDLE)
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    refuse_if_over(ticket)
    responsibility.offer(subject=SUBJECT, subject_id=ticket.pk, to_id=to_id, by=by)
    person = accounts.principal_of(to_id)
    require_business(ticket, person)
    apply(ticket, lines.OFFERED, by=by, at=at, words={"name": person.name})
    tell_staff(ticket, "tickets.hand_over_offered", [to_id], at=at, number=ticket.number, name=by.name)


@action
def accept_hand_over(*, by: Principal, number: str, version: int | None = None) -> None:
    """Own and handle the ticket that was offered."""
    require(by, permissions.HANDLE)
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    refuse_if_over(ticket)
    before = hands(ticket).owner_id
    responsibility.accept(subject=SUBJECT, subject_id=ticket.pk, by=by)
    words: dict[str, object] = {"name": by.name, "before": accounts.staff_card(before).name}
    state = "inProgress" if ticket.state == "acknowledged" else ticket.state
    handled_at = ticket.handled_at or max(at, ticket.accepted_at)
    met(ticket, "response", at)
    apply(ticket, lines.ACCEPTED, by=by, at=at, words=words, state=state, handled_at=handled_at)
    tell_staff(ticket, "tickets.hand_over_accepted", [before], at=at, number=ticket.number, name=by.name)


@action
def decline_hand_over(*, by: Principal, number: str, version: int | None = None) -> None:
    """Leave the ticket where it is."""
    require(by, permissions.HANDLE)
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    refuse_if_over(ticket)
    responsibility.decline(subject=SUBJECT, subject_id=ticket.pk, by=by)
    apply(ticket, lines.DECLINED, by=by, at=at, words={"name": by.name})
    owner_id = hands(ticket).owner_id
    tell_staff(ticket, "tickets.hand_over_declined", [owner_id], at=at, number=ticket.number, name=by.name)
