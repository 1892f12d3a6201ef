"""Where somebody is signed in: seen, and ended by himself or an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import Mock, patch

import pytest
from django.contrib.sessions.models import Session

from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import START, ApiClient, facts

from .. import actions
from ..models import SignIn, Staff
from .factories import PASSWORD, organisation, staff, staff_client

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"


def signed_in(number: str = "8021", agent: str = CHROME) -> ApiClient:
    row = staff(number)
    if not row.password:
        row.set_password(PASSWORD)
        row.save()
    client = ApiClient()
    client.headers = {"Accept-Language": "zh-CN", "User-Agent": agent}
    assert client.post("/api/session", {"number": number, "password": PASSWORD}).status_code == 200
    return client


def test_a_session_tells_device_and_address_and_which_one_asks() -> None:
    here = signed_in()
    signed_in(agent="Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1")
    rows = here.get("/api/me/sessions").json()
    assert [(row["device"], row["address"], row["current"]) for row in rows] == [
        ("Safari · iOS", "127.0.0.1", False),
        ("Chrome · Windows", "127.0.0.1", True),
    ]


def test_one_session_is_ended_and_the_other_goes_on() -> None:
    here, lost = signed_in(), signed_in()
    [other] = [row for row in here.get("/api/me/sessions").json() if not row["current"]]
    assert here.delete(f"/api/me/sessions/{other['id']}").status_code == 204
    assert (lost.get("/api/session").status_code, here.get("/api/session").status_code) == (401, 200)
    assert here.delete(f"/api/me/sessions/{other['id']}").json()["code"] == "session-not-found"


def test_every_other_session_ends_at_one_press_and_their_screens_hear_it() -> None:
    here, *others = signed_in(), signed_in(), signed_in()
    assert here.delete("/api/me/sessions").json() == {"ended": 2}
    assert [client.get("/api/session").status_code for client in (here, *others)] == [200, 401, 401]
    assert facts("accounts.SignedOut")[-1]["audience"] == [f"staff:{staff().id}"]


def test_an_administrator_signs_somebody_out_everywhere_on_record() -> None:
    agent, admin = signed_in(), staff_client(staff("1", "system_management"))
    place = f"/api/staff/{staff().id}/sessions"
    assert len(admin.get(place).json()) == 1
    assert admin.delete(place).json() == {"ended": 1}
    assert agent.get("/api/session").status_code == 401
    assert AuditRow.objects.get(verb="accounts.session.revoke").details == {"ended": 1}


def test_an_administrator_ends_one_session_of_somebody() -> None:
    agent, admin = signed_in(), staff_client(staff("1", "system_management"))
    place = f"/api/staff/{staff().id}/sessions"
    assert admin.delete(f"{place}/{admin.get(place).json()[0]['id']}").status_code == 204
    assert agent.get("/api/session").status_code == 401


@pytest.mark.parametrize("role", ["shift_leader", "comprehensive"])
def test_nobody_else_sees_or_ends_the_sessions_of_others(role: str) -> None:
    signed_in()
    one = staff_client(staff("9", role))
    place = f"/api/staff/{staff().id}/sessions"
    assert (one.get(place).status_code, one.delete(place).status_code) == (403, 403)


def test_sessions_outside_the_area_are_out_of_reach() -> None:
    signed_in()
    far = staff("2", "system_management", organisation("南京"), scope="city")
    assert staff_client(far).get(f"/api/staff/{staff().id}/sessions").status_code == 404


def test_whoever_reads_the_database_cannot_take_a_session_over() -> None:
    client = signed_in()
    key = client.client.cookies["sw_staff"].value
    assert not Session.objects.filter(session_key__contains=key).exists()
    thief = ApiClient()
    thief.client.cookies["sw_staff"] = Session.objects.get().session_key
    assert thief.get("/api/session").status_code == 401


def test_signing_in_again_in_one_browser_is_a_new_session_and_the_old_one_is_over() -> None:
    here = signed_in()
    before = here.client.cookies["sw_staff"].value
    assert here.post("/api/session", {"number": "8021", "password": PASSWORD}).status_code == 200
    assert [row["current"] for row in here.get("/api/me/sessions").json()] == [True]
    assert list(SignIn.objects.order_by("id").values_list("ended_by", flat=True)) == ["other", ""]
    here.client.cookies["sw_staff"] = before
    assert here.get("/api/session").status_code == 401


def test_signing_out_ends_the_session_in_the_list_too() -> None:
    client = signed_in()
    client.delete("/api/session")
    assert SignIn.objects.get().ended_by == "self"


@pytest.fixture
def wall() -> Iterator[Mock]:
    """The clock on the wall, which stands still until told."""
    with patch.object(clock, "wall") as stands:
        stands.return_value = START
        yield stands


def test_a_session_nobody_uses_ends_and_its_screens_hear_it(wall: Mock) -> None:
    here = signed_in()
    assert (here.get("/api/session").json()["idle_seconds"], actions.end_expired()) == (1800, 0)
    wall.return_value = START + timedelta(minutes=31)
    assert here.get("/api/session").status_code == 401
    assert (actions.end_expired(), SignIn.objects.get().ended_by) == (1, "idle")
    assert facts("accounts.SignedOut")[-1]["audience"] == [f"staff:{staff().id}"]


def test_what_a_person_does_keeps_his_session_and_what_a_page_does_by_itself_does_not(wall: Mock) -> None:
    here, alone = signed_in(), signed_in()
    for minute in range(0, 61, 5):
        wall.return_value = START + timedelta(minutes=minute)
        assert here.get("/api/session").status_code == 200
        expected = 200 if minute <= 30 else 401
        alone.headers["X-Idle-Seconds"] = str(minute * 60 - 1)
        assert alone.get("/api/session").status_code == expected


def test_a_browser_that_says_nobody_was_there_ends_its_session_at_once(wall: Mock) -> None:
    here = signed_in()
    wall.return_value = START + timedelta(minutes=30)
    here.headers["X-Idle-Seconds"] = "1800"
    assert here.get("/api/session").status_code == 401
    here.headers["X-Idle-Seconds"] = "0"
    assert (here.get("/api/session").status_code, SignIn.objects.get().ended_by) == (401, "idle")


def test_no_deed_keeps_a_session_beyond_its_end(wall: Mock) -> None:
    here = signed_in()
    for minute in range(0, 12 * 60, 20):
        wall.return_value = START + timedelta(minutes=minute)
        assert here.get("/api/session").status_code == 200
    wall.return_value = START + timedelta(hours=12)
    assert here.get("/api/session").status_code == 401
    assert (actions.end_expired(), SignIn.objects.get().ended_by) == (1, "expired")


def test_an_administrator_sets_how_long_sessions_wait(wall: Mock) -> None:
    admin = staff_client(staff("1", "system_management"))
    policy = admin.get("/api/security-policy").json()
    assert policy["idle_minutes"] == 30
    assert admin.put("/api/security-policy", policy | {"idle_minutes": 4}).status_code == 422
    admin.put("/api/security-policy", policy | {"idle_minutes": 5})
    here = signed_in()
    wall.return_value = START + timedelta(minutes=6)
    assert here.get("/api/session").status_code == 401


def test_a_beat_of_the_screen_is_answered_but_counts_for_nothing(wall: Mock) -> None:
    here = signed_in()
    here.headers["X-Idle-Seconds"] = "none"
    for minute, expected in ((0, 200), (29, 200), (31, 401)):
        wall.return_value = START + timedelta(minutes=minute)
        assert here.get("/api/session").status_code == expected


def test_what_is_gone_by_other_ways_is_said_to_have_expired() -> None:
    signed_in()
    Session.objects.all().delete()
    actions.forget_sessions()
    assert SignIn.objects.get().ended_by == "expired"


def test_somebody_deactivated_has_no_way_in_left() -> None:
    client = signed_in()
    Staff.objects.update(active=False)
    assert client.get("/api/session").status_code == 401
