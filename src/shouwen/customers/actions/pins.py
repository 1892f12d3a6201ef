"""The service password (服务密码)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password

from shouwen.customers import permissions, queries, rules
from shouwen.customers.errors import PinLocked, PinMissing, WeakPin
from shouwen.customers.models import ContactPoint, Customer, ServicePin
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal


@action
def set_service_pin(*, by: Principal, customer_id: int, pin: str) -> None:
    """Set a customer's own service password; only he may, signed in with his number."""
    if (by.kind, by.id) != ("customer", customer_id):
        require(by, permissions.UPDATE)
        queries.detail(customer_id, by=by)
    row = Customer.objects.get(id=customer_id)
    numbers = ContactPoint.objects.filter(customer=row, kind="phone").values_list("value", flat=True)
    if rules.pin_is_weak(pin, numbers=list(numbers), birth_date=row.birth_date):
        raise WeakPin
    ServicePin.objects.update_or_create(
        customer=row,
        defaults={"digest": make_password(pin), "set_at": clock.now(), "failures": 0, "locked_until": None},
    )
    audit.record(by, "customers.pin.set", subject="customer", subject_id=customer_id)


@action
def check_service_pin(*, by: Principal, customer_id: int, pin: str) -> bool:
    """Tell whether a customer knows his service password; wrong tries are kept and lock it for a while."""
    require(by, permissions.VERIFY)
    queries.detail(customer_id, by=by)
    row = ServicePin.objects.select_for_update().filter(customer_id=customer_id).first()
    if row is None:
        raise PinMissing
    _refuse_locked(row.locked_until)
    right = check_password(pin, row.digest)
    row.failures, row.locked_until = (0, None) if right else rules.pin_after_failure(row.failures, clock.wall())
    row.save(update_fields=["failures", "locked_until"])
    audit.record(by, "customers.pin.check", subject="customer", subject_id=customer_id, right=right)
    return right


def _refuse_locked(until: datetime | None) -> None:
    left = (until - clock.wall()).total_seconds() if until else 0.0
    if left > 0:
        raise PinLocked(minutes=int(left // 60) + 1)
