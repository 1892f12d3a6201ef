"""Setting up the house's phones: whose they are, where they stand, what they prove themselves with."""

from __future__ import annotations

from collections.abc import Collection

from shouwen.accounts import queries as accounts
from shouwen.accounts.errors import StaffNotFound
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import permissions
from ..errors import NoSecret, OneOfHisOwn, OwnerUnknown, PhoneInUse, PhoneNotFound
from ..models import Leg, Phone
from .phones import check_phone, fresh_secret, made_phone, one_at_a_time

SEAT_MOST = 40


@action
def add_phone(*, by: Principal, number: str, address: str = "", seat: str = "", owner: str = "") -> int:
    """Set up a phone: of somebody by his staff number, or for whoever sits down at it; return its id."""
    require(by, permissions.SET_PHONES)
    one_at_a_time()
    check_phone(number, address, None)
    row = made_phone(number, clock.now(), owner_id=_owner_id(owner, by, None))
    row.address, row.seat = address, seat.strip()[:SEAT_MOST]
    row.save(update_fields=["address", "seat"])
    audit.record(by, "telephony.phone.add", subject="phone", subject_id=row.pk, after=_said(row))
    return row.pk


@action
def change_phone(*, by: Principal, number: str, address: str, seat: str, owner: str) -> None:
    """Change where a phone stands and whose it is. Who sits at one that becomes another's leaves it."""
    row = _row(number, by)
    check_phone(number, address, row)
    before, owner_id = _said(row), _owner_id(owner, by, row)
    if row.holder_id is not None and owner_id not in {None, row.holder_id}:
        _refuse_in_use(row)
        row.holder = None
    row.address, row.seat, row.owner_id, row.changed_at = address, seat.strip()[:SEAT_MOST], owner_id, clock.now()
    row.save(update_fields=["address", "seat", "owner", "holder", "changed_at"])
    audit.record(by, "telephony.phone.change", subject="phone", subject_id=row.pk, before=before, after=_said(row))


@action
def renew_secret(*, by: Principal, number: str) -> str:
    """Give a phone that registers another password, and return it: it is shown this once."""
    row, at = _row(number, by), clock.now()
    if row.address:
        raise NoSecret(number=number)
    row.secret, row.secret_at, row.changed_at = fresh_secret(), at, at
    row.registered, row.registered_at = False, at
    row.save(update_fields=["secret", "secret_at", "changed_at", "registered", "registered_at"])
    audit.record(by, "telephony.phone.secret", subject="phone", subject_id=row.pk, number=number)
    return row.secret


@action
def retire_phone(*, by: Principal, number: str) -> None:
    """Take a phone out of service: it registers no more and rings for nobody."""
    row = _row(number, by)
    _refuse_in_use(row)
    audit.record(by, "telephony.phone.retire", subject="phone", subject_id=row.pk, before=_said(row))
    row.delete()


@action
def note_registered(*, numbers: Collection[str]) -> int:
    """Note which phones the media server can reach; return how many that changed."""
    at = clock.now()
    there = Phone.objects.filter(number__in=numbers, registered=False).update(registered=True, registered_at=at)
    lost = Phone.objects.filter(registered=True).exclude(number__in=numbers)
    return there + lost.update(registered=False, registered_at=at)


def _row(number: str, by: Principal) -> Phone:
    """Take a desk phone for changing; somebody else's area does not know it."""
    require(by, permissions.SET_PHONES)
    one_at_a_time()
    row = Phone.objects.select_for_update(of=("self",)).select_related("owner").filter(number=number).first()
    if row is None or row.kind != Phone.Kind.DESK or (row.owner and not by.sees(row.owner.organisation_id)):
        raise PhoneNotFound(number=number)
    return row


def _owner_id(number: str, by: Principal, row: Phone | None) -> int | None:
    if not number:
        return None
    try:
        found = accounts.find_staff(number)
    except StaffNotFound:
        raise OwnerUnknown(number=number) from None
    if not found.active or not by.sees(found.organisation_id):
        raise OwnerUnknown(number=number)
    own = Phone.objects.filter(owner_id=found.id, kind=Phone.Kind.DESK).first()
    if own is not None and own != row:
        raise OneOfHisOwn(number=number, phone=own.number)
    return found.id


def _refuse_in_use(row: Phone) -> None:
    if row.holder_id is not None and Leg.objects.filter(staff_id=row.holder_id, ended_at=None).exists():
        raise PhoneInUse(number=row.number)


def _said(row: Phone) -> dict[str, object]:
    return {"number": row.number, "address": row.address, "seat": row.seat, "owner": row.owner_id}
