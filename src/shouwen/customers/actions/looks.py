"""Every look of staff at personal data is on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shouwen.customers import permissions, queries, rules
from shouwen.customers.errors import ReasonNeeded
from shouwen.customers.models import ContactPoint, Customer
from shouwen.customers.queries import CustomerCard, CustomerDetail, Sort, TimelineLine
from shouwen.kernel import masking
from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.api import Page
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal


@action
def look_up(*, by: Principal, q: str, sort: Sort = "newest", cursor: str = "", limit: int = 50) -> Page[CustomerCard]:
    """Search customers, and note who searched for what (masked) and how many he saw."""
    page = queries.search(q=q, by=by, sort=sort, cursor=cursor, limit=limit)
    audit.record(by, "customers.search", subject="house", subject_id=0, q=_masked(q), seen=[c.id for c in page.items])
    return page


def _masked(q: str) -> str:
    if "@" in q:
        return masking.email(q)
    return masking.phone(q) if any(c.isdigit() for c in q) else masking.name(q)


@action
def look_at(*, by: Principal, customer_id: int) -> CustomerDetail:
    """Open a customer, masked, and note it."""
    view = queries.detail(customer_id, by=by)
    audit.record(by, "customers.view", subject="customer", subject_id=customer_id)
    return view


@action
def note_restricted_look(*, by: Principal, customer_id: int, **what: str) -> None:
    """Note that somebody opened what is kept of a customer whose data is restricted."""
    audit.record(by, "customers.restricted.view", subject="customer", subject_id=customer_id, **what)


@action
def look_for_duplicates(*, by: Principal, customer_id: int) -> list[CustomerCard]:
    """Look for others who may be the same customer, and note whom it showed."""
    found = queries.duplicates(customer_id, by=by)
    seen = [card.id for card in found]
    audit.record(by, "customers.duplicates.view", subject="customer", subject_id=customer_id, seen=seen)
    return found


@action
def look_at_timeline(*, by: Principal, customer_id: int, cursor: str = "", limit: int = 50) -> Page[TimelineLine]:
    """Open what happened with a customer, and note it."""
    queries.detail(customer_id, by=by)
    audit.record(by, "customers.timeline.view", subject="customer", subject_id=customer_id)
    return queries.timeline(customer_id, cursor, limit)


@dataclass(frozen=True)
class Revealed:
    """The personal data of a customer in full, for the moment it is needed."""

    name: str
    birth_date: date | None
    account_number: str
    contacts: dict[int, str]


@action
def reveal(*, by: Principal, customer_id: int, reason: str) -> Revealed:
    """Show a customer's personal data in full for a reason, which goes to the audit trail."""
    require(by, permissions.REVEAL)
    if len(reason.strip()) < rules.REASON_MIN:
        raise ReasonNeeded
    queries.detail(customer_id, by=by)
    row = Customer.objects.get(id=customer_id)
    audit.record(by, "customers.reveal", subject="customer", subject_id=customer_id, reason=reason.strip())
    contacts = dict(ContactPoint.objects.filter(customer=row).values_list("id", "value"))
    return Revealed(row.name, row.birth_date, row.account_number or "", contacts)
