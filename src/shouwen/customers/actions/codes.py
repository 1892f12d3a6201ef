"""One-time codes. All times here are wall times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from shouwen.customers import queries, rules, tokens
from shouwen.customers.errors import TooManyCodes
from shouwen.customers.models import SignInCode
from shouwen.kernel import phones
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.principals import Principal

from .locks import hold


@dataclass(frozen=True)
class IssuedCode:
    """A code on its way to its customer; exists in this form nowhere else."""

    request_id: int
    customer_id: int
    phone: str
    code: str
    expires_at: datetime


@action
def request_sign_in_code(*, phone: str, address: str = "") -> int:
    """Note that somebody asks for a code, within the limits of the number and of his address.

    Does the same work for every number, so that neither the answer nor its time tells who is a customer.
    """
    number, at = phones.normalise(phone), clock.wall()
    hold(f"number:{number}", f"address:{address}")
    _refuse_too_many(number, address, at)
    row = SignInCode.objects.create(phone=number, address=address, requested_at=at, expires_at=at + rules.CODE_LIFE)
    return row.pk


@action
def arm_sign_in_code(*, request_id: int) -> IssuedCode | None:
    """Make the code of a request whose number signs a customer in; None for others, and the second time."""
    row = SignInCode.objects.select_for_update().get(id=request_id)
    owner = queries.by_phone(row.phone)
    if owner is None or row.digest is not None or clock.wall() > row.expires_at:
        return None
    code = tokens.new_code()
    row.digest, row.customer_id = tokens.code_digest(code, row.pk), owner
    row.save(update_fields=["digest", "customer"])
    me = Principal(kind="customer", id=owner)
    audit.record(me, "customers.code.issue", subject="customer", subject_id=owner)
    return IssuedCode(row.pk, owner, row.phone, code, row.expires_at)


@action
def issue_sign_in_code(*, phone: str, address: str = "") -> IssuedCode | None:
    """Ask for a code and make it at once; None when the number signs nobody in."""
    return arm_sign_in_code(request_id=request_sign_in_code(phone=phone, address=address))


def _refuse_too_many(number: str, address: str, at: datetime) -> None:
    day = SignInCode.objects.filter(requested_at__gt=at - timedelta(days=1))
    times = day.values_list("requested_at", flat=True)
    wait = rules.wait_for_code(list(times.filter(phone=number)), rules.PER_NUMBER, at)
    if address:
        wait = max(wait, rules.wait_for_code(list(times.filter(address=address)), rules.PER_ADDRESS, at))
    if wait:
        raise TooManyCodes(seconds=ceil(wait.total_seconds()))
