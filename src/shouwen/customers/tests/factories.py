"""Customers for tests. Numbers are from a segment nobody uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.test import Client

from shouwen.customers import actions, queries, tokens
from shouwen.customers.models import AccessSession, ContactPoint, Customer
from shouwen.kernel import phones
from shouwen.kit import clock
from shouwen.kit.principals import Principal
from shouwen.kit.testing import ApiClient

PHONE = "15400006620"


def customer(name: str = "陈明远", phone: str = PHONE, email: str = "", **fields: Any) -> Customer:
    """Return a customer who signs in with `phone`; an existing number is returned as it is."""
    number = phones.normalise(phone)
    held = ContactPoint.objects.filter(value=number, signs_in=True).select_related("customer").first()
    if held:
        return held.customer
    row = Customer.objects.create(name=name, registered_at=clock.now(), **fields)
    ContactPoint.objects.create(customer=row, kind="phone", value=number, preferred=True, signs_in=True)
    if email:
        ContactPoint.objects.create(customer=row, kind="email", value=email, preferred=True)
    return row


def by_customer(row: Customer) -> Principal:
    """Return the principal of a customer."""
    return Principal(kind="customer", id=row.pk, name=row.name)


def session_token(row: Customer | None = None) -> str:
    """Return the token of an open session: the customer's, or a visitor's when there is none."""
    token, at = tokens.new_token(), clock.wall()
    AccessSession.objects.create(
        digest=tokens.digest(token),
        kind="customer" if row else "visitor",
        customer=row,
        opened_at=at,
        seen_at=at,
        expires_at=at + timedelta(hours=1),
    )
    return token


def code_for(phone: str = PHONE) -> str:
    """Return the one-time code just made for a customer's number."""
    issued = actions.issue_sign_in_code(phone=phone)
    assert issued is not None
    return issued.code


def held_by(token: str) -> Principal:
    """Return whose living session a token is."""
    principal = queries.session_principal(token)
    assert principal is not None
    return principal


def customer_client(row: Customer | None = None) -> ApiClient:
    """Return a browser signed in as a customer, or a known visitor's."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["sw_customer"] = session_token(row)
    return ApiClient(client)


class Wall:
    """Wall time that moves only when told."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def advance(self, **span: float) -> datetime:
        """Move on and return the new time."""
        self.at += timedelta(**span)
        return self.at


@contextmanager
def frozen_wall() -> Iterator[Wall]:
    """Freeze wall time."""
    wall = Wall()
    with patch.object(clock, "wall", lambda: wall.at):
        yield wall
