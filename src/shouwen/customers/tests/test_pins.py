"""The service password over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from shouwen.accounts.tests.factories import by, staff, staff_client
from shouwen.customers import actions
from shouwen.customers.errors import WeakPin
from shouwen.customers.models import Customer, ServicePin
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.testing import ApiClient

from .factories import by_customer, customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return customer()


def check(client: ApiClient, row: Customer, pin: str) -> Any:
    return client.post(f"/api/customers/{row.pk}/service-pin/check", {"pin": pin})


def test_a_customer_is_known_by_his_service_password(row):
    actions.set_service_pin(by=by_customer(row), customer_id=row.pk, pin="739105")
    agent = staff_client(staff())

    assert check(agent, row, "739105").json() == {"right": True}
    assert check(agent, row, "739106").json() == {"right": False}
    assert "739105" not in ServicePin.objects.get().digest


def test_five_wrong_tries_lock_it_even_for_the_right_one(row, wall):
    actions.set_service_pin(by=by_customer(row), customer_id=row.pk, pin="739105")
    agent = staff_client(staff())

    assert [check(agent, row, "000001").json() for _ in range(5)] == [{"right": False}] * 5
    locked = check(agent, row, "739105")
    wall.advance(minutes=15, seconds=1)

    assert (locked.status_code, locked.json()["code"]) == (409, "pin-locked")
    assert check(agent, row, "739105").json() == {"right": True}


def test_without_a_service_password_another_proof_is_asked_for(row):
    assert check(staff_client(staff()), row, "739105").json()["code"] == "pin-missing"


def test_a_weak_service_password_is_refused(row):
    with pytest.raises(WeakPin):
        actions.set_service_pin(by=by_customer(row), customer_id=row.pk, pin="123456")


def test_nobody_sets_the_service_password_of_another_customer(row):
    other = customer("王芳", "15400001111")

    with pytest.raises(PermissionRefused):
        actions.set_service_pin(by=by_customer(other), customer_id=row.pk, pin="739105")


def test_checking_needs_its_permission(row):
    reader = staff_client(staff("8090", role="quality"))

    assert check(reader, row, "739105").status_code == 403
    with pytest.raises(PermissionRefused):
        actions.set_service_pin(by=by(staff("8090")), customer_id=row.pk, pin="739105")
