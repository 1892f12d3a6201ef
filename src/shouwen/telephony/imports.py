"""Phones from a table: their numbers, where they stand, whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from shouwen.accounts import queries as accounts
from shouwen.accounts.errors import StaffNotFound
from shouwen.kit.imports import Field, Wrong, kind
from shouwen.kit.imports.kinds import Values
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import actions, rules
from .errors import OwnerUnknown, PhoneInvalid
from .models import Phone
from .permissions import SET_PHONES

FIELDS = (
    Field("number", "话机号", "Number", required=True, unique=True, aliases=("分机", "分机号", "号码"), example="3001"),
    Field("seat", "座位", "Seat", aliases=("席位", "工位", "位置"), example="A-12"),
    Field("owner", "专用工号", "Owner", unique=True, aliases=("工号", "使用人工号"), example="8021"),
    Field("address", "固定地址", "Address", aliases=("地址", "SIP 地址"), example="sip:3001@10.0.0.5:5060"),
)


def may(by: Principal) -> None:
    """Refuse who may not set up phones."""
    require(by, SET_PHONES)


def check(by: Principal, batch: Sequence[Values]) -> list[list[Wrong]]:
    """Say what is wrong with each row."""
    numbers = [row.get("number", "") for row in batch]
    taken = set(Phone.objects.filter(number__in=numbers).values_list("number", flat=True))
    return [_wrong(by, row, taken) for row in batch]


def _wrong(by: Principal, row: Values, taken: set[str]) -> list[Wrong]:
    found, number, address = [], row.get("number", ""), row.get("address", "")
    if number in taken:
        found.append(Wrong("number", f"话机号 {number} 已被使用", f"Phone number {number} is taken"))
    if not rules.NUMBER.match(number):
        found.append(Wrong("number", PhoneInvalid().text("zh"), PhoneInvalid().text("en")))
    if address and not rules.ADDRESS.match(address):
        found.append(Wrong("address", PhoneInvalid().text("zh"), PhoneInvalid().text("en")))
    if row.get("owner") and not _serves(by, row["owner"]):
        unknown = OwnerUnknown(number=row["owner"][:20])
        found.append(Wrong("owner", unknown.text("zh"), unknown.text("en")))
    return found


def _serves(by: Principal, number: str) -> bool:
    try:
        found = accounts.find_staff(number)
    except StaffNotFound:
        return False
    return found.active and by.sees(found.organisation_id)


def write(by: Principal, row: Values) -> int:
    """Set up one phone."""
    return actions.add_phone(
        by=by,
        number=row["number"],
        address=row.get("address", ""),
        seat=row.get("seat", ""),
        owner=row.get("owner", ""),
    )


def take_back(by: Principal, phone_id: int) -> None:
    """Retire a phone that was imported."""
    actions.retire_phone(by=by, number=Phone.objects.values_list("number", flat=True).get(pk=phone_id))


kind(
    "telephony.phones",
    zh="话机",
    en="Phones",
    fields=FIELDS,
    may=may,
    check=check,
    write=write,
    take_back=take_back,
    subject="phone",
)
