"""Somebody's conversations, and what he is asked to take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.customers import queries as customers
from shouwen.interactions import queries as interactions
from shouwen.kit.principals import Principal
from shouwen.messaging import queries as messaging
from shouwen.metrics.queries import day_of
from shouwen.routing import queries as routing
from shouwen.sla import queries as sla
from shouwen.telephony import queries as telephony

SUBJECT = "conversation"


@dataclass(frozen=True)
class InboxItem:
    """One line of an inbox."""

    contact: interactions.Conversation
    customer: customers.CustomerCard | None
    last: interactions.MessageView | None
    clock: sla.Clock | None
    draft: str
    answered_at: datetime | None
    calling: str


@dataclass(frozen=True)
class Inbox:
    """One box, and how much is in each."""

    counts: dict[messaging.Box, int]
    items: list[InboxItem]


@dataclass(frozen=True)
class Offer:
    """A contact somebody is asked to take, with what helps him to be ready for it."""

    work: routing.OfferView
    contact: interactions.Conversation | None
    customer: customers.CustomerCard | None
    last: interactions.MessageView | None
    calling: str


def inbox(*, by: Principal, box: messaging.Box, at: datetime) -> Inbox:
    """Return one box of somebody's inbox; `ended` holds what he completed today."""
    since = day_of(at)
    open_ = customers.sees_restricted(by)
    held = _boxed(by.id, box, since, restricted=open_)
    ids = [row.interaction_id for row in held]
    contacts = interactions.conversations(ids)
    cards = customers.cards(c.customer_id for c in contacts.values() if c.customer_id)
    last, clocks = interactions.last_messages(ids), sla.of(SUBJECT, ids)
    drafts = interactions.drafts(by.id, ids)
    numbers = telephony.calling_numbers(ids)
    items = [
        InboxItem(
            contact=contacts[row.interaction_id],
            customer=cards.get(contacts[row.interaction_id].customer_id or 0),
            last=last.get(row.interaction_id),
            clock=next_clock(clocks.get(row.interaction_id, [])),
            draft=drafts.get(row.interaction_id, ""),
            answered_at=row.answered_at,
            calling=numbers.get(row.interaction_id, ""),
        )
        for row in held
    ]
    calls, chats = telephony.boxes(by.id, since, restricted=open_), messaging.boxes(by.id, since, restricted=open_)
    return Inbox({name: count + calls[name] for name, count in chats.items()}, items)


def _boxed(
    staff_id: int, box: messaging.Box, since: datetime, *, restricted: bool
) -> list[messaging.Boxed | telephony.Boxed]:
    """Return what is in a box: a call that is going on comes first."""
    return [
        *telephony.boxed(staff_id, box, since, restricted=restricted),
        *messaging.boxed(staff_id, box, since, restricted=restricted),
    ]


def offers(*, by: Principal) -> list[Offer]:
    """Return what somebody is asked to take, the oldest first."""
    asked = routing.offers_of(by.id)
    ids = [offer.subject_id for offer in asked if offer.subject == SUBJECT]
    contacts, last = interactions.conversations(ids), interactions.last_messages(ids)
    cards = customers.cards(offer.customer_id for offer in asked if offer.customer_id)
    numbers = telephony.calling_numbers(ids)
    return [
        Offer(
            work=offer,
            contact=contacts.get(offer.subject_id) if offer.subject == SUBJECT else None,
            customer=cards.get(offer.customer_id or 0),
            last=last.get(offer.subject_id),
            calling=numbers.get(offer.subject_id, "") if offer.subject == SUBJECT else "",
        )
        for offer in asked
    ]


def next_clock(clocks: list[sla.Clock]) -> sla.Clock | None:
    """Return the open promise that must be met first."""
    return min((c for c in clocks if c.open), key=lambda c: c.due_at, default=None)
