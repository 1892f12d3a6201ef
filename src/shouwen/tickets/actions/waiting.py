"""Waiting on the customer, on a third party, and going on."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility
from shouwen.sla import actions as sla

from ..errors import HoldReasonInvalid, TextNeeded
from ..rules import lines
from .attempts import document, settle
from .change import SUBJECT, apply, gap, lock, met, moved, ours, require_hands
from .notices import tell_customer


@action
def wait_for_customer(
    *,
    by: Principal,
    number: str,
    question: str,
    next_contact_at: datetime | None = None,
    version: int | None = None,
) -> None:
    """Ask the customer something. Only now, with the contact on record, do the clocks stand."""
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_hands(ticket, by)
    state = moved(ticket, "wait")
    if not question.strip():
        raise TextNeeded
    document(ticket, by=by.key, channel="message", outcome="awaiting", note=question, at=at)
    met(ticket, "response", at)
    sla.pause(subject=SUBJECT, subject_id=ticket.pk, reason="customer", at=at)
    responsibility.wait_on(
        subject=SUBJECT,
        subject_id=ticket.pk,
        party="customer",
        next_contact_at=next_contact_at or at + gap(ticket),
        by=by,
    )
    text = question.strip()
    apply(ticket, lines.WAITING, by=by, at=at, body=text, state=state, question=text, waiting_since=at)
    tell_customer(ticket, "tickets.question", at=at)


@action
def hold(
    *,
    by: Principal,
    number: str,
    reason: str,
    next_contact_at: datetime,
    because: str = "third_party",
    version: int | None = None,
) -> None:
    """Wait until a date on a third party, or on a power nobody has.

    The clocks run on, because the customer does not wait less, unless their policies let `because` stop them. Of force
    majeure the customer is told at once.
    """
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_hands(ticket, by)
    state = moved(ticket, "hold")
    if not reason.strip():
        raise TextNeeded
    if because not in lines.HOLD_ZH:
        raise HoldReasonInvalid
    sla.pause(subject=SUBJECT, subject_id=ticket.pk, reason=because, at=at)
    responsibility.wait_on(
        subject=SUBJECT, subject_id=ticket.pk, party="third_party", next_contact_at=next_contact_at, by=by
    )
    words: dict[str, object] = {"reason": lines.HOLD_EN[because], "reason_zh": lines.HOLD_ZH[because]}
    apply(ticket, lines.HELD, by=by, at=at, body=reason.strip(), words=words, state=state, waiting_since=at)
    if because == "force_majeure":
        tell_customer(ticket, "tickets.force_majeure", at=at)


@action
def resume(*, by: Principal, number: str, version: int | None = None) -> None:
    """Go on with a ticket that waited: the clocks run again."""
    at = clock.now()
    ticket = lock(by=by, number=number, version=version)
    require_hands(ticket, by)
    state = moved(ticket, "resume")
    settle(ticket, "no_answer", at=at)
    ours(ticket, by=by, at=at)
    apply(ticket, lines.RESUMED, by=by, at=at, state=state, question="", waiting_since=None)
