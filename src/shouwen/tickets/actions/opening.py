"""Accepting a request as a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from shouwen.customers import queries as customers
from shouwen.forms import actions as forms
from shouwen.forms.actions import Filled
from shouwen.forms.errors import FormNeeded
from shouwen.forms.queries import form_at
from shouwen.interactions import queries as interactions
from shouwen.interactions.queries import Conversation
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.prepared import insert
from shouwen.kit.principals import Principal
from shouwen.responsibility import actions as responsibility
from shouwen.responsibility.queries import of as responsible_for
from shouwen.routing import queries as routing
from shouwen.routing.queries import QueueCard

from .. import permissions, queries
from ..errors import AreaInvalid, CategoryInvalid, KindInvalid, NotYourMatter, OtherBusiness, TextNeeded, TicketNotFound
from ..models import KINDS, Ticket
from ..queries import form_places, visible
from ..rules.journey import number
from ..rules.limits import at_opening
from ..rules.lines import KIND_ZH, OPENED
from ..rules.states import business_fits
from .change import SUBJECT, leave_traces, start_clocks
from .files import take_up
from .notices import tell_customer

URGENCIES = ("normal", "urgent", "critical")
AREAS = ("", "urban", "rural")


@dataclass(frozen=True)
class TicketRef:
    """A ticket by its inside key and by the number customers are told."""

    id: int
    number: str


@action
def open_ticket(
    *,
    by: Principal,
    kind: str,
    title: str,
    description: str,
    customer_id: int,
    category: str = "",
    urgency: str = "normal",
    area: str = "",
    interaction_id: int | None = None,
    queue_code: str | None = None,
    owner_id: int | None = None,
    linked_to: str | None = None,
    files: Sequence[UUID] = (),
    filled: Filled | None = None,
) -> TicketRef:
    """Accept a request: it has an owner and running clocks when this returns.

    1. Check who asks, and that kind, category and words are there.
    2. Find the queue that serves it and the first person asked.
    3. Write the ticket, its responsibility, its clocks and the answers to its form; take up the files that came.
    """
    at = clock.now()
    _require_opener(by, customer_id, met=interaction_id is not None)
    if area not in AREAS:
        raise AreaInvalid
    node = _category(kind, category, urgency, by)
    conversation = interactions.conversation(interaction_id) if interaction_id else None
    queue = _queue(queue_code, node, conversation)
    organisation_id = customers.organisation_of(customer_id)
    ticket = Ticket(
        number=_next_number(at),
        kind=kind,
        category_id=node.id,
        title=_text(title)[:120],
        description=description.strip() or title.strip(),
        urgency=urgency,
        area=area,
        channel=_channel(by, conversation),
        customer_id=customer_id,
        interaction_id=interaction_id,
        organisation_id=organisation_id or queue.organisation_id,
        linked_to=_linked(linked_to, by),
        queue_code=queue.code,
        opened_at=at,
        accessed_at=min(conversation.opened_at, at) if conversation else at,
        accepted_at=at,
    )
    ticket.pk = insert(ticket)
    _answer_for(ticket, by=by, owner_id=owner_id, queue=queue)
    start_clocks(ticket, at_opening(kind), at)
    take_up(ticket, files, by=by, at=at, shown=by.kind != "staff")
    _keep_answers(ticket, node, filled, by=by, at=at)
    words: dict[str, object] = {"kind": kind, "kind_zh": KIND_ZH[kind]}
    leave_traces(ticket, OPENED, by=by, at=at, body=ticket.description, words=words)
    if by.kind == "staff":
        tell_customer(ticket, "tickets.opened", at=at)
    return TicketRef(ticket.pk, ticket.number)


def _require_opener(by: Principal, customer_id: int, *, met: bool) -> None:
    """Staff open tickets for customers they may see, or whom they have `met` in a conversation; customers their own."""
    if by.kind in ("staff", "system"):
        require(by, permissions.OPEN)
        if not met:
            customers.require_seen(customer_id, by=by)
    elif by.kind != "customer" or by.id != customer_id:
        raise NotYourMatter


def _category(kind: str, code: str, urgency: str, by: Principal) -> queries.Topic:
    """Return what the ticket is about: the category asked for, at an end of the tree, or the kind's own."""
    if kind not in KINDS or urgency not in URGENCIES:
        raise KindInvalid
    if not code:
        return queries.default_topic(kind)
    node = queries.topic(code)
    if node is None or not node.leaf:
        raise CategoryInvalid(category=code)
    if not business_fits(by.business, node.business):
        raise OtherBusiness(category=node.name_zh, name=by.name)
    return node


def _queue(wanted: str | None, category: queries.Topic, conversation: Conversation | None) -> QueueCard:
    """Return the queue asked for, else that of the category or those above, of the conversation, or the general."""
    codes = [wanted, *category.queue_codes, conversation.queue_code if conversation else ""]
    return routing.queue(next((code for code in codes if code), ""))


def _channel(by: Principal, conversation: Conversation | None) -> str:
    """Return by which way the request came: the conversation's, else the portal or the desk."""
    if conversation is not None:
        return conversation.medium
    return "desk" if by.kind in ("staff", "system") else "portal"


def _answer_for(ticket: Ticket, *, by: Principal, owner_id: int | None, queue: QueueCard) -> None:
    """Make the first person asked the owner: of the conversation, or who writes this; else the duty leader."""
    asked = responsible_for("conversation", [ticket.interaction_id] if ticket.interaction_id else [])
    first = next((hand.owner_id for hand in asked.values() if hand.answered_at is not None), None)
    person = owner_id or first or (by.id if by.kind == "staff" else None)
    responsibility.open(
        subject=SUBJECT,
        subject_id=ticket.pk,
        owner_id=person or queue.duty_leader_id,
        customer_id=ticket.customer_id,
        by=by,
        answered=person is not None,
    )


def _keep_answers(ticket: Ticket, node: queries.Topic, filled: Filled | None, *, by: Principal, at: datetime) -> None:
    """Keep the answers to the form, if there are any; a form that must be filled in is asked of every person."""
    if filled is not None:
        forms.fill(by=by, filled=filled, subject=SUBJECT, subject_id=ticket.pk, customer_id=ticket.customer_id, at=at)
        return
    asked = form_at(form_places(ticket.kind, node.codes), at) if by.kind != "system" else None
    if asked is not None and asked.definition["must"]:
        title = asked.definition["title"]
        raise FormNeeded(title=title["zh"], title_en=title["en"])


def _linked(linked_to: str | None, by: Principal) -> Ticket | None:
    if not linked_to:
        return None
    found = visible(by).filter(number=linked_to).first()
    if found is None:
        raise TicketNotFound(number=linked_to)
    return found


def _text(title: str) -> str:
    if not title.strip():
        raise TextNeeded
    return title.strip()


def _next_number(at: datetime) -> str:
    """Take the next number. A sequence, not a counter row: nobody waits for another's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('tickets_number_seq')")
        return number(at.astimezone(BEIJING).date(), cursor.fetchone()[0])
