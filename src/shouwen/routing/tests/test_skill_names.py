"""The names of skills, where leaders lend them."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import staff, staff_client

from .factories import leader, queue

pytestmark = pytest.mark.django_db


def test_a_leader_reads_what_each_skill_is_called():
    queue("broadband", skill="fibre")
    assert {"code": "fibre", "name": "fibre"} in staff_client(leader()).get("/api/skills").json()


def test_who_has_no_floor_to_see_is_refused():
    assert staff_client(staff("5001", "data_maintenance")).get("/api/skills").status_code == 403
