"""Restriction (个人信息保护法第47条): but for storage, the data is not used; only the legal role sees it."""

from __future__ import annotations

from shouwen.customers import permissions
from shouwen.customers.errors import CustomerNotFound
from shouwen.customers.events import CustomerChanged
from shouwen.customers.models import Customer
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal


@action
def restrict(*, by: Principal, customer_id: int, reason: str) -> None:
    """Lock a customer's data away; locked already, it stays so."""
    require(by, permissions.VIEW_RESTRICTED)
    row = _locked(customer_id)
    row.restricted_at = row.restricted_at or clock.now()
    _changed(row, by, "customers.restrict", reason)


@action
def lift_restriction(*, by: Principal, customer_id: int, reason: str) -> None:
    """Let a customer's data be used again, because he asked for it."""
    require(by, permissions.VIEW_RESTRICTED)
    row = _locked(customer_id)
    row.restricted_at = None
    _changed(row, by, "customers.lift_restriction", reason)


def _locked(customer_id: int) -> Customer:
    row = Customer.objects.select_for_update().filter(id=customer_id).first()
    if row is None:
        raise CustomerNotFound
    return row


def _changed(row: Customer, by: Principal, verb: str, reason: str) -> None:
    row.version += 1
    row.save(update_fields=["restricted_at", "version"])
    audit.record(by, verb, subject="customer", subject_id=row.pk, reason=reason)
    publish(CustomerChanged(customer_id=row.pk), audience=[f"customer:{row.pk}"], at=clock.now())
