"""What the house does by itself: follow silent customers up, escalate what is late, warn before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM
from shouwen.responsibility import actions as responsibility
from shouwen.sla.queries import of as clocks_of

from ..models import Ticket
from ..rules import lines, revisit
from ..rules.states import is_over
from .attempts import document, settle, since_waiting
from .change import SUBJECT, apply, gap, hands, lock, met, ours, policy_of
from .closing import tried, unreached
from .escalation import people, raise_to_leader
from .notices import tell_customer, tell_hands, tell_staff


@action
def follow_up(*, ticket_id: int) -> bool:
    """Do what the policy says when the date of the next contact has come; return whether anything was due.

    1. An unanswered attempt counts as failed.
    2. A silent customer is tried again, until the attempts suffice.
    3. Then an answered ticket closes as unreached; any other comes back to us.
    """
    at = clock.now()
    ticket = lock(by=SYSTEM, ticket_id=ticket_id)
    due = hands(ticket).next_contact_at
    if is_over(ticket.state) or due is None or due > at:
        return False
    settle(ticket, "no_answer", at=at)
    attempts = since_waiting(ticket)
    step = revisit.next_step(ticket.state, attempts, policy_of(ticket).attempts_required)
    if step == "try":
        _try_again(ticket, at)
    elif step == "close":
        unreached(ticket, by=SYSTEM, at=at, count=revisit.failed(attempts))
    else:
        _take_back(ticket, at)
    return True


@action
def escalate(*, ticket_id: int, metric: str) -> bool:
    """Bring a late ticket before the duty leader; return False if that was done, or it is over."""
    at = clock.now()
    ticket = lock(by=SYSTEM, ticket_id=ticket_id)
    if is_over(ticket.state):
        return False
    words: dict[str, object] = {"metric": lines.METRIC_EN[metric], "metric_zh": lines.METRIC_ZH[metric]}
    return raise_to_leader(ticket, lines.ESCALATED, words=words, by=SYSTEM, at=at)


@action
def tell(*, ticket_id: int, metric: str, percent: int, to: Sequence[str]) -> None:
    """Tell those on a rung of the ladder how much of a promise's time is used up."""
    at = clock.now()
    ticket = lock(by=SYSTEM, ticket_id=ticket_id)
    if is_over(ticket.state):
        return
    started = clocks_of(SUBJECT, [ticket_id])[ticket_id]
    round_ = sum(1 for one in started if one.metric == metric)
    template = "sla.breached" if percent >= 100 else "sla.warned"
    params = {"what": _what(ticket, metric)} | ({} if percent >= 100 else {"percent": str(percent)})
    tell_staff(ticket, template, people(ticket, to), at=at, about=f"{metric}.{round_}.{percent}", **params)


@action
def run_on(*, ticket_id: int, metric: str, reason: str) -> None:
    """Note that a clock stood as long as its reason allows and runs again, and tell those who hold the ticket."""
    at = clock.now()
    ticket = lock(by=SYSTEM, ticket_id=ticket_id)
    if is_over(ticket.state):
        return
    words: dict[str, object] = {
        "metric": lines.METRIC_EN[metric],
        "metric_zh": lines.METRIC_ZH[metric],
        "reason": lines.PAUSE_EN[reason],
        "reason_zh": lines.PAUSE_ZH[reason],
    }
    apply(ticket, lines.RUNS_ON, by=SYSTEM, at=at, words=words)
    tell_hands(ticket, "sla.runs_on", at=at, what=_what(ticket, metric))


def _what(ticket: Ticket, metric: str) -> str:
    return f"{ticket.number} {lines.METRIC_ZH[metric]}"


def _try_again(ticket: Ticket, at: datetime) -> None:
    document(ticket, by=SYSTEM.key, channel="message", outcome="awaiting", at=at)
    if ticket.state == "resolved" and len(since_waiting(ticket)) >= policy_of(ticket).attempts_required:
        met(ticket, "feedback", at)
    responsibility.wait_on(
        subject=SUBJECT, subject_id=ticket.pk, party="customer", next_contact_at=at + gap(ticket), by=SYSTEM
    )
    apply(ticket, lines.TRIED, by=SYSTEM, at=at, words=tried("message", "awaiting"))
    tell_customer(ticket, "tickets.follow_up" if ticket.state == "resolved" else "tickets.question", at=at)


def _take_back(ticket: Ticket, at: datetime) -> None:
    ours(ticket, by=SYSTEM, at=at)
    changes: dict[str, Any] = {"state": "inProgress", "question": "", "waiting_since": None}
    apply(ticket, lines.TAKEN_BACK, by=SYSTEM, at=at, shown=ticket.state == "pending", **changes)
    tell_hands(ticket, "tickets.assigned", at=at)
