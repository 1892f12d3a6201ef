"""How somebody comes in now: his queue, his class, whether we are open, whether he is turned away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from shouwen.customers import queries as customers
from shouwen.kernel.calendars import BEIJING
from shouwen.kit.prepared import Prepared, columns, fetched
from shouwen.sla import queries as sla

from ..errors import ContactBlocked, QueueClosed
from ..models import Announcement, Nuisance, Queue, WorkItem
from ..rules import entry as rules
from ..rules.entry import Caller, Closed, Entry
from .queues import QueueCard, card_of, queue_row

__all__ = ["Entry", "Notice", "Way", "notices", "way"]

_NUISANCES = Prepared(
    lambda contacts, at: (
        Nuisance.objects.filter(contact__any=contacts, lifted_at=None, until__gt=at)
        .order_by("level", "-until")
        .values_list(*columns(Nuisance))[:1]
    )
)


@dataclass(frozen=True)
class Way:
    """Where a contact goes and how it stands there. `opens_at`: we are closed, and it waits until then."""

    queue: QueueCard
    entry: Entry
    opens_at: datetime | None


@dataclass(frozen=True)
class Notice:
    """What leaders say to everybody who waits."""

    id: int
    queue_code: str
    zh: str
    en: str
    at: datetime
    until: datetime


def way(*, queue_code: str, customer_id: int | None, contact: str, medium: str, at: datetime) -> Way:
    """Say how somebody comes in: an empty code is an unknown need and leads to the general queue.

    Refuses who is blocked as a nuisance, and who comes to a queue that is closed and takes nobody then.
    """
    entry = rules.enter(_caller(customer_id, contact, at))
    row = queue_row(queue_code)
    if entry.green:
        row = _serving(Queue.objects.filter(domain_id=row.domain_id, green=True), medium) or row
    opens_at = closed_until(row, at)
    if opens_at is not None and row.closed == Closed.OTHER:
        assert row.closed_to is not None
        row = row.closed_to
        opens_at = closed_until(row, at)
    if opens_at is not None and row.closed == Closed.REFUSE:
        raise QueueClosed(queue=row.name, opens=_words(opens_at))
    return Way(card_of(row), entry, opens_at)


def _serving(rows: object, medium: str) -> Queue | None:
    return rows.filter(Q(media=[]) | Q(media__contains=[medium])).first()  # type: ignore[attr-defined,no-any-return]


def _caller(customer_id: int | None, contact: str, at: datetime) -> Caller:
    nuisance = nuisance_of({contact, f"customer:{customer_id}"}, at)
    if nuisance is not None and nuisance.level == Nuisance.Level.BLOCK:
        raise ContactBlocked(until=_words(nuisance.until))
    level = nuisance.level if nuisance else ""
    if customer_id is None:
        return Caller(nuisance=level)
    card = customers.card(customer_id)
    since = at - rules.STRAIGHT_WINDOW
    came = WorkItem.objects.filter(customer_id=customer_id, outbound=False)
    asked = came.filter(requested_at__gt=since, previous=None).count()
    return Caller(card.kind, card.key, card.star, card.elderly, asked, level)


def nuisance_of(contacts: set[str], at: datetime) -> Nuisance | None:
    """Return the mark that counts for a contact now; the hardest one."""
    return fetched(Nuisance, _NUISANCES(contacts=sorted(contacts), at=at))


def closed_until(row: Queue, at: datetime) -> datetime | None:
    """Return when a closed queue opens; None while it is open, and for one without a calendar."""
    calendar = sla.working_calendar(row.hours, at) if row.hours else None
    if calendar is None:
        return None
    opens, _ = next(calendar.spans(at))
    return opens if opens > at else None


def _words(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def notices(queue_code: str, at: datetime) -> list[Notice]:
    """Return what is said to who waits in a queue now, the newest first."""
    rows = Announcement.objects.filter(until__gt=at, withdrawn_at=None)
    if queue_code:
        rows = rows.filter(Q(queue=None) | Q(queue__code=queue_code))
    values = rows.order_by("-id").values_list("id", "queue__code", "zh", "en", "at", "until")
    return [Notice(id_, code or "", zh, en, since, until) for id_, code, zh, en, since, until in values]
