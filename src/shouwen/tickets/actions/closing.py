"""The end of a ticket: the customer's yes or no, or documented attempts to get it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.responsibility import actions as responsibility
from shouwen.sla import actions as sla

from ..errors import CancelRefused, CloseRefused, TextNeeded
from ..models import Ticket
from ..rules import lines, revisit
from .attempts import document, settle, since_reopened, since_waiting
from .change import (
    SUBJECT,
    apply,
    gap,
    hands,
    lock,
    met,
    moved,
    ours,
    policy_of,
    refuse_if_over,
    require_customer,
    require_hands,
    start_clocks,
)
from .escalation import leader_of, raise_to_leader
from .notices import tell_customer, tell_hands, tell_staff

Outcome = Literal["reached", "no_answer", "failed"]


@action
def record_contact_attempt(
    *,
    by: Principal,
    number: str,
    channel: str,
    outcome: Outcome,
    note: str = "",
    agreed: bool | None = None,
    version: int | None = None,
) -> None:
    """Put on record that somebody tried to reach the customer, and what he said (`agreed`) if reached."""
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_hands(ticket, by)
    refuse_if_over(ticket)
    said = agreed if outcome == "reached" else None
    document(ticket, by=by.key, channel=channel, outcome=outcome, note=note, agreed=said, at=at)
    if outcome == "reached":
        settle(ticket, "reached", at=at)
        met(ticket, "response", at)
    _note_feedback(ticket, at)
    if hands(ticket).waits_on == "customer":
        responsibility.wait_on(
            subject=SUBJECT, subject_id=ticket.pk, party="customer", next_contact_at=at + gap(ticket), by=by
        )
    apply(ticket, lines.TRIED, by=by, at=at, body=note.strip(), shown=False, words=tried(channel, outcome))


@action
def confirm(*, by: Principal, number: str = "", ticket_id: int | None = None, version: int | None = None) -> None:
    """The customer accepts the answer: the ticket closes. Confirming twice changes nothing."""
    at = clock.now()
    ticket = lock(by=by, number=number, ticket_id=ticket_id, version=version)
    require_customer(by)
    if ticket.state == "closed" and ticket.closed_reason == "confirmed":
        audit.record(by, "tickets.confirm", subject=SUBJECT, subject_id=ticket.pk, unchanged=True)
        return
    settle(ticket, "reached", at=at)
    _close(ticket, lines.CONFIRMED, "confirmed", by=by, at=at)
    tell_hands(ticket, "tickets.confirmed", at=at)


@action
def close(*, by: Principal, number: str, version: int | None = None) -> None:
    """Close for the customer: he said yes when reached, or could not be reached as often as the policy asks."""
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_hands(ticket, by)
    if revisit.has_agreed(since_waiting(ticket)):
        _close(ticket, lines.CONFIRMED, "confirmed", by=by, at=at)
        tell_customer(ticket, "tickets.closed", at=at)
    else:
        _close_unreached(ticket, by=by, at=at)


@action
def close_unreached(*, by: Principal, number: str, version: int | None = None) -> None:
    """Close a resolved ticket whose customer could not be reached, once the documented attempts suffice."""
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_hands(ticket, by)
    _close_unreached(ticket, by=by, at=at)


@action
def reopen(
    *,
    by: Principal,
    number: str = "",
    ticket_id: int | None = None,
    reason: str = "",
    version: int | None = None,
) -> None:
    """The customer does not accept the answer: work goes on, counted, and too often means a leader looks."""
    at = clock.now()
    ticket = lock(by=by, number=number, ticket_id=ticket_id, version=version)
    if by.kind not in ("customer", "link"):
        require_hands(ticket, by)
        if not reason.strip():
            raise TextNeeded
    state = moved(ticket, "reopen")
    settle(ticket, "reached", at=at)
    met(ticket, "feedback", at)
    start_clocks(ticket, ["handling"], at)
    ours(ticket, by=by, at=at)
    count = ticket.reopened_count + 1
    apply(
        ticket,
        lines.REOPENED,
        by=by,
        at=at,
        body=reason.strip(),
        words={"count": count},
        state=state,
        reopened_count=count,
        answer="",
        delivered_at=None,
        waiting_since=None,
    )
    tell_hands(ticket, "tickets.reopened", at=at)
    if count >= policy_of(ticket).reopenings_before_escalation:
        words: dict[str, object] = {"count": count}
        if raise_to_leader(ticket, lines.REOPENED_OFTEN, words=words, by=SYSTEM, at=at):
            tell_staff(ticket, "tickets.reopened", [leader_of(ticket)], at=at)


@action
def cancel(*, by: Principal, number: str, reason: str, version: int | None = None) -> None:
    """Withdraw the request: the customer himself, or staff once he was reached and agreed."""
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    if by.kind not in ("customer", "link"):
        require_hands(ticket, by)
        if not reason.strip():
            raise TextNeeded
    state = moved(ticket, "cancel")
    if by.kind not in ("customer", "link") and not revisit.has_agreed(since_reopened(ticket)):
        raise CancelRefused
    settle(ticket, "reached", at=at)
    _let_go(ticket, by=by, at=at)
    apply(
        ticket,
        lines.CANCELLED,
        by=by,
        at=at,
        body=reason.strip(),
        state=state,
        closed_reason="withdrawn",
        closed_at=at,
        question="",
        waiting_since=None,
    )
    tell_customer(ticket, "tickets.cancelled", at=at)


def unreached(ticket: Ticket, *, by: Principal, at: datetime, count: int) -> None:
    """Close as unreached and tell the customer that he may still come back."""
    _close(ticket, lines.UNREACHED, "unreached", by=by, at=at, words={"count": count})
    tell_customer(ticket, "tickets.closed_unreached", at=at)


def tried(channel: str, outcome: str) -> dict[str, object]:
    """Return the words of the line about an attempt."""
    return {
        "channel": channel,
        "channel_zh": lines.CHANNEL_ZH.get(channel, channel),
        "outcome": lines.OUTCOME_EN[outcome],
        "outcome_zh": lines.OUTCOME_ZH[outcome],
    }


def _close_unreached(ticket: Ticket, *, by: Principal, at: datetime) -> None:
    moved(ticket, "close")
    failed = revisit.failed(since_waiting(ticket))
    required = policy_of(ticket).attempts_required
    if failed < required:
        raise CloseRefused(failed=failed, required=required)
    unreached(ticket, by=by, at=at, count=failed)


def _close(
    ticket: Ticket,
    deed: lines.Deed,
    reason: str,
    *,
    by: Principal,
    at: datetime,
    words: dict[str, object] | None = None,
) -> None:
    state = moved(ticket, "close")
    settle(ticket, "no_answer", at=at)
    met(ticket, "feedback", at)
    _let_go(ticket, by=by, at=at)
    followed_up_at = max(at, ticket.delivered_at or at)
    apply(
        ticket,
        deed,
        by=by,
        at=at,
        words=words,
        state=state,
        closed_reason=reason,
        closed_at=at,
        followed_up_at=followed_up_at,
        waiting_since=None,
    )


def _let_go(ticket: Ticket, *, by: Principal, at: datetime) -> None:
    sla.cancel(subject=SUBJECT, subject_id=ticket.pk, at=at)
    responsibility.close(subject=SUBJECT, subject_id=ticket.pk, by=by)


def _note_feedback(ticket: Ticket, at: datetime) -> None:
    """The result counts as fed back when the customer was reached, or tried as often as the policy asks."""
    if ticket.state != "resolved":
        return
    attempts = since_waiting(ticket)
    reached = any(attempt.outcome == "reached" for attempt in attempts)
    if reached or len(attempts) >= policy_of(ticket).attempts_required:
        met(ticket, "feedback", at)
