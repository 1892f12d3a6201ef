"""Passwords: long, uncommon, new; changed by oneself, set by an administrator for one sign-in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import ApiClient

from .. import rules
from ..models import PasswordUsed, Staff
from ..rules import Policy
from .factories import PASSWORD, organisation, staff, staff_client
from .test_sessions import signed_in

pytestmark = pytest.mark.django_db
NEW = "smooth-otter-77"


def change(client: ApiClient, password: str, old: str = PASSWORD) -> tuple[int, str]:
    answer = client.post("/api/me/password", {"old": old, "password": password})
    return answer.status_code, answer.json().get("detail", "")


def come(password: str) -> int:
    return int(ApiClient().post("/api/session", {"number": "8021", "password": password}).status_code)


def test_the_new_password_opens_the_old_does_not_and_other_sessions_end() -> None:
    here, other = signed_in(), signed_in()
    assert change(here, NEW)[0] == 200
    assert (come(PASSWORD), come(NEW)) == (401, 200)
    assert (here.get("/api/session").status_code, other.get("/api/session").status_code) == (200, 401)
    assert [row["current"] for row in here.get("/api/me/sessions").json()].count(True) == 1


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short-1", "密码至少 10 个字符。请加长后再试。"),
        ("31415926535897", "密码不能只有数字。请加入字母或汉字。"),
        ("abababababab", "密码重复的字符太多。请换一个。"),
        ("otter-8021-x", "密码不能包含工号或姓名。请换一个。"),
        ("方以宁的好密码在这里", "密码不能包含工号或姓名。请换一个。"),
        ("1q2w3e4r5t6y", "这个密码太常见，容易被猜到。请换一个。"),
    ],
)
def test_a_weak_password_is_refused_with_what_is_wrong(password: str, said: str) -> None:
    assert change(signed_in(), password) == (422, said)


def test_nobody_returns_to_a_password_of_his() -> None:
    client = signed_in()
    change(client, NEW)
    assert change(client, "plain-heron-42", old=NEW)[0] == 200
    assert change(client, NEW, old="plain-heron-42") == (422, "这个密码最近用过。请换一个没有用过的。")
    assert PasswordUsed.objects.count() == 2


def test_the_wrong_old_password_changes_nothing_and_locks_in_the_end() -> None:
    client = signed_in()
    assert {change(client, NEW, old="guess")[0] for _ in range(5)} == {422}
    assert come(PASSWORD) == 423


def hired() -> ApiClient:
    """Let the administrator add somebody, who then signs in for the first time."""
    admin = staff_client(staff("1", "system_management"))
    body = {"number": "8021", "name": "沈佳", "password": PASSWORD, "roles": ["comprehensive"]}
    assert admin.post("/api/staff", body | {"organisation_id": organisation().id}).status_code == 201
    client = ApiClient()
    client.post("/api/session", {"number": "8021", "password": PASSWORD})
    return client


def test_a_first_password_is_changed_before_anything_else() -> None:
    client = hired()
    assert client.get("/api/session").json()["dues"] == ["password"]
    assert client.get("/api/staff").json()["code"] == "dues-first"
    assert change(client, PASSWORD) == (422, "这个密码最近用过。请换一个没有用过的。")
    assert change(client, NEW)[0] == 200
    assert client.get("/api/session").json()["dues"] == []
    assert client.get("/api/staff").status_code == 200


def test_a_first_password_that_nobody_used_works_no_longer_after_two_weeks() -> None:
    hired()
    Staff.objects.filter(number="8021").update(password_set_at=clock.wall() - timedelta(days=14))
    answer = ApiClient().post("/api/session", {"number": "8021", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (403, "first-password-over")
    assert AuditRow.objects.get(verb="accounts.sign-in.refused").details["why"] == "first-password-over"


def test_an_administrator_sets_a_password_for_one_sign_in() -> None:
    agent, admin = signed_in(), staff_client(staff("1", "system_management"))
    Staff.objects.filter(number="8021").update(locked_until=clock.wall() + timedelta(hours=1))
    assert admin.put(f"/api/staff/{staff().id}/password", {"password": NEW}).status_code == 204
    assert agent.get("/api/session").status_code == 401
    client = ApiClient()
    client.post("/api/session", {"number": "8021", "password": NEW})
    assert client.get("/api/session").json()["dues"] == ["password"]


def test_the_policy_is_set_at_a_screen_and_obeyed_at_once() -> None:
    client, admin = signed_in(), staff_client(staff("1", "system_management"))
    policy = admin.get("/api/security-policy").json()
    changed = policy | {"password_min": 20, "lock_after": 3}
    assert admin.put("/api/security-policy", changed).json() == changed
    assert change(client, NEW) == (422, "密码至少 20 个字符。请加长后再试。")
    assert [come("guess") for _ in range(4)] == [401, 401, 401, 423]


def test_an_old_password_becomes_due_where_the_policy_says_so() -> None:
    admin = staff_client(staff("1", "system_management"))
    admin.put("/api/security-policy", admin.get("/api/security-policy").json() | {"password_days": 90})
    staff().set_password(PASSWORD)
    Staff.objects.filter(number="8021").update(password_set_at=clock.wall() - timedelta(days=91))
    assert signed_in().get("/api/session").json()["dues"] == ["password"]


def test_nobody_else_changes_the_policy() -> None:
    leader = staff_client(staff("7", "shift_leader"))
    assert leader.get("/api/security-policy").status_code == 403


@given(st.text(max_size=30), st.integers(8, 64))
def test_what_passes_is_long_enough_and_knows_no_number(password: str, minimum: int) -> None:
    fault = rules.password_fault(password, number="8021", name="方以宁", policy=Policy(password_min=minimum))
    assert fault or (len(password) >= minimum and "8021" not in password and not password.isdigit())
