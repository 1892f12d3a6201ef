"""Joining, changing and leaving, over HTTP."""

from __future__ import annotations

import pytest

from shouwen.kit.api import commands_effects
from shouwen.kit.models import AuditRow
from shouwen.kit.permissions import REGISTRY
from shouwen.kit.testing import facts

from .. import queries
from ..models import Role, Staff
from .factories import PASSWORD, by, organisation, staff, staff_client

pytestmark = pytest.mark.django_db


def body(**changes: object) -> dict[str, object]:
    fields = {"number": "8022", "name": "沈佳", "password": PASSWORD, "roles": ["back_office"]}
    return {**fields, "organisation_id": organisation().id, **changes}


def test_the_administrator_adds_somebody_who_is_in_the_list_at_once() -> None:
    client = staff_client(staff("1", "system_management"))
    assert client.post("/api/staff", body()).json()["roles"] == ["back_office"]
    assert [row["number"] for row in client.get("/api/staff", q="沈").json()["items"]] == ["8022"]


def test_staff_stand_in_the_order_asked_for_across_pages_and_names_by_their_sound() -> None:
    admin = staff_client(staff("1001", "system_management", name="顾盼"))
    for number, name in (("8022", "沈佳"), ("8023", "白雪"), ("8024", "周建平")):
        staff(number, name=name)

    def pages(sort: str) -> list[str]:
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = admin.get("/api/staff", sort=sort, limit=3, cursor=cursor).json()
            found += [one["name"] for one in page["items"]]
            cursor = page["next"]
        return found

    assert pages("name") == ["白雪", "顾盼", "沈佳", "周建平"]
    assert pages("-number") == ["周建平", "白雪", "沈佳", "顾盼"]
    assert pages("organisation") == pages("number")


@pytest.mark.parametrize(
    "role", ["comprehensive", "specialist", "quality", "shift_leader", "duty_leader", "back_office"]
)
def test_nobody_else_adds_staff(role: str) -> None:
    answer = staff_client(staff("8", role)).post("/api/staff", body())
    assert (answer.status_code, answer.json()["code"]) == (403, "permission-refused")
    assert not Staff.objects.filter(number="8022").exists()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"number": "1"}, "staff-number-taken", "number"),
        ({"roles": ["king"]}, "unknown-role", "roles"),
        ({"organisation_id": 999999}, "unknown-organisation", "organisation_id"),
        ({"password": "8022-12345"}, "weak-password", "password"),
        ({"name": ""}, "invalid-input", "name"),
    ],
)
def test_a_bad_field_is_named(changes: dict[str, object], code: str, field: str) -> None:
    answer = staff_client(staff("1", "system_management")).post("/api/staff", body(**changes))
    assert (answer.json()["code"], answer.json()["errors"][0]["field"]) == (code, field)


def test_leaving_needs_somebody_who_covers() -> None:
    admin, leaver = staff("1", "system_management"), staff("8021")
    answer = staff_client(admin).patch(f"/api/staff/{leaver.id}", {"active": False})
    assert (answer.status_code, answer.json()["code"]) == (409, "cover-needed")


def test_who_left_is_answerable_through_an_active_cover_only() -> None:
    admin, leaver, cover = staff("1", "system_management"), staff("8021"), staff("8033")
    staff_client(admin).patch(f"/api/staff/{leaver.id}", {"active": False, "covered_by": cover.id})
    assert queries.unanswerable([leaver.id, cover.id]) == set()
    Staff.objects.filter(id=cover.id).update(active=False)
    assert queries.unanswerable([leaver.id, cover.id]) == {leaver.id, cover.id}


def test_who_leaves_passes_on_those_he_covered() -> None:
    client = staff_client(staff("1", "system_management"))
    first, second, third = staff("8021"), staff("8022"), staff("8023")
    client.patch(f"/api/staff/{first.id}", {"active": False, "covered_by": second.id})
    client.patch(f"/api/staff/{second.id}", {"active": False, "covered_by": third.id})
    assert queries.unanswerable([first.id, second.id]) == set()


def test_a_change_of_nothing_needs_the_permission_and_is_on_record() -> None:
    agent, other = staff("8021"), staff("8022")
    assert staff_client(agent).patch(f"/api/staff/{other.id}", {}).status_code == 403
    assert staff_client(staff("1", "system_management")).patch(f"/api/staff/{other.id}", {}).status_code == 200
    assert commands_effects() == []


def test_nobody_moves_to_an_organisation_that_is_not_there() -> None:
    client, agent = staff_client(staff("1", "system_management")), staff("8021")
    answer = client.patch(f"/api/staff/{agent.id}", {"organisation_id": 999999})
    assert answer.json()["code"] == "unknown-organisation"


def test_nobody_deactivates_himself() -> None:
    admin, cover = staff("1", "system_management"), staff("8033")
    answer = staff_client(admin).patch(f"/api/staff/{admin.id}", {"active": False, "covered_by": cover.id})
    assert answer.json()["code"] == "not-yourself"


@pytest.mark.req("R-ACD-007")
def test_changed_seat_permissions_work_with_the_next_request_and_are_audited() -> None:
    """Changing somebody's seat type takes effect at once, restarts his live connection and leaves its audit row."""
    admin, agent = staff("1", "system_management"), staff("8021")
    client = staff_client(agent)
    assert "accounts.staff.manage" not in client.get("/api/session").json()["permissions"]
    staff_client(admin).patch(f"/api/staff/{agent.id}", {"roles": ["system_management"]})
    assert "accounts.staff.manage" in client.get("/api/session").json()["permissions"]
    assert AuditRow.objects.filter(verb="accounts.staff.update", subject_id=agent.id).count() == 1
    assert facts("accounts.AccessChanged")[0]["audience"] == [f"staff:{agent.id}"]


def test_every_seat_type_holds_exactly_what_the_rooms_declare_for_it() -> None:
    for role in Role.objects.all():
        declared = sorted(code for code, entry in REGISTRY.items() if role.code in entry.default_for)
        assert role.permissions == declared


def test_somebody_of_another_province_is_out_of_reach() -> None:
    leader = staff("7", "shift_leader", organisation=organisation("南京"))
    assert not by(leader).sees(organisation("苏州").id)
    assert by(staff("1", "system_management")).sees(organisation("苏州").id)
