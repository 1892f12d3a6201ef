"""What every change to a ticket does: lock it, check it, write it, and leave its traces.

Each deed leaves the same five: a line in the ticket's history, one in the customer's timeline where he may see it,
an audit row, a fact with its audience, and the next version.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from shouwen.customers import actions as customers
from shouwen.customers.queries import card as customer_card
from shouwen.kit import audit
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.prepared import insert
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility
from shouwen.responsibility.queries import Responsibility
from shouwen.responsibility.queries import of as responsible_for
from shouwen.sla import actions as sla

from .. import events, permissions
from ..errors import (
    MoveRefused,
    NotInYourHands,
    NotYourMatter,
    OtherBusiness,
    TicketChanged,
    TicketNotFound,
    TicketOver,
)
from ..models import KindPolicy, Ticket, TicketEntry
from ..queries import visible
from ..rules import limits, states
from ..rules.lines import Deed
from ..rules.states import business_fits

SUBJECT = "ticket"
CHANNELS = {"staff": "desk", "customer": "portal", "link": "portal", "visitor": "portal", "system": "system"}
FACTS: dict[str, type[events.TicketFact]] = {
    "open": events.TicketOpened,
    "take": events.TicketTaken,
    "assign": events.TicketAssigned,
    "offer_hand_over": events.HandOverOffered,
    "accept_hand_over": events.HandOverAccepted,
    "decline_hand_over": events.HandOverDeclined,
    "note": events.TicketNoted,
    "file": events.TicketFilesAdded,
    "wait": events.TicketWaiting,
    "hold": events.TicketHeld,
    "resume": events.TicketResumed,
    "take_back": events.TicketResumed,
    "resolve": events.TicketResolved,
    "contact": events.ContactTried,
    "call": events.TicketNoted,
    "confirm": events.TicketClosed,
    "close_unreached": events.TicketClosed,
    "reopen": events.TicketReopened,
    "cancel": events.TicketCancelled,
    "urge": events.TicketUrged,
    "supplement": events.TicketSupplemented,
    "escalate": events.TicketEscalated,
    "clock_runs_on": events.ClockRunsOn,
    "ask_compensation": events.TicketNoted,
    "compensate": events.TicketNoted,
}


def lock(*, by: Principal, number: str = "", ticket_id: int | None = None, version: int | None = None) -> Ticket:
    """Hold a ticket that `by` may see until the action ends.

    1. Wait for whoever changes it now.
    2. Refuse when it is not there, or not for these eyes.
    3. Refuse when it is not the version that was read.
    """
    wanted = {"id": ticket_id} if ticket_id is not None else {"number": number}
    ticket = visible(by).select_for_update(of=("self",)).select_related("category").filter(**wanted).first()
    if ticket is None:
        raise TicketNotFound(number=number)
    if version is not None and version != ticket.version:
        raise TicketChanged(number=ticket.number)
    return ticket


def moved(ticket: Ticket, move: states.Move) -> states.State:
    """Return the state after a move, or refuse it."""
    refuse_if_over(ticket)
    state = states.after(ticket.state, move)
    if state is None:
        raise refusal(ticket, move, states.MOVE_ZH[move])
    return state


def refusal(ticket: Ticket, move: str, move_zh: str) -> MoveRefused:
    """Return the refusal of a move in the present state."""
    state_zh = states.STATE_ZH[ticket.state]
    return MoveRefused(number=ticket.number, state=ticket.state, state_zh=state_zh, move=move, move_zh=move_zh)


def refuse_if_over(ticket: Ticket) -> None:
    """A closed ticket never changes."""
    if states.is_over(ticket.state):
        raise TicketOver(number=ticket.number)


def hands(ticket: Ticket) -> Responsibility:
    """Return in whose hands the ticket is."""
    return responsible_for(SUBJECT, [ticket.pk])[ticket.pk]


def require_hands(ticket: Ticket, by: Principal) -> None:
    """Refuse staff who neither handle nor own the ticket, unless they lead."""
    require(by, permissions.HANDLE)
    if by.kind == "system" or by.may(permissions.LEAD):
        return
    hand = hands(ticket)
    if by.id not in (hand.owner_id, hand.handler_id):
        raise NotInYourHands(number=ticket.number)


def require_customer(by: Principal) -> None:
    """Refuse all but the customer himself; that it is his ticket follows from his seeing it."""
    if by.kind not in ("customer", "link"):
        raise NotYourMatter


def require_business(ticket: Ticket, person: Principal) -> None:
    """A specialist seat works on its own business only."""
    if not business_fits(person.business, ticket.category.business):
        raise OtherBusiness(category=ticket.category.name_zh, name=person.name)


def policy_of(ticket: Ticket) -> KindPolicy:
    """Return the rules of the ticket's kind."""
    return KindPolicy.objects.get(kind=ticket.kind)


def gap(ticket: Ticket) -> timedelta:
    """Return how long to wait for a silent customer before the next attempt."""
    return timedelta(hours=policy_of(ticket).attempt_gap_hours)


def ours(ticket: Ticket, *, by: Principal, at: datetime) -> None:
    """Let the clocks run on: the ticket waits on us."""
    sla.resume(subject=SUBJECT, subject_id=ticket.pk, at=at)
    responsibility.wait_on(subject=SUBJECT, subject_id=ticket.pk, party="us", by=by)


def start_clocks(ticket: Ticket, metrics: Iterable[str], at: datetime) -> None:
    """Promise the customer times, each under the policy that fits what is known of the ticket."""
    card = customer_card(ticket.customer_id)
    facets = limits.facets(
        kind=ticket.kind,
        urgency=ticket.urgency,
        area=ticket.area,
        channel=ticket.channel,
        tier=card.star,
        customer=card.kind,
    )
    sla.start_all(
        subject=SUBJECT,
        subject_id=ticket.pk,
        metrics=metrics,
        facets=facets,
        at=at,
        organisation_id=ticket.organisation_id,
    )


def met(ticket: Ticket, metric: str, at: datetime) -> None:
    """Note that a promise about the ticket was kept."""
    sla.meet(subject=SUBJECT, subject_id=ticket.pk, metric=metric, at=at)


def apply(
    ticket: Ticket,
    deed: Deed,
    *,
    by: Principal,
    at: datetime,
    body: str = "",
    shown: bool | None = None,
    words: dict[str, object] | None = None,
    **changes: Any,
) -> None:
    """Write the changed columns and the next version, and leave the deed's traces."""
    before = {name: getattr(ticket, name) for name in changes}
    for name, value in changes.items():
        setattr(ticket, name, value)
    ticket.version += 1
    ticket.save(update_fields=[*changes, "version"])
    leave_traces(ticket, deed, by=by, at=at, body=body, shown=shown, words=words, before=before, after=changes)


def leave_traces(
    ticket: Ticket,
    deed: Deed,
    *,
    by: Principal,
    at: datetime,
    body: str = "",
    shown: bool | None = None,
    words: dict[str, object] | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write history, timeline and audit, and publish the fact."""
    line_zh, line_en = deed.line(**(words or {}))
    visible_to_customer = deed.shown if shown is None else shown
    entry = TicketEntry(
        ticket=ticket,
        at=at,
        kind=deed.verb,
        actor=by.key,
        actor_name=by.name if by.kind == "staff" else "",
        text_zh=line_zh[:200],
        text_en=line_en[:200],
        body=body,
        visible_to_customer=visible_to_customer,
    )
    insert(entry)
    if visible_to_customer:
        _write_timeline(ticket, deed, by, at, (line_zh, line_en))
    audit.record(
        by, f"tickets.{deed.verb}", subject=SUBJECT, subject_id=ticket.pk, before=before, after=after, body=body
    )
    fact = FACTS[deed.verb](ticket.pk, ticket.number, ticket.kind, ticket.state, ticket.version)
    publish(fact, audience=_audience(ticket, customer_too=visible_to_customer), at=at)


def _write_timeline(ticket: Ticket, deed: Deed, by: Principal, at: datetime, lines: tuple[str, str]) -> None:
    customers.write_timeline(
        customer_id=ticket.customer_id,
        kind=f"ticket.{deed.verb}",
        channel=CHANNELS[by.kind],
        subject=SUBJECT,
        subject_id=ticket.pk,
        line_zh=f"工单 {ticket.number}：{lines[0]}",
        line_en=f"Ticket {ticket.number}: {lines[1]}",
        at=at,
    )


def _audience(ticket: Ticket, *, customer_too: bool) -> list[str]:
    """Name those who could fetch the ticket and want to know at once."""
    hand = hands(ticket)
    people = {hand.owner_id, hand.handler_id, hand.offered_to_id} - {None}
    heard = [f"staff:{staff_id}" for staff_id in people]
    heard += [f"org:{ticket.organisation_id}"] if ticket.organisation_id else []
    heard += [f"customer:{ticket.customer_id}"] if customer_too else []
    return [*heard, f"queue:{ticket.queue_code}"]
