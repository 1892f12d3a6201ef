"""Customers as other rooms and screens may see them: masked on this side of the wire."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from shouwen.customers import permissions, rules
from shouwen.customers.errors import CustomerNotFound
from shouwen.customers.models import Consent, ContactPoint, Customer, ServicePin
from shouwen.kernel import masking, phones
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.permissions import require
from shouwen.kit.prepared import Prepared
from shouwen.kit.principals import Principal

RESTRICTED = "***"
CARD = (
    "id",
    "public_id",
    "name",
    "kind",
    "star",
    "birth_date",
    "language",
    "organisation_id",
    "account_number",
    "restricted_at",
)
_CARDS = Prepared(lambda ids: Customer.objects.filter(id__any=ids).values_list(*CARD))
_PHONES = Prepared(
    lambda ids: (
        ContactPoint.objects.filter(customer__id__any=ids, kind="phone")
        .order_by("customer_id", "-preferred", "-signs_in", "id")
        .distinct("customer_id")
        .values_list("customer_id", "value")
    )
)
_STANDING = Prepared(
    lambda customer: Customer.objects.filter(id=customer).values_list("organisation_id", "kind", "star")
)
_REACH = Prepared(
    lambda customer: (
        Customer.objects.filter(id=customer)
        .order_by("contact_points__preferred", "contact_points__signs_in", "-contact_points__id")
        .values_list("language", "contact_points__kind", "contact_points__value")
    )
)
_SIGNS_IN = Prepared(
    lambda number: ContactPoint.objects.filter(value=number, signs_in=True).order_by("id").values_list("customer_id")
)


@dataclass(frozen=True)
class CustomerCard:
    """The few masked things that stand beside a conversation or a ticket."""

    id: int
    public_id: str
    name: str
    phone: str
    kind: str
    star: int | None
    key: bool
    elderly: bool
    language: str
    organisation_id: int | None
    account_number: str

    @property
    def restricted(self) -> bool:
        """Tell whether his data is locked away."""
        return self.name == RESTRICTED


@dataclass(frozen=True)
class ContactView:
    """A contact point, masked unless revealed."""

    id: int
    kind: str
    value: str
    verified: bool
    preferred: bool
    signs_in: bool


@dataclass(frozen=True)
class CustomerDetail:
    """Everything a screen shows of a customer, masked."""

    card: CustomerCard
    age: int | None
    registered_at: datetime
    contacts: list[ContactView]
    consents: dict[str, bool]
    has_pin: bool
    completeness: int
    missing: list[str]
    version: int


def card(customer_id: int) -> CustomerCard:
    """Return one masked card; raises CustomerNotFound."""
    found = cards([customer_id])
    if customer_id not in found:
        raise CustomerNotFound
    return found[customer_id]


def cards(customer_ids: Iterable[int]) -> dict[int, CustomerCard]:
    """Return masked cards by id; unknown ids are left out."""
    wanted = list(set(customer_ids))
    rows = _CARDS(ids=wanted) if wanted else []
    return shape_cards([dict(zip(CARD, row, strict=True)) for row in rows])


def names(customer_ids: Collection[int], by: Principal) -> dict[int, str]:
    """Return the masked names of those customers whom `by` may see."""
    if not by.may(permissions.VIEW):
        return {}
    rows = visible(by).filter(id__in=customer_ids).values_list("id", "name", "restricted_at")
    return {id_: RESTRICTED if restricted else masking.name(name) for id_, name, restricted in rows}


def shape_cards(rows: list[dict[str, object]]) -> dict[int, CustomerCard]:
    """Turn rows of CARD columns into cards, each with the number to call."""
    numbers = first_phones([row["id"] for row in rows])
    today = clock.now().astimezone(BEIJING).date()
    return {int(str(row["id"])): _card(row, numbers, today) for row in rows}


def _card(row: dict[str, object], numbers: dict[int, str], today: date) -> CustomerCard:
    values = dict(row)
    birth_date = values.pop("birth_date")
    if values.pop("restricted_at"):
        values |= {"name": RESTRICTED, "account_number": ""}
        numbers = {}
    number = numbers.get(int(str(row["id"])), "")
    values |= {
        "public_id": str(row["public_id"]),
        "name": values["name"] if values["name"] == RESTRICTED else masking.name(str(row["name"])),
        "account_number": mask_account(str(values["account_number"] or "")),
        "phone": masking.phone(number) if number else "",
        "key": rules.is_key(str(row["kind"]), row["star"]),  # type: ignore[arg-type]
        "elderly": rules.is_elderly(birth_date, today),  # type: ignore[arg-type]
    }
    return CustomerCard(**values)  # type: ignore[arg-type]


def mask_account(number: str) -> str:
    """Keep the last four characters of a contract number."""
    return "*" * max(len(number) - 4, 0) + number[-4:]


def first_phones(customer_ids: Iterable[object]) -> dict[int, str]:
    """Return the number to call of each customer who has one."""
    wanted = list(customer_ids)
    return dict(_PHONES(ids=wanted)) if wanted else {}


def detail(customer_id: int, *, by: Principal) -> CustomerDetail:
    """Return a customer as `by` may see him; raises CustomerNotFound outside his area."""
    row = _seen(customer_id, by)
    contacts = [shape_contact(c) for c in row.contact_points.order_by("kind", "-preferred", "id")]
    known = _known(row, contacts)
    return CustomerDetail(
        card=card(row.pk),
        age=rules.age(row.birth_date, clock.now().astimezone(BEIJING).date()),
        registered_at=row.registered_at,
        contacts=contacts,
        consents=consents(row.pk),
        has_pin=ServicePin.objects.filter(customer=row).exists(),
        completeness=rules.completeness(row.kind, known),
        missing=rules.missing(row.kind, known),
        version=row.version,
    )


def _known(row: Customer, contacts: list[ContactView]) -> dict[str, bool]:
    return {
        "number_proven": any(c.signs_in and c.verified for c in contacts),
        "email": any(c.kind == "email" for c in contacts),
        "birth_date": row.birth_date is not None,
        "account_number": row.account_number is not None,
        "organisation": row.organisation_id is not None,
        "consent": Consent.objects.filter(customer=row).exists(),
    }


def duplicates(customer_id: int, *, by: Principal) -> list[CustomerCard]:
    """Return others in the area of `by` who may be the same: same number or address, or same name and birthday."""
    row = _seen(customer_id, by)
    shared = ContactPoint.objects.filter(value__in=row.contact_points.values("value")).values("customer_id")
    alike = Q(id__in=shared)
    if row.birth_date is not None:
        alike |= Q(name=row.name, birth_date=row.birth_date)
    rows = visible(by).filter(alike).exclude(id=row.pk).order_by("id")[:20]
    return list(shape_cards(list(rows.values(*CARD))).values())


def visible(by: Principal) -> QuerySet[Customer]:
    """Return the customers inside the data scope of `by`."""
    require(by, permissions.VIEW)
    rows = Customer.objects.all()
    if not by.may(permissions.VIEW_RESTRICTED):
        rows = rows.filter(restricted_at=None)
    if by.organisations is None:
        return rows
    return rows.filter(Q(organisation=None) | Q(organisation__in=by.organisations))


def sees_restricted(by: Principal) -> bool:
    """Tell whether `by` may see what is over with customers whose data is restricted."""
    return by.kind != "staff" or by.may(permissions.VIEW_RESTRICTED)


def is_restricted(customer_id: int) -> bool:
    """Tell whether a customer's data is locked away."""
    return Customer.objects.filter(id=customer_id, restricted_at__isnull=False).exists()


def require_seen(customer_id: int, *, by: Principal) -> None:
    """Refuse who may not see a customer; raises CustomerNotFound outside his area."""
    require(by, permissions.VIEW)
    organisation_id, kind, star = _standing(customer_id)
    if not by.sees(organisation_id):
        raise CustomerNotFound
    if rules.is_key(kind, star):
        require(by, permissions.VIEW_KEY)


def organisation_of(customer_id: int) -> int | None:
    """Return the organisation in whose area a customer is; raises CustomerNotFound."""
    organisation_id, _, _ = _standing(customer_id)
    return organisation_id


def _standing(customer_id: int) -> tuple[int | None, str, int | None]:
    found = _STANDING(customer=customer_id)
    if not found:
        raise CustomerNotFound
    organisation_id, kind, star = found[0]
    return organisation_id, kind, star


def _seen(customer_id: int, by: Principal) -> Customer:
    row = visible(by).filter(id=customer_id).first()
    if row is None:
        raise CustomerNotFound
    require_key(by, row)
    return row


def require_key(by: Principal, row: Customer) -> None:
    """Ask for the extra permission where the customer is a key customer."""
    if rules.is_key(row.kind, row.star):
        require(by, permissions.VIEW_KEY)


def shape_contact(row: ContactPoint) -> ContactView:
    """Mask one contact point."""
    mask = masking.phone if row.kind == "phone" else masking.email
    return ContactView(row.pk, row.kind, mask(row.value), row.verified_at is not None, row.preferred, row.signs_in)


def consents(customer_id: int) -> dict[str, bool]:
    """Return the latest answer to each purpose; one never answered, or of somebody restricted, is no consent."""
    latest = Consent.objects.filter(customer_id=customer_id, customer__restricted_at=None)
    newest = latest.order_by("purpose", "-id").distinct("purpose")
    return dict.fromkeys(Consent.Purpose.values, False) | dict(newest.values_list("purpose", "given"))


@dataclass(frozen=True)
class Reach:
    """Where and in which language a customer is written to. Not masked: for sending only."""

    phone: str
    email: str
    language: str


def reach(customer_id: int) -> Reach:
    """Return the preferred number and address of a customer ("" where there is none)."""
    rows = _REACH(customer=customer_id)
    if not rows:
        raise CustomerNotFound
    best = {kind: value for _, kind, value in rows}
    return Reach(best.get("phone", ""), best.get("email", ""), rows[0][0])


def number_to_dial(customer_id: int, contact_id: int | None, *, by: Principal) -> str:
    """Return a number of a customer for dialling it, not for showing: the one chosen, or the preferred one.

    Raises CustomerNotFound for who may not see him, and where his data is locked away; "" where there is no number.
    """
    require_seen(customer_id, by=by)
    points = ContactPoint.objects.filter(customer_id=customer_id, kind="phone", customer__restricted_at=None)
    if contact_id is not None:
        points = points.filter(pk=contact_id)
    found = points.order_by("-preferred", "-signs_in", "id").values_list("value", flat=True).first()
    return found or ""


def by_phone(text: str) -> int | None:
    """Return the customer who signs in with a number, for screen pop; raises InvalidPhone."""
    found = _SIGNS_IN(number=phones.normalise(text))
    return found[0][0] if found else None


def scrub(customer_id: int, text: str) -> str:
    """Return a text about a customer without what tells who he is, for readers who have not proved who they are."""
    row = Customer.objects.filter(id=customer_id).values_list("name", "account_number").first()
    reached = ContactPoint.objects.filter(customer_id=customer_id).values_list("value", flat=True)
    numbers = [value.removeprefix("86") for value in reached]
    return rules.scrub(text, [*(part for part in row or () if part), *reached, *numbers])
