"""What customers agree to."""

from __future__ import annotations

from shouwen.customers import permissions
from shouwen.customers.errors import CustomerNotFound
from shouwen.customers.events import ConsentChanged
from shouwen.customers.models import Consent, Customer
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal


@action
def record_consent(
    *, by: Principal, customer_id: int, purpose: str, given: bool, text_version: str, channel: str
) -> None:
    """Note a customer's answer to one purpose, by himself or told to staff. The newest counts at once."""
    if (by.kind, by.id) != ("customer", customer_id):
        require(by, permissions.UPDATE)
    if not Customer.objects.filter(id=customer_id).exists():
        raise CustomerNotFound
    at = clock.now()
    Consent.objects.create(
        customer_id=customer_id,
        purpose=purpose,
        given=given,
        text_version=text_version,
        channel=channel,
        at=at,
    )
    audit.record(by, "customers.consent", subject="customer", subject_id=customer_id, purpose=purpose, given=given)
    publish(ConsentChanged(customer_id=customer_id, purpose=purpose, given=given), at=at)
