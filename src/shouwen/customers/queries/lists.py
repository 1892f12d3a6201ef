"""Lists of customers, and the lines of one customer's life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from shouwen.customers.models import ContactPoint, Customer, TimelineEntry
from shouwen.kernel import phones
from shouwen.kernel.errors import InvalidInput
from shouwen.kit.api import Page, page_of
from shouwen.kit.principals import Principal

from .cards import CARD, CustomerCard, first_phones, shape_cards, visible

Sort = Literal["newest", "oldest", "star"]
ORDERS: dict[Sort, tuple[str, ...]] = {"newest": ("-id",), "oldest": ("id",), "star": ("-stars", "-id")}


@dataclass(frozen=True)
class TimelineLine:
    """One line of a customer's life with us."""

    id: int
    at: datetime
    kind: str
    channel: str
    subject: str
    subject_id: int
    line_zh: str
    line_en: str


def search(*, q: str, by: Principal, sort: Sort = "newest", cursor: str = "", limit: int = 50) -> Page[CustomerCard]:
    """Find customers by number, e-mail, contract number or the beginning of the name."""
    page = page_of(_ranked(_found(q.strip(), by), sort), order=ORDERS[sort], cursor=cursor, limit=limit, shape=_card)
    found = shape_cards(page.items)
    return Page[CustomerCard](items=[found[row["id"]] for row in page.items], next=page.next)


def count(*, q: str, by: Principal) -> int:
    """Return how many customers a search finds."""
    return _found(q.strip(), by).count()


def unmasked(ids: list[int]) -> dict[int, dict[str, str]]:
    """Return what masking hides of some customers, for an export that was permitted and is on record."""
    numbers = first_phones(ids)
    rows = Customer.objects.filter(id__in=ids).values_list("id", "name", "account_number")
    return {
        i: {"name": name, "account_number": account or "", "phone": numbers.get(i, "")} for i, name, account in rows
    }


def taken(numbers: list[str], accounts: list[str]) -> frozenset[str]:
    """Return which of some numbers sign a customer in already, and which of some contract numbers are in use."""
    wanted = [number for number in numbers if number]
    signs = ContactPoint.objects.filter(kind="phone", signs_in=True, value__in=wanted).values_list("value", flat=True)
    known = Customer.objects.filter(account_number__in=[a for a in accounts if a])
    return frozenset(signs) | frozenset(a for a in known.values_list("account_number", flat=True) if a)


def _found(q: str, by: Principal) -> QuerySet[Customer]:
    return visible(by).filter(_matches(q)) if q else visible(by)


def _ranked(rows: QuerySet[Customer], sort: Sort) -> QuerySet[Any, Any]:
    """Put beside customers what an order looks at: who has no stars comes last."""
    extra = {"stars": Coalesce("star", 0)} if sort == "star" else {}
    found: QuerySet[Any, Any] = rows.annotate(**extra).values(*CARD, *extra)
    return found


def _card(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in CARD}


def _matches(q: str) -> Q:
    reached = ContactPoint.objects.filter(value__in=_numbers(q)).values("customer_id")
    return Q(name__startswith=q) | Q(account_number=q) | Q(id__in=reached)


def _numbers(q: str) -> list[str]:
    try:
        return [phones.normalise(q), q]
    except InvalidInput:
        return [q]


def timeline(customer_id: int, cursor: str = "", limit: int = 50) -> Page[TimelineLine]:
    """Return what happened with a customer, newest first."""
    rows = TimelineEntry.objects.filter(customer_id=customer_id)
    fields = ("id", "at", "kind", "channel", "subject", "subject_id", "line_zh", "line_en")
    order = ("-at", "-id")
    return page_of(rows.values(*fields), order=order, cursor=cursor, limit=limit, shape=lambda r: TimelineLine(**r))
