"""Seat types: what they allow is changed at a screen, and works with the next request."""

from __future__ import annotations

import pytest

from shouwen.kit.models import AuditRow
from shouwen.kit.permissions import REGISTRY
from shouwen.kit.testing import ApiClient, facts

from .. import actions, queries
from ..models import Role
from .factories import by, organisation, staff, staff_client

pytestmark = pytest.mark.django_db


def admin() -> ApiClient:
    return staff_client(staff("1", "system_management"))


def may(number: str, permission: str) -> bool:
    return by(staff(number)).may(permission)


@pytest.mark.req("R-ACD-007", "R-AGT-003")
def test_what_a_seat_type_allows_is_changed_at_once_and_on_record() -> None:
    """The system desk changes a seat's permissions; its holders' next request obeys, and who changed what is kept."""
    agent, client = staff("8021"), admin()

    answer = client.patch("/api/roles/comprehensive", {"deny": ["accounts.staff.view"]})

    assert "accounts.staff.view" not in answer.json()["permissions"]
    assert staff_client(agent).get("/api/staff").status_code == 403
    row = AuditRow.objects.get(verb="accounts.role.update")
    assert row.details == {"code": "comprehensive", "allow": [], "deny": ["accounts.staff.view"], "second_factor": None}
    assert facts("accounts.RoleChanged")[0]["audience"] == [f"staff:{agent.id}"]


def test_changes_outlive_an_update_and_new_permissions_still_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    client = admin()
    client.patch("/api/roles/quality", {"allow": ["customers.reveal"], "deny": ["customers.view"]})
    entry = REGISTRY["routing.lead"]
    later = type(entry)(entry.code, entry.zh, entry.en, entry.default_for | {"quality"})
    monkeypatch.setitem(REGISTRY, "routing.lead", later)

    actions.sync_roles()

    held = set(Role.objects.get(code="quality").permissions)
    assert {"customers.reveal", "routing.lead"} <= held
    assert "customers.view" not in held


def test_two_administrators_at_once_both_get_their_change() -> None:
    client = admin()
    client.patch("/api/roles/quality", {"allow": ["customers.reveal"]})
    client.patch("/api/roles/quality", {"allow": ["routing.lead"]})
    assert Role.objects.get(code="quality").granted == ["customers.reveal", "routing.lead"]


def test_taking_a_change_back_leaves_nothing_of_it() -> None:
    client = admin()
    client.patch("/api/roles/quality", {"allow": ["customers.reveal"]})
    client.patch("/api/roles/quality", {"deny": ["customers.reveal"]})
    role = Role.objects.get(code="quality")
    assert (role.granted, role.withheld) == ([], [])


def test_a_seat_type_of_our_own_is_made_given_and_removed_when_nobody_holds_it() -> None:
    client, agent = admin(), staff("8021")
    body = {"code": "night_watch", "zh": "夜班", "en": "Night watch", "permissions": ["accounts.staff.view"]}
    assert client.post("/api/roles", body).status_code == 201
    client.put(f"/api/staff/{agent.id}/roles", {"roles": ["night_watch"]})
    assert sorted(by(agent).permissions) == ["accounts.staff.view"]
    assert client.delete("/api/roles/night_watch").json()["code"] == "role-in-use"
    client.put(f"/api/staff/{agent.id}/roles", {"roles": ["comprehensive"]})
    assert client.delete("/api/roles/night_watch").status_code == 204


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/api/roles/quality", {"allow": ["world.peace"]}, "unknown-permission"),
        ("/api/roles/nobody", {"allow": []}, "role-not-found"),
        ("/api/roles/system_management", {"deny": ["accounts.roles.edit"]}, "nobody-left"),
    ],
)
def test_what_cannot_be_is_refused(path: str, body: dict[str, list[str]], code: str) -> None:
    assert admin().patch(path, body).json()["code"] == code


def test_the_products_own_seat_types_stay() -> None:
    assert admin().delete("/api/roles/quality").json()["code"] == "role-in-use"


def test_the_last_administrator_keeps_his_seat() -> None:
    client, me = admin(), staff("1")
    assert client.put(f"/api/staff/{me.id}/roles", {"roles": ["quality"]}).json()["code"] == "nobody-left"


@pytest.mark.req("R-AGT-006", "R-AGT-007")
@pytest.mark.parametrize(("role", "status"), [("shift_leader", 200), ("duty_leader", 403), ("comprehensive", 403)])
def test_the_shift_leader_manages_seats_and_the_duty_leader_does_not(role: str, status: int) -> None:
    """A shift leader gives his people their seat types, audited; a duty leader's rights do not reach so far."""
    leader, agent = staff("7001", role), staff("8021")
    answer = staff_client(leader).put(f"/api/staff/{agent.id}/roles", {"roles": ["back_office"]})
    assert answer.status_code == status
    assert AuditRow.objects.filter(verb="accounts.staff.assign").exists() == (status == 200)


@pytest.mark.parametrize(
    ("number", "roles", "code"),
    [
        ("8021", ["system_management"], "seat-above-you"),
        ("8021", ["shift_leader"], "seat-above-you"),
        ("7001", ["comprehensive"], "not-your-own-seat"),
    ],
)
def test_a_shift_leader_gives_no_power_and_nothing_to_himself(number: str, roles: list[str], code: str) -> None:
    leader, one = staff("7001", "shift_leader"), staff(number)
    assert staff_client(leader).put(f"/api/staff/{one.id}/roles", {"roles": roles}).json()["code"] == code


def test_a_shift_leader_reaches_only_his_own_area() -> None:
    leader, far = staff("7001", "shift_leader"), staff("9021", organisation=organisation("南京"))
    assert staff_client(leader).put(f"/api/staff/{far.id}/roles", {"roles": ["quality"]}).status_code == 404


def test_the_duty_leader_holds_nothing_that_the_shift_leader_lacks() -> None:
    held = {role.code: set(role.permissions) for role in Role.objects.all()}
    assert held["duty_leader"] < held["shift_leader"]


def test_leaders_run_the_floor_and_hold_nothing_of_legal_holds_forms_or_money_limits() -> None:
    far = {"privacy.hold", "forms.publish", "kit.approvals.limits.publish"}
    far |= {"kit.activities.view", "kit.activities.settle"}
    held = {role.code: set(role.permissions) for role in Role.objects.all()}
    assert not held["shift_leader"] & far
    assert not held["duty_leader"] & (far | {"insight.alerts.set"})
    assert {"routing.skills", "routing.lead", "routing.nuisance", "insight.alerts.set"} <= held["shift_leader"]


def test_who_holds_a_seat_type_is_listed_and_counted() -> None:
    client, _agent = admin(), staff("8021")
    assert [row["number"] for row in client.get("/api/staff", role="comprehensive").json()["items"]] == ["8021"]
    counts = {row["code"]: row["holders"] for row in client.get("/api/roles").json()}
    assert (counts["comprehensive"], counts["system_management"], counts["quality"]) == (1, 1, 0)


def test_the_permission_list_speaks_both_languages() -> None:
    rows = {row["code"]: row for row in admin().get("/api/permissions").json()}
    assert len(rows) == len(REGISTRY)
    assert rows["customers.reveal"]["zh"] == "查看客户完整信息"


def test_an_unknown_role_is_never_asked_for_behind_our_back() -> None:
    assert queries.role("quality", by(staff("1", "system_management"))).holders == 0
