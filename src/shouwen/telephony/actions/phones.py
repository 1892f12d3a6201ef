"""The phones of staff: who owns one, who sits at which, what a browser proves itself with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from shouwen.accounts import queries as accounts
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.routing import actions as seating
from shouwen.routing import queries as routing

from .. import permissions, rules
from ..errors import NoPhoneHere, NumberTaken, PhoneInvalid, SeatTaken
from ..events import PhoneTaken
from ..models import Call, Phone

SECRET_LASTS = timedelta(hours=12)


@dataclass(frozen=True)
class Credentials:
    """What a browser registers with."""

    number: str
    secret: str


@action
def set_phone(*, by: Principal, staff_id: int, number: str, address: str = "") -> str:
    """Give somebody a phone of his own, or change it, and return its password.

    With an address it stands there; without one it registers with number and password.
    """
    require(by, permissions.SET_PHONES)
    one_at_a_time()
    accounts.staff_card(staff_id)
    at = clock.now()
    row = Phone.objects.filter(owner_id=staff_id, kind=Phone.Kind.DESK).first()
    check_phone(number, address, row)
    if row is None:
        row = made_phone(number, at, owner_id=staff_id)
    row.number, row.address, row.changed_at = number, address, at
    row.save(update_fields=["number", "address", "changed_at"])
    _hold(row, staff_id, at)
    audit.record(by, "telephony.phone", subject="staff", subject_id=staff_id, number=number, address=address)
    return row.secret


@action
def set_seat_phone(*, by: Principal, number: str, address: str = "") -> str:
    """Set up a phone that stands at a seat, for whoever sits down there, and return its password."""
    require(by, permissions.SET_PHONES)
    one_at_a_time()
    at = clock.now()
    row = Phone.objects.filter(number=number, owner=None).first()
    check_phone(number, address, row)
    if row is None:
        row = made_phone(number, at)
    row.address, row.changed_at = address, at
    row.save(update_fields=["address", "changed_at"])
    audit.record(by, "telephony.seat-phone", subject="phone", subject_id=row.pk, number=number, address=address)
    return row.secret


@action
def use_browser(*, by: Principal) -> str:
    """Let calls reach `by` in his browser from now on, and return the number he has there."""
    require(by, permissions.ANSWER)
    one_at_a_time()
    at = clock.now()
    row = Phone.objects.filter(owner_id=by.id, kind=Phone.Kind.BROWSER).first()
    if row is None:
        row = made_phone(_free_number(accounts.staff_card(by.id).number), at, owner_id=by.id, kind=Phone.Kind.BROWSER)
    _hold(row, by.id, at)
    audit.record(by, "telephony.use-browser", subject="staff", subject_id=by.id, number=row.number)
    return row.number


@action
def take_phone(*, by: Principal, number: str) -> None:
    """Let calls reach `by` at a phone: his own, or that of the seat where he sits down."""
    require(by, permissions.ANSWER)
    one_at_a_time()
    row = Phone.objects.select_for_update(no_key=True).filter(number=number, kind=Phone.Kind.DESK).first()
    if row is None or row.owner_id not in {None, by.id}:
        raise NoPhoneHere(number=number)
    if row.holder_id not in {None, by.id}:
        assert row.holder_id is not None
        raise SeatTaken(number=number, who=accounts.staff_card(row.holder_id).number)
    _hold(row, by.id, clock.now())
    audit.record(by, "telephony.take-phone", subject="staff", subject_id=by.id, number=number)


@action
def leave_phone(*, staff_id: int, by: Principal) -> bool:
    """Let somebody's phone reach him no more; tell whether one did."""
    at = clock.now()
    held = Phone.objects.select_for_update(no_key=True).filter(holder_id=staff_id).first()
    if held is None or Call.objects.filter(staff_id=staff_id, step=Call.Step.TALKING).exists():
        return False
    held.holder_id, held.changed_at = None, at
    held.save(update_fields=["holder", "changed_at"])
    audit.record(by, "telephony.leave-phone", subject="staff", subject_id=staff_id, number=held.number)
    publish(PhoneTaken(staff_id, ""), audience=[f"staff:{staff_id}"], at=at)
    return True


@action
def leave_seat(*, staff_id: int) -> bool:
    """Free the seat of somebody who went away, for the next; his own phone stays his."""
    shared = Phone.objects.filter(holder_id=staff_id, owner=None).exists()
    return leave_phone(staff_id=staff_id, by=SYSTEM) if shared else False


@action
def open_line(*, by: Principal) -> Credentials:
    """Return what the browser of `by` registers with; the password changes with every shift."""
    require(by, permissions.ANSWER)
    at = clock.now()
    held = Phone.objects.select_for_update(no_key=True).filter(holder_id=by.id, kind=Phone.Kind.BROWSER).first()
    if held is None:
        raise NoPhoneHere(number=accounts.staff_card(by.id).number)
    talks = Call.objects.filter(staff_id=by.id, step=Call.Step.TALKING).exists()
    if at - held.secret_at > SECRET_LASTS and not talks:
        held.secret, held.secret_at, held.changed_at = fresh_secret(), at, at
        held.save(update_fields=["secret", "secret_at", "changed_at"])
    return Credentials(held.number, held.secret)


def one_at_a_time() -> None:
    """Let whoever sets up or takes a phone come one after another: numbers are given, and each holds one, once."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('telephony.phones'))")


def check_phone(number: str, address: str, row: Phone | None) -> None:
    """Refuse a number or address that is none, and a number that another phone has."""
    if not rules.NUMBER.match(number) or (address and not rules.ADDRESS.match(address)):
        raise PhoneInvalid
    same = Phone.objects.filter(number=number).first()
    if same is not None and same != row:
        raise NumberTaken(number=number)


def _hold(row: Phone, staff_id: int, at: datetime) -> None:
    """Let a phone be the one that somebody is reached by, and his seat have room for a call."""
    Phone.objects.filter(holder_id=staff_id).exclude(pk=row.pk).update(holder=None, changed_at=at)
    row.holder_id, row.changed_at = staff_id, at
    row.save(update_fields=["holder", "changed_at"])
    _give_room(staff_id)
    publish(PhoneTaken(staff_id, row.number), audience=[f"staff:{staff_id}"], at=at)


def _give_room(staff_id: int) -> None:
    """Let the seat of somebody with a phone carry one call beside what it carries already."""
    seats = routing.agents(staff_ids=[staff_id])
    slots = {use.medium: use.total for use in seats[0].slots} if seats else dict(seating.CAPACITY)
    if slots.get("voice") != 1:
        seating.open_seat(staff_id=staff_id, slots={**slots, "voice": 1}, by=SYSTEM)


def made_phone(number: str, at: datetime, *, owner_id: int | None = None, kind: str = Phone.Kind.DESK) -> Phone:
    """Return a new phone with a password of its own."""
    return Phone.objects.create(
        number=number, kind=kind, owner_id=owner_id, secret=fresh_secret(), secret_at=at, changed_at=at
    )


def _free_number(wanted: str) -> str:
    """Return a number for a browser: the person's own, with nines before it where that is taken."""
    number = wanted
    while Phone.objects.filter(number=number).exists():
        number = f"9{number}"
    return number


def fresh_secret() -> str:
    """Return a password nobody has used."""
    return secrets.token_urlsafe(24)
