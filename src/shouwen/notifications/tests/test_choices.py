"""Which notices somebody gets: what he may do without, and what duty requires."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.kit import clock
from shouwen.kit.api import commands_effects

from ..actions import notify
from ..models import Notification

pytestmark = pytest.mark.django_db
PATH = "/api/notices/choices"


def tell(staff_id: int, template: str) -> list[int]:
    return notify(
        recipient=f"staff:{staff_id}",
        template=template,
        params={"number": "GD20261126-000001"},
        subject="ticket",
        subject_id=1,
        dedupe_key=f"{template}:1",
        at=clock.now(),
    )


def test_what_is_switched_off_is_told_no_more_until_it_is_on_again() -> None:
    row = staff()
    client = staff_client(row)
    off = client.put(PATH, {"off": ["tickets.confirmed"]}).json()["items"]
    assert [one["template"] for one in off if not one["on"]] == ["tickets.confirmed"]
    assert tell(row.id, "tickets.confirmed") == []
    client.put(PATH, {"off": []})
    assert len(tell(row.id, "tickets.confirmed")) == 1
    assert commands_effects() == []


def test_what_one_switches_off_others_still_get() -> None:
    one, other = staff(), staff("8033", name="沈佳")
    staff_client(one).put(PATH, {"off": ["tickets.confirmed"]})
    assert len(tell(other.id, "tickets.confirmed")) == 1


def test_what_duty_requires_cannot_be_switched_off() -> None:
    client = staff_client(staff())
    answer = client.put(PATH, {"off": ["tickets.confirmed", "tickets.assigned"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "notice-required")
    assert all(one["on"] for one in client.get(PATH).json()["items"])


def test_a_notice_for_customers_is_none_for_staff() -> None:
    answer = staff_client(staff()).put(PATH, {"off": ["tickets.resolved"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-notice")


def test_the_list_can_show_what_is_unread_alone() -> None:
    row = staff()
    client = staff_client(row)
    tell(row.id, "tickets.assigned")
    (seen,) = tell(row.id, "tickets.urged")
    client.post(f"/api/notices/{seen}/read")
    listed = client.get("/api/notices", unread=True).json()["items"]
    assert [one["template"] for one in listed] == ["tickets.assigned"]
    assert Notification.objects.count() == 2
