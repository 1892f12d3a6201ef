"""Coming in and going out, over HTTP."""

from __future__ import annotations

import pytest

from shouwen.kit.models import AuditRow
from shouwen.kit.testing import ApiClient, facts

from ..models import Staff
from .factories import PASSWORD, organisation, staff, staff_client

pytestmark = pytest.mark.django_db


def with_password(number: str = "8021") -> Staff:
    row = staff(number)
    row.set_password(PASSWORD)
    row.save()
    return row


def test_the_right_password_opens_a_session_that_knows_who_it_is() -> None:
    row = with_password()
    client = ApiClient()
    answer = client.post("/api/session", {"number": "8021", "password": PASSWORD})
    assert answer.status_code == 200
    assert client.get("/api/session").json()["id"] == row.id


def test_a_wrong_password_is_refused_in_the_readers_language() -> None:
    with_password()
    client = ApiClient()
    client.headers = {"Accept-Language": "en"}
    answer = client.post("/api/session", {"number": "8021", "password": "nope"})
    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-refused")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("The number or the password is wrong")


def test_an_unknown_number_gets_the_same_answer_as_a_wrong_password() -> None:
    with_password()
    known = ApiClient().post("/api/session", {"number": "8021", "password": "nope"}).json()
    unknown = ApiClient().post("/api/session", {"number": "9999", "password": "nope"}).json()
    assert {**known, "trace": ""} == {**unknown, "trace": ""}
    assert AuditRow.objects.get(verb="accounts.sign-in.unknown").details == {"begins": "99"}


def test_five_failures_lock_the_account_even_for_the_right_password() -> None:
    with_password()
    for _ in range(5):
        ApiClient().post("/api/session", {"number": "8021", "password": "nope"})
    answer = ApiClient().post("/api/session", {"number": "8021", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (423, "sign-in-locked")


def test_signing_out_ends_the_session_and_tells_its_live_connection() -> None:
    row = staff()
    client = staff_client(row)
    assert client.delete("/api/session").status_code == 204
    assert client.get("/api/session").status_code == 401
    assert facts("accounts.SignedOut")[0]["audience"] == [f"staff:{row.id}"]


def test_a_command_without_its_csrf_token_is_refused() -> None:
    client = staff_client(staff())
    answer = client.client.delete("/api/session")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf-failed")


def test_somebody_deactivated_is_out_with_his_next_request() -> None:
    row = staff()
    client = staff_client(row)
    Staff.objects.filter(id=row.id).update(active=False)
    assert client.get("/api/session").status_code == 401


def test_preferences_are_kept() -> None:
    client = staff_client(staff())
    client.patch("/api/me/preferences", {"language": "en", "theme": "dark"})
    me = client.get("/api/session").json()
    assert (me["language"], me["theme"]) == ("en", "dark")


def test_the_time_zone_is_ones_own_or_the_operators() -> None:
    client = staff_client(staff())
    me = client.get("/api/session").json()
    assert (me["time_zone"], me["operator"]["time_zone"]) == ("", "Asia/Shanghai")
    assert client.patch("/api/me/preferences", {"time_zone": "Asia/Urumqi"}).json()["time_zone"] == "Asia/Urumqi"
    assert client.patch("/api/me/preferences", {"time_zone": ""}).json()["time_zone"] == ""


def test_a_time_zone_that_does_not_exist_is_refused_naming_some_that_do() -> None:
    answer = staff_client(staff()).patch("/api/me/preferences", {"time_zone": "Asia/Suzhou"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-time-zone")
    assert "Asia/Urumqi" in answer.json()["detail"]


def test_one_changed_key_leaves_the_others_and_other_preferences_as_they_are() -> None:
    client = staff_client(staff())
    mine = client.patch("/api/me/preferences", {"language": "en", "keys": {"tickets.keys.create": "Alt+M"}}).json()
    assert mine["keys"] == {"tickets.keys.create": "Alt+M"}
    other = {"desk.openTicket": "Alt+O"}
    assert client.patch("/api/me/preferences", {"keys": other}).json()["keys"] == mine["keys"] | other
    me = client.patch("/api/me/preferences", {"keys": {"tickets.keys.create": ""}}).json()
    assert (me["language"], me["keys"]) == ("en", other)


def test_a_key_that_is_none_is_refused() -> None:
    answer = staff_client(staff()).patch("/api/me/preferences", {"keys": {"tickets.keys.create": "Alt+"}})
    assert answer.status_code == 422


def test_an_unknown_theme_is_refused_naming_the_choices() -> None:
    answer = staff_client(staff()).patch("/api/me/preferences", {"theme": "pink"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "theme"


def test_staff_see_only_their_own_organisation_and_below() -> None:
    staff("8021", organisation=organisation("苏州"))
    other = staff("9021", organisation=organisation("南京"))
    listed = staff_client(other).get("/api/staff").json()["items"]
    assert [row["number"] for row in listed] == ["9021"]
