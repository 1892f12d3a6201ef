"""Working on a ticket: take it, pass it on, write into it, resolve it."""

from __future__ import annotations

from shouwen.accounts import queries as accounts
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility

from .. import permissions
from ..errors import AlreadyTaken, AnswerNeeded, TextNeeded
from ..models import Ticket
from ..rules import lines
from .attempts import settle
from .change import (
    SUBJECT,
    apply,
    gap,
    hands,
    lock,
    met,
    moved,
    policy_of,
    refuse_if_over,
    require_business,
    require_hands,
    start_clocks,
)
from .notices import tell_customer, tell_staff


@action
def take(*, by: Principal, number: str, version: int | None = None) -> None:
    """Take a ticket nobody works on. Taking one's own again changes nothing."""
    require(by, permissions.HANDLE)
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    state = moved(ticket, "take")
    handler_id = hands(ticket).handler_id
    if handler_id == by.id:
        audit.record(by, "tickets.take", subject=SUBJECT, subject_id=ticket.pk, unchanged=True)
        return
    _refuse_if_held(ticket, handler_id)
    require_business(ticket, by)
    responsibility.assume(subject=SUBJECT, subject_id=ticket.pk, staff_id=by.id, by=by, owner_too=_owner_moves(ticket))
    met(ticket, "response", at)
    handled_at = ticket.handled_at or max(at, ticket.accepted_at)
    apply(ticket, lines.TAKEN, by=by, at=at, words={"name": by.name}, state=state, handled_at=handled_at)


@action
def assign(*, by: Principal, number: str, to_id: int, version: int | None = None) -> None:
    """Give the work to somebody. The owner stays the owner."""
    require(by, permissions.HANDLE)
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    state = moved(ticket, "assign")
    responsibility.hand(subject=SUBJECT, subject_id=ticket.pk, handler_id=to_id, by=by, owner_too=_owner_moves(ticket))
    person = accounts.principal_of(to_id)
    require_business(ticket, person)
    handled_at = ticket.handled_at or max(at, ticket.accepted_at)
    apply(ticket, lines.ASSIGNED, by=by, at=at, words={"name": person.name}, state=state, handled_at=handled_at)
    tell_staff(ticket, "tickets.assigned", [to_id], at=at)


@action
def note(
    *, by: Principal, number: str, body: str, visible_to_customer: bool = False, version: int | None = None
) -> None:
    """Write into the ticket; what the customer is to read comes from those who have it in hand."""
    require(by, permissions.HANDLE)
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    refuse_if_over(ticket)
    if not body.strip():
        raise TextNeeded
    if visible_to_customer:
        require_hands(ticket, by)
        met(ticket, "response", at)
    words: dict[str, object] = {"name": by.name}
    apply(ticket, lines.NOTED, by=by, at=at, body=body.strip(), shown=visible_to_customer, words=words)


@action
def resolve(*, by: Principal, number: str, answer: str, version: int | None = None) -> None:
    """Give the customer an answer and ask for his yes.

    The handling clock stops, the feedback clock starts, and the ticket waits on the customer until a date.
    """
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_hands(ticket, by)
    state = moved(ticket, "resolve")
    if not answer.strip():
        raise AnswerNeeded
    settle(ticket, "reached", at=at)
    met(ticket, "response", at)
    met(ticket, "handling", at)
    met(ticket, "statutory", at)
    start_clocks(ticket, ["feedback"], at)
    responsibility.wait_on(
        subject=SUBJECT, subject_id=ticket.pk, party="customer", next_contact_at=at + gap(ticket), by=by
    )
    apply(
        ticket,
        lines.RESOLVED,
        by=by,
        at=at,
        body=answer.strip(),
        state=state,
        answer=answer.strip(),
        question="",
        delivered_at=max(at, ticket.handled_at or at),
        waiting_since=at,
    )
    tell_customer(ticket, "tickets.resolved", at=at)


def _owner_moves(ticket: Ticket) -> bool:
    return policy_of(ticket).owner_rule == "handler"


def _refuse_if_held(ticket: Ticket, handler_id: int | None) -> None:
    """Somebody else works on it, unless he has left: then whoever covers him, or anybody, may take it."""
    if handler_id is None:
        return
    card = accounts.staff_card(handler_id)
    if card.active:
        raise AlreadyTaken(number=ticket.number, name=card.name)
