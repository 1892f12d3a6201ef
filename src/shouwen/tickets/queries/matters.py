"""A ticket as its customer sees it: progress like a parcel's, in plain words, without anything internal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from shouwen.accounts.queries import StaffCard, staff_cards
from shouwen.forms.queries import Answered, answered
from shouwen.kit.api import Page, page_of
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility
from shouwen.sla import queries as sla

from ..errors import TicketNotFound
from ..models import Ticket, TicketEntry
from ..rules.journey import JourneyStep, steps
from ..rules.states import customer_can
from .detail import stamps
from .lists import next_clock
from .orders import ORDERS
from .scope import visible

Next = Literal["take_up", "work", "your_answer", "third_party", "your_confirmation", "nothing"]
_NEXT: dict[str, Next] = {
    "acknowledged": "take_up",
    "inProgress": "work",
    "pending": "your_answer",
    "held": "third_party",
    "resolved": "your_confirmation",
}


@dataclass(frozen=True)
class MatterCard:
    """A matter in the customer's list."""

    id: int
    number: str
    kind: str
    title: str
    state: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class MatterLine:
    """One line of what happened, in both languages; `body` is what was written, if anything."""

    at: datetime
    kind: str
    text_zh: str
    text_en: str
    body: str


@dataclass(frozen=True)
class MatterView:
    """Everything the customer may know of a matter and do about it."""

    id: int
    number: str
    kind: str
    title: str
    state: str
    version: int
    opened_at: datetime
    closed_at: datetime | None
    closed_reason: str
    steps: list[JourneyStep]
    owner: StaffCard | None
    next_what: Next
    next_by: datetime | None
    question: str
    answer: str
    timeline: list[MatterLine]
    answers: Answered | None
    """What he filled in; by a link it is not shown."""
    can: list[str]


def matters(*, by: Principal, cursor: str = "", limit: int = 50) -> Page[MatterCard]:
    """Return the matters `by` may see as a customer, newest first."""
    fields = tuple(MatterCard.__dataclass_fields__)
    return page_of(visible(by).values(*fields), order=ORDERS["newest"], cursor=cursor, limit=limit, shape=_card)


def matter(number: str = "", *, by: Principal, ticket_id: int | None = None) -> MatterView:
    """Return one matter by number, or by id for the holder of a link; raises TicketNotFound."""
    wanted = {"id": ticket_id} if ticket_id is not None else {"number": number}
    row = visible(by).filter(**wanted).first()
    if row is None:
        raise TicketNotFound(number=number)
    hand = responsibility.of("ticket", [row.id])[row.id]
    return MatterView(
        id=row.id,
        number=row.number,
        kind=row.kind,
        title=row.title,
        state=row.state,
        version=row.version,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_reason=row.closed_reason,
        steps=steps(row.state, stamps(row)),
        owner=staff_cards([hand.owner_id]).get(hand.owner_id),
        next_what=_NEXT.get(row.state, "nothing"),
        next_by=_next_by(row, hand),
        question=row.question,
        answer=row.answer,
        timeline=_timeline(row),
        answers=answered("ticket", row.id, by=by) if by.kind == "customer" else None,
        can=customer_can(row.state),
    )


def _card(row: dict[str, Any]) -> MatterCard:
    return MatterCard(**row)


def _next_by(row: Ticket, hand: responsibility.Responsibility) -> datetime | None:
    """Return by when the next thing happens: our deadline, or the date we look again."""
    if hand.closed_at is not None:
        return None
    if hand.next_contact_at is not None:
        return hand.next_contact_at
    clock = next_clock(sla.of("ticket", [row.id]).get(row.id, []))
    return clock.due_at if clock else None


def _timeline(row: Ticket) -> list[MatterLine]:
    entries = TicketEntry.objects.filter(ticket=row, visible_to_customer=True).order_by("-id")
    fields = tuple(MatterLine.__dataclass_fields__)
    return [MatterLine(*values) for values in entries.values_list(*fields)]
