"""Registering and changing customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.core.exceptions import ObjectDoesNotExist

from shouwen.accounts import queries as accounts
from shouwen.customers import permissions, queries, rules
from shouwen.customers.errors import (
    AccountTaken,
    BornTomorrow,
    ContactNeeded,
    ContactNotFound,
    ContactTaken,
    InvalidEmail,
    NameMissing,
    OutsideArea,
    PhoneTaken,
)
from shouwen.customers.events import CustomerChanged, CustomerRegistered
from shouwen.customers.models import ContactPoint, Customer
from shouwen.kernel import masking, phones
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .locks import hold
from .sessions import sign_out_everywhere

CHANGEABLE = frozenset({"name", "kind", "star", "birth_date", "organisation_id", "account_number", "language"})


@dataclass(frozen=True)
class ContactIn:
    """A contact point as given."""

    kind: Literal["phone", "email"]
    value: str
    preferred: bool = False


@action
def register(
    *,
    by: Principal,
    name: str,
    phone: str,
    kind: str = "public",
    email: str = "",
    star: int | None = None,
    birth_date: date | None = None,
    organisation_id: int | None = None,
    account_number: str = "",
    language: str = "zh-CN",
) -> int:
    """Put a customer on record with the number he signs in with; a taken number names its customer."""
    require(by, permissions.REGISTER)
    at, number = clock.now(), phones.normalise(phone)
    values = {
        "name": name,
        "kind": kind,
        "star": star,
        "birth_date": birth_date,
        "organisation_id": organisation_id,
        "account_number": account_number,
        "language": language,
    }
    row = Customer(registered_at=at, **_checked(values, by=by, at=at))
    _free_phone(number)
    row.save(force_insert=True)
    ContactPoint.objects.create(customer=row, kind="phone", value=number, preferred=True, signs_in=True)
    if email:
        ContactPoint.objects.create(customer=row, kind="email", value=_email(email), preferred=True)
    audit.record(by, "customers.register", subject="customer", subject_id=row.pk, kind=kind)
    publish(CustomerRegistered(customer_id=row.pk), audience=_audience(row), at=at)
    return row.pk


@action
def take_back(*, by: Principal, customer_id: int) -> None:
    """Remove a customer who was registered by mistake and whom nothing names yet."""
    require(by, permissions.IMPORT)
    queries.detail(customer_id, by=by)
    row = Customer.objects.select_for_update().get(id=customer_id)
    row.delete()
    audit.record(by, "customers.take-back", subject="customer", subject_id=customer_id)


@action
def update(*, by: Principal, customer_id: int, changes: dict[str, Any]) -> int:
    """Change fields of a customer (see CHANGEABLE); return the new version."""
    row = _lock(by, customer_id)
    at = clock.now()
    wanted = {k: v for k, v in changes.items() if k in CHANGEABLE}
    checked = _checked(wanted, by=by, at=at, but=customer_id)
    before = {k: getattr(row, k) for k in checked}
    for field, value in checked.items():
        setattr(row, field, value)
    row.version += 1
    row.save()
    changed = sorted(k for k, v in checked.items() if before[k] != v)
    audit.record(by, "customers.update", subject="customer", subject_id=customer_id, fields=changed)
    publish(CustomerChanged(customer_id=customer_id), audience=_audience(row), at=at)
    return row.version


@action
def add_contact(*, by: Principal, customer_id: int, contact: ContactIn) -> int:
    """Give a customer one more way to be reached; return its id."""
    row = _lock(by, customer_id)
    value = phones.normalise(contact.value) if contact.kind == "phone" else _email(contact.value)
    mine = ContactPoint.objects.filter(customer=row, kind=contact.kind)
    if mine.filter(value=value).exists():
        raise ContactTaken
    if contact.preferred:
        mine.update(preferred=False)
    added = ContactPoint.objects.create(customer=row, kind=contact.kind, value=value, preferred=contact.preferred)
    _contacts_changed(by, row, "customers.contact.add", added.pk)
    return added.pk


@action
def change_sign_in(*, by: Principal, customer_id: int, contact_id: int) -> None:
    """Let a customer sign in with another number of his; whoever is signed in has to do it anew."""
    row = _lock(by, customer_id)
    contact = ContactPoint.objects.filter(customer=row, id=contact_id, kind="phone").first()
    if contact is None:
        raise ContactNotFound
    if not contact.signs_in:
        _free_phone(contact.value)
        ContactPoint.objects.filter(customer=row, signs_in=True).update(signs_in=False)
        contact.signs_in, contact.verified_at = True, None
        contact.save(update_fields=["signs_in", "verified_at"])
    sign_out_everywhere(by=by, customer_id=customer_id)
    _contacts_changed(by, row, "customers.contact.sign_in", contact_id)


@action
def remove_contact(*, by: Principal, customer_id: int, contact_id: int) -> None:
    """Take a contact point away; never the number the customer signs in with."""
    row = _lock(by, customer_id)
    contact = ContactPoint.objects.filter(customer=row, id=contact_id).first()
    if contact is None:
        raise ContactNotFound
    if contact.signs_in:
        raise ContactNeeded
    contact.delete()
    _contacts_changed(by, row, "customers.contact.remove", contact_id)


def _contacts_changed(by: Principal, row: Customer, verb: str, contact_id: int) -> None:
    row.version += 1
    row.save(update_fields=["version"])
    audit.record(by, verb, subject="customer", subject_id=row.pk, contact=contact_id)
    publish(CustomerChanged(customer_id=row.pk), audience=_audience(row), at=clock.now())


def _lock(by: Principal, customer_id: int) -> Customer:
    """Lock a customer whom `by` may change."""
    require(by, permissions.UPDATE)
    queries.detail(customer_id, by=by)
    return Customer.objects.select_for_update().get(id=customer_id)


def _audience(row: Customer) -> list[str]:
    open_to_all = row.organisation_id is not None and not rules.is_key(row.kind, row.star)
    here = [f"org:{row.organisation_id}"] if open_to_all else []
    return [f"customer:{row.pk}", *here]


def _checked(values: dict[str, Any], *, by: Principal, at: datetime, but: int | None = None) -> dict[str, Any]:
    """Return the values as they are kept, or refuse the first that breaks a rule."""
    checked = dict(values)
    if "name" in checked:
        checked["name"] = str(checked["name"]).strip()
    if checked.get("name") == "":
        raise NameMissing
    if "account_number" in checked:
        checked["account_number"] = _free_account(checked["account_number"], but)
    born = checked.get("birth_date")
    if born is not None and born > at.astimezone(BEIJING).date():
        raise BornTomorrow
    _refuse_foreign(checked.get("organisation_id"), by)
    return checked


def _refuse_foreign(organisation_id: int | None, by: Principal) -> None:
    """Refuse an organisation that is not there, or not in the data scope."""
    if organisation_id is None:
        return
    try:
        accounts.organisation_path(organisation_id)
    except ObjectDoesNotExist:
        raise OutsideArea from None
    if not by.sees(organisation_id):
        raise OutsideArea


def _free_account(number: str | None, but: int | None) -> str | None:
    kept = (number or "").strip() or None
    if kept is None:
        return None
    hold(f"account:{kept}")
    if Customer.objects.filter(account_number=kept).exclude(id=but or 0).exists():
        raise AccountTaken(number=kept)
    return kept


def _free_phone(number: str) -> None:
    """Refuse a number that signs another customer in; nobody else takes it until this action ends."""
    hold(f"number:{number}")
    owner = queries.by_phone(number)
    if owner is not None:
        raise PhoneTaken(phone=masking.phone(number), customer_id=owner)


def _email(text: str) -> str:
    address = text.strip()
    if not rules.is_email(address):
        raise InvalidEmail(text=address[:60])
    return address
