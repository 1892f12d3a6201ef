"""One ticket with everything its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.forms.queries import Answered, answered
from shouwen.interactions import queries as interactions
from shouwen.kit.approvals import ApprovalCard, latest_of
from shouwen.kit.principals import Principal
from shouwen.routing import queries as routing
from shouwen.sla import queries as sla

from ..errors import TicketNotFound
from ..models import Category, ContactAttempt, Ticket, TicketEntry
from ..rules.journey import JourneyStep, steps
from ..rules.states import staff_can
from .lists import TicketItem, for_row
from .scope import visible


@dataclass(frozen=True)
class Line:
    """One line of the history, as staff read it."""

    id: int
    at: datetime
    kind: str
    actor: str
    actor_name: str
    text_zh: str
    text_en: str
    body: str
    visible_to_customer: bool


@dataclass(frozen=True)
class AttemptView:
    """One documented attempt to reach the customer."""

    at: datetime
    channel: str
    outcome: str
    agreed: bool | None
    note: str


@dataclass(frozen=True)
class TicketDetail:
    """Everything a ticket's page shows but its history."""

    item: TicketItem
    description: str
    area: str
    channel: str
    category_path_zh: list[str]
    category_path_en: list[str]
    queue_name: str
    conversation: str | None
    journey: list[JourneyStep]
    question: str
    answer: str
    waiting_since: datetime | None
    urged_at: datetime | None
    closed_at: datetime | None
    linked_to: str | None
    links: list[str]
    attempts: list[AttemptView]
    compensation: ApprovalCard | None
    answers: Answered | None
    can: list[str]


def version(number: str, *, by: Principal) -> int:
    """Return the version of a ticket that `by` may see."""
    found = visible(by).filter(number=number).values_list("version", flat=True).first()
    if found is None:
        raise TicketNotFound(number=number)
    return found


def id_of(number: str, *, customer_id: int, by: Principal) -> int:
    """Return the id of a customer's ticket that `by` may see."""
    found = visible(by).filter(number=number, customer_id=customer_id).values_list("id", flat=True).first()
    if found is None:
        raise TicketNotFound(number=number)
    return found


def detail(number: str, *, by: Principal) -> TicketDetail:
    """Return a ticket that `by` may see; raises TicketNotFound."""
    related = ("category__parent__parent", "linked_to")
    row = visible(by).select_related(*related).filter(number=number).first()
    if row is None:
        raise TicketNotFound(number=number)
    path = _upwards(row)[::-1]
    return TicketDetail(
        item=for_row(row.id),
        description=row.description,
        area=row.area,
        channel=row.channel,
        category_path_zh=[zh for zh, _ in path],
        category_path_en=[en for _, en in path],
        queue_name=queue_name(row.queue_code),
        conversation=_conversation(row.interaction_id),
        journey=steps(row.state, stamps(row)),
        question=row.question,
        answer=row.answer,
        waiting_since=row.waiting_since,
        urged_at=row.urged_at,
        closed_at=row.closed_at,
        linked_to=row.linked_to.number if row.linked_to else None,
        links=list(Ticket.objects.filter(linked_to=row).order_by("id").values_list("number", flat=True)),
        attempts=_attempts(row),
        compensation=latest_of("ticket", [row.id], kind="tickets.compensation").get(row.id),
        answers=answered("ticket", row.id, by=by),
        can=staff_can(row.state),
    )


def history(number: str, *, by: Principal) -> list[Line]:
    """Return the whole history of a ticket, newest first, as staff may read it."""
    row = visible(by).filter(number=number).only("id").first()
    if row is None:
        raise TicketNotFound(number=number)
    fields = tuple(Line.__dataclass_fields__)
    entries = TicketEntry.objects.filter(ticket=row).order_by("-id")
    return [Line(*values) for values in entries.values_list(*fields)]


def deadlines(number: str, *, by: Principal) -> list[sla.Explained]:
    """Return how each promise of time of a ticket came about, as far as `by` may see the ticket."""
    row = visible(by).filter(number=number).only("id").first()
    if row is None:
        raise TicketNotFound(number=number)
    return sla.explained("ticket", row.id)


def stamps(row: Ticket) -> tuple[datetime | None, ...]:
    """Return when each node of the journey was reached."""
    return (row.accessed_at, row.accepted_at, row.handled_at, row.delivered_at, row.followed_up_at)


def queue_name(code: str) -> str:
    """Return what a queue is called, or its code when it is gone."""
    return next((queue.name for queue in routing.queues() if queue.code == code), code)


def _upwards(row: Ticket) -> list[tuple[str, str]]:
    node: Category | None = row.category
    names: list[tuple[str, str]] = []
    while node is not None:
        names.append((node.name_zh, node.name_en))
        node = node.parent
    return names


def _conversation(interaction_id: int | None) -> str | None:
    return interactions.conversation(interaction_id).public_id if interaction_id else None


def _attempts(row: Ticket) -> list[AttemptView]:
    fields = tuple(AttemptView.__dataclass_fields__)
    rows = ContactAttempt.objects.filter(ticket=row).order_by("id")
    return [AttemptView(*values) for values in rows.values_list(*fields)]
