"""API tokens: a program acts in somebody's name, within its scopes, until a date."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import ApiClient

from ..models import ApiToken, Staff
from .factories import organisation, staff, staff_client

pytestmark = pytest.mark.django_db
VIEW, MANAGE, ASSIGN = "accounts.staff.view", "accounts.staff.manage", "accounts.roles.assign"


def issued(client: ApiClient, *scopes: str, days: int = 30) -> str:
    return str(client.post("/api/me/tokens", {"name": "报表", "scopes": list(scopes), "days": days}).json()["secret"])


def call(secret: str, path: str, body: Any = None, method: str = "GET") -> Any:
    """Call as a program does: no cookie, no CSRF token."""
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": uuid.uuid4().hex}
    data = json.dumps(body) if body is not None else ""
    client = Client(enforce_csrf_checks=True)
    return client.generic(method, path, data, content_type="application/json", headers=headers)


def admin() -> ApiClient:
    return staff_client(staff("1", "system_management"))


def test_a_token_does_what_its_scopes_allow_and_no_more() -> None:
    secret = issued(admin(), VIEW)
    assert call(secret, "/api/staff").status_code == 200
    refused = call(secret, f"/api/staff/{staff().id}", {"name": "改名"}, "PATCH")
    assert (refused.status_code, refused.json()["code"]) == (403, "permission-refused")


def test_what_a_token_did_is_on_record_with_owner_and_token() -> None:
    secret, agent = issued(admin(), VIEW, MANAGE), staff()
    assert call(secret, f"/api/staff/{agent.id}", {"name": "新名"}, "PATCH").status_code == 200
    row = AuditRow.objects.get(verb="accounts.staff.update")
    assert (row.principal, row.details["token"]) == (f"staff:{staff('1').id}", ApiToken.objects.get().pk)


def test_a_token_never_outgrows_its_owner() -> None:
    client = admin()
    secret, other = issued(client, VIEW, MANAGE), staff("2", "system_management")
    staff_client(other).put(f"/api/staff/{staff('1').id}/roles", {"roles": ["comprehensive"]})
    assert call(secret, f"/api/staff/{staff().id}", {"name": "x"}, "PATCH").status_code == 403
    Staff.objects.filter(number="1").update(active=False)
    assert call(secret, "/api/staff").status_code == 401


def test_the_secret_is_shown_once_and_kept_as_a_digest() -> None:
    client = admin()
    secret = issued(client, VIEW)
    listed = client.get("/api/me/tokens").json()
    assert [(row["name"], row["hint"], row["scopes"]) for row in listed] == [("报表", secret[:8], [VIEW])]
    assert secret not in str(list(ApiToken.objects.values())) + str(list(AuditRow.objects.values("details")))


def test_when_and_from_where_it_was_last_used_is_shown() -> None:
    client = admin()
    assert client.get("/api/me/tokens").json() == []
    call(issued(client, VIEW), "/api/staff")
    row = client.get("/api/me/tokens").json()[0]
    assert (row["used_at"] is not None, row["used_from"]) == (True, "127.0.0.1")


def test_a_revoked_or_expired_or_invented_token_opens_nothing() -> None:
    client = admin()
    first, second = issued(client, VIEW), issued(client, VIEW)
    newest = client.get("/api/me/tokens").json()[0]
    assert client.delete(f"/api/me/tokens/{newest['id']}").status_code == 204
    ApiToken.objects.filter(revoked_at=None).update(
        made_at=clock.wall() - timedelta(days=9), expires_at=clock.wall() - timedelta(days=1)
    )
    assert [call(secret, "/api/staff").status_code for secret in (first, second, "sw_invented")] == [401, 401, 401]


def test_an_administrator_sees_and_revokes_the_tokens_of_others() -> None:
    keeper = staff("5001", "data_maintenance")
    secret = issued(staff_client(keeper), "customers.view")
    place, client = f"/api/staff/{keeper.id}/tokens", admin()
    assert client.delete(f"{place}/{client.get(place).json()[0]['id']}").status_code == 204
    assert call(secret, "/api/customers").status_code == 401


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"scopes": ["customers.reveal"]}, "scope-not-yours"),
        ({"scopes": ["world.peace"]}, "unknown-permission"),
        ({"scopes": []}, "invalid-input"),
        ({"days": 400}, "invalid-input"),
    ],
)
def test_a_token_is_bounded(body: dict[str, Any], code: str) -> None:
    given = {"name": "报表", "scopes": [VIEW], "days": 30}
    assert admin().post("/api/me/tokens", given | body).json()["code"] == code


def test_what_belongs_to_a_person_stays_shut_to_programs() -> None:
    secret = issued(admin(), VIEW)
    paths = ("/api/session", "/api/me/sessions", "/api/me/tokens", "/api/me/second-factor")
    assert [call(secret, path).status_code for path in paths] == [401] * 4
    made = call(secret, "/api/me/tokens", {"name": "x", "scopes": [VIEW], "days": 3}, "POST")
    assert made.status_code == 401


def test_a_browser_with_a_bearer_header_gains_nothing_from_its_cookie() -> None:
    client = admin()
    headers = {"Authorization": "Bearer nonsense", "Idempotency-Key": "press-0001"}
    body = json.dumps({"name": "x"})
    answer = client.client.patch(f"/api/staff/{staff().id}", body, content_type="application/json", headers=headers)
    assert answer.status_code == 401


def test_an_agent_makes_no_tokens() -> None:
    answer = staff_client(staff()).post("/api/me/tokens", {"name": "x", "scopes": [VIEW], "days": 3})
    assert answer.status_code == 403


def test_a_token_sees_no_further_than_its_owner() -> None:
    near = staff("2", "system_management", scope="city")
    staff("9021", organisation=organisation("南京"))
    rows = call(issued(staff_client(near), VIEW), "/api/staff").json()["items"]
    assert [row["number"] for row in rows] == ["2"]


def test_who_makes_tokens_may_see_what_there_is_to_choose_from_though_he_sees_no_staff() -> None:
    keeper = staff_client(staff("5001", "data_maintenance"))
    assert (keeper.get("/api/permissions").status_code, keeper.get("/api/roles").status_code) == (200, 403)
