"""Lists of tickets: boxes of the back office, a customer's, a conversation's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from django.db.models import Q, QuerySet

from shouwen.accounts.queries import StaffCard, staff_cards
from shouwen.customers import queries as customers
from shouwen.customers.queries import CustomerCard
from shouwen.kit import clock
from shouwen.kit.api import Page, cut, page_of, within
from shouwen.kit.permissions import require
from shouwen.kit.prepared import Prepared
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing
from shouwen.sla import queries as sla

from .. import permissions
from ..models import Ticket
from ..rules.states import OPEN
from .orders import KEYS, ORDERS, Sort, ranked
from .scope import in_scope, unlocked, visible

Box = Literal["mine", "owned", "queue", "all"]
FOUND_CUSTOMERS = 50
_COLUMNS = (
    "id",
    "number",
    "kind",
    "title",
    "state",
    "urgency",
    "version",
    "customer_id",
    "category__code",
    "category__name_zh",
    "category__name_en",
    "queue_code",
    "opened_at",
    "reopened_count",
    "escalated_at",
    "closed_reason",
)


@dataclass(frozen=True)
class TicketRow:
    """A ticket's own columns in a list."""

    id: int
    number: str
    kind: str
    title: str
    state: str
    urgency: str
    version: int
    customer_id: int
    category: str
    category_zh: str
    category_en: str
    queue_code: str
    opened_at: datetime
    reopened_count: int
    escalated_at: datetime | None
    closed_reason: str


@dataclass(frozen=True)
class TicketItem:
    """A ticket in a list, with whom it is about, in whose hands it is, and its next deadline."""

    row: TicketRow
    customer: CustomerCard | None
    owner: StaffCard | None
    handler: StaffCard | None
    offered_to: StaffCard | None
    waits_on: str
    next_contact_at: datetime | None
    clocks: list[sla.Clock]

    @property
    def clock(self) -> sla.Clock | None:
        """Return the promise to be met first."""
        return next_clock(self.clocks)


@dataclass(frozen=True)
class _Shape:
    """Which conditions a list has; with what values comes later."""

    box: Box
    scoped: bool
    states: bool
    kind: bool
    overdue: bool | None
    unlocked: bool


def boxes(
    *,
    by: Principal,
    box: Box = "all",
    states: Iterable[str] = (),
    kind: str = "",
    overdue: bool | None = None,
    q: str = "",
    sort: Sort = "newest",
    cursor: str = "",
    limit: int = 50,
) -> Page[TicketItem]:
    """Return one page of what `by` may see in a box, in an order."""
    shape, values = _asked(by=by, box=box, states=list(states), kind=kind, overdue=overdue)
    if by.kind == "staff" and not q.strip() and not cursor:
        found = _first_page(shape, sort, within(limit))(**values)
        rows = [dict(zip((*_COLUMNS, *KEYS[sort]), row, strict=True)) for row in found]
        first = cut(rows, order=ORDERS[sort], limit=within(limit), shape=_row)
        return Page[TicketItem](items=items(first.items), next=first.next)
    return page(_wanted(shape, values, q.strip(), by), sort=sort, cursor=cursor, limit=limit)


def count(
    *,
    by: Principal,
    box: Box = "all",
    states: Iterable[str] = (),
    kind: str = "",
    overdue: bool | None = None,
    q: str = "",
) -> int:
    """Return how many tickets `by` may see in a box."""
    shape, values = _asked(by=by, box=box, states=list(states), kind=kind, overdue=overdue)
    return _wanted(shape, values, q.strip(), by).count()


def box_counts(*, by: Principal) -> dict[Box, int]:
    """Return how many open tickets wait in each box of the person's own."""
    own: tuple[Box, ...] = ("mine", "owned", "queue")
    return {box: count(by=by, box=box, states=OPEN) for box in own}


def _asked(
    *, by: Principal, box: Box, states: list[str], kind: str, overdue: bool | None
) -> tuple[_Shape, dict[str, Any]]:
    """Take a list's conditions and their values apart."""
    if by.kind == "staff":
        require(by, permissions.VIEW)
    scoped = by.kind == "staff" and by.organisations is not None
    values = {
        "person": by.id,
        "organisations": list(by.organisations or ()),
        "queues": routing.queue_codes_of(by) if scoped or box == "queue" else [],
        "states": states,
        "kind": kind,
        "at": clock.now(),
    }
    return _Shape(box, scoped, bool(states), bool(kind), overdue, not customers.sees_restricted(by)), values


def _wanted(shape: _Shape, values: dict[str, Any], q: str, by: Principal) -> QuerySet[Ticket]:
    rows = Ticket.objects.all() if by.kind == "staff" else visible(by)
    rows = rows.filter(_conditions(shape, **values))
    return rows.filter(_matches(q, by)) if q else rows


@cache
def _first_page(shape: _Shape, sort: Sort, limit: int) -> Prepared:
    """Return the first page of a list as a statement that is written once for each set of conditions."""

    def build(*, person: Any, organisations: Any, queues: Any, states: Any, kind: Any, at: Any) -> QuerySet[Any, Any]:
        given = {"organisations": organisations, "queues": queues, "states": states, "kind": kind, "at": at}
        found = ranked(Ticket.objects.filter(_conditions(shape, person=person, **given)), sort)
        return found.order_by(*ORDERS[sort]).values_list(*_COLUMNS, *KEYS[sort])[: limit + 1]

    return Prepared(build)


def _conditions(shape: _Shape, *, person: Any, organisations: Any, queues: Any, states: Any, kind: Any, at: Any) -> Q:
    """Write a list's conditions with values, or with the blanks of a prepared query."""
    found = _box(shape.box, person, queues)
    if shape.scoped:
        found &= in_scope(person=person, organisations=organisations, queues=queues)
    if shape.unlocked:
        found &= unlocked()
    if shape.states:
        found &= Q(state__any=states)
    if shape.kind:
        found &= Q(kind=kind)
    if shape.overdue is not None:
        late = Q(id__in=sla.overdue_ids("ticket", at), state__in=OPEN)
        found &= late if shape.overdue else ~late
    return found


def page(rows: QuerySet[Ticket], *, sort: Sort = "newest", cursor: str, limit: int) -> Page[TicketItem]:
    """Cut one page out of tickets and gather what stands beside them."""
    wanted = ranked(rows, sort).values(*_COLUMNS, *KEYS[sort])
    found = page_of(wanted, order=ORDERS[sort], cursor=cursor, limit=limit, shape=_row)
    return Page[TicketItem](items=items(found.items), next=found.next)


def items(rows: list[TicketRow]) -> list[TicketItem]:
    """Put beside each ticket its customer, people and clock, with one query for each sort of thing."""
    ids = [row.id for row in rows]
    hands = responsibility.of("ticket", ids)
    clocks = sla.of("ticket", ids)
    people = staff_cards(
        staff_id
        for hand in hands.values()
        for staff_id in (hand.owner_id, hand.handler_id, hand.offered_to_id)
        if staff_id is not None
    )
    cards = customers.cards({row.customer_id for row in rows})
    return [_item(row, hands.get(row.id), clocks.get(row.id, []), people, cards) for row in rows]


def for_row(ticket_id: int) -> TicketItem:
    """Return one ticket as it stands in a list."""
    return items([_row(value) for value in Ticket.objects.filter(id=ticket_id).values(*_COLUMNS)])[0]


def of_customer(customer_id: int, *, by: Principal, cursor: str = "", limit: int = 50) -> Page[TicketItem]:
    """Return a customer's tickets that `by` may see, newest first; raises CustomerNotFound."""
    rows = visible(by).filter(customer_id=customers.card(customer_id).id)
    return page(rows, cursor=cursor, limit=limit)


def for_conversations(interaction_ids: Iterable[int]) -> dict[int, list[TicketItem]]:
    """Return the tickets opened in each conversation, oldest first; for the rooms that show conversations."""
    rows = Ticket.objects.filter(interaction_id__in=list(interaction_ids)).order_by("id")
    grouped: dict[int, list[TicketItem]] = {}
    values = list(rows.values("interaction_id", *_COLUMNS))
    for found, item in zip(values, items([_row(value) for value in values]), strict=True):
        grouped.setdefault(found["interaction_id"], []).append(item)
    return grouped


def next_clock(clocks: list[sla.Clock]) -> sla.Clock | None:
    """Return the open promise that must be met first."""
    return min((c for c in clocks if c.open), key=lambda c: c.due_at, default=None)


def _row(value: dict[str, Any]) -> TicketRow:
    return TicketRow(*(value[name] for name in _COLUMNS))


def _item(
    row: TicketRow,
    hand: responsibility.Responsibility | None,
    clocks: list[sla.Clock],
    people: dict[int, StaffCard],
    cards: dict[int, CustomerCard],
) -> TicketItem:
    return TicketItem(
        row=row,
        customer=cards.get(row.customer_id),
        owner=people.get(hand.owner_id) if hand else None,
        handler=people.get(hand.handler_id or 0) if hand else None,
        offered_to=people.get(hand.offered_to_id or 0) if hand else None,
        waits_on=hand.waits_on if hand and hand.closed_at is None else "",
        next_contact_at=hand.next_contact_at if hand else None,
        clocks=clocks,
    )


def _box(box: Box, person: Any, queues: Any) -> Q:
    if box == "mine":
        return Q(id__in=responsibility.handled_ids("ticket", person))
    if box == "owned":
        return Q(id__in=responsibility.owned_ids("ticket", person))
    if box == "queue":
        return Q(id__in=responsibility.unhandled_ids("ticket"), state__in=OPEN, queue_code__any=queues)
    return Q()


def _matches(q: str, by: Principal) -> Q:
    """Find by number (from its start, or the ordinal alone), by words of the title, or by the customer."""
    found = Q(number__istartswith=q) | Q(title__icontains=q)
    if q.isdigit():
        found |= Q(number__endswith=f"-{q.zfill(6)}")
    return found | Q(customer_id__in=_customers(q, by))


def _customers(q: str, by: Principal) -> list[int]:
    if not by.may("customers.view"):
        return []
    return [card.id for card in customers.search(q=q, by=by, limit=FOUND_CUSTOMERS).items]


def open_of_customer(customer_id: int) -> set[int]:
    """Return the ids of a customer's tickets that are not over."""
    return set(Ticket.objects.filter(customer_id=customer_id, state__in=OPEN).values_list("id", flat=True))
