"""The second factor: switched on by scanning, asked for at sign-in, good once, and recovered from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kit import clock
from shouwen.kit.models import AuditRow, Command
from shouwen.kit.testing import ApiClient

from .. import rules
from ..models import RecoveryCode, Role, Totp
from .factories import PASSWORD, staff, staff_client
from .test_sessions import signed_in

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class Wall:
    """Wall time that moves only when told."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def next_code(self) -> None:
        self.at += timedelta(seconds=60)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    held = Wall()
    monkeypatch.setattr(clock, "wall", held.now)
    monkeypatch.setattr("django.utils.timezone.now", held.now)
    return held


def code_of(secret: str, wall: Wall) -> str:
    return pyotp.TOTP(secret).at(wall.at)


def switched_on(client: ApiClient, wall: Wall) -> tuple[str, list[str]]:
    """Switch the second factor on; return its secret and the recovery codes."""
    secret = client.post("/api/me/second-factor").json()["secret"]
    codes = client.post("/api/me/second-factor/confirm", {"code": code_of(secret, wall)}).json()["codes"]
    wall.next_code()
    return secret, codes


def come(code: str = "") -> tuple[int, str]:
    answer = ApiClient().post("/api/session", {"number": "8021", "password": PASSWORD, "code": code})
    return answer.status_code, answer.json().get("code", "")


def test_scanning_and_one_code_switch_it_on(wall: Wall) -> None:
    client = signed_in()
    begun = client.post("/api/me/second-factor").json()
    assert begun["uri"].startswith("otpauth://totp/")
    assert begun["qr_path"].startswith("M4 4h1v1h-1z")
    assert client.get("/api/me/second-factor").json()["on"] is False
    assert come() == (200, "")
    client.post("/api/me/second-factor/confirm", {"code": code_of(begun["secret"], wall)})
    assert client.get("/api/me/second-factor").json() | {"since": ""} == {
        "on": True,
        "required": False,
        "since": "",
        "codes_left": 10,
    }


def test_from_then_on_the_password_alone_opens_nothing(wall: Wall) -> None:
    secret, _ = switched_on(signed_in(), wall)
    assert come() == (401, "code-needed")
    assert [come(code) for code in ("000000", "一二三四五六")] == [(401, "code-refused")] * 2
    assert come(code_of(secret, wall)) == (200, "")


def test_switching_it_on_ends_the_other_sessions(wall: Wall) -> None:
    here, other = signed_in(), signed_in()
    switched_on(here, wall)
    assert (here.get("/api/session").status_code, other.get("/api/session").status_code) == (200, 401)


def test_no_code_works_twice(wall: Wall) -> None:
    secret, _ = switched_on(signed_in(), wall)
    code = code_of(secret, wall)
    assert (come(code), come(code)) == ((200, ""), (401, "code-refused"))


def test_wrong_codes_lock_the_account_like_wrong_passwords(wall: Wall) -> None:
    secret, _ = switched_on(signed_in(), wall)
    assert {come("000000") for _ in range(5)} == {(401, "code-refused")}
    assert come(code_of(secret, wall)) == (423, "sign-in-locked")


def test_a_recovery_code_works_once_however_it_is_typed(wall: Wall) -> None:
    _, codes = switched_on(signed_in(), wall)
    assert come(codes[3].lower().replace("-", " ")) == (200, "")
    assert come(codes[3]) == (401, "code-refused")
    assert AuditRow.objects.filter(verb="accounts.second-factor.recovery").count() == 1


def test_a_recovery_code_of_somebody_else_opens_nothing(wall: Wall) -> None:
    _, codes = switched_on(signed_in("8033"), wall)
    switched_on(signed_in(), wall)
    assert come(codes[0]) == (401, "code-refused")


@pytest.mark.req("R-REC-017")
def test_neither_secret_nor_recovery_code_nor_password_stands_in_the_database(wall: Wall) -> None:
    """What opens is kept encrypted or as a digest with a key from outside the database; answers keep none of it."""
    client = signed_in()
    secret, codes = switched_on(client, wall)
    kept = str(list(Totp.objects.values())) + str(list(RecoveryCode.objects.values()))
    kept += str(list(AuditRow.objects.values("details"))) + str(list(Command.objects.values("body")))
    assert [word for word in (secret, codes[0], rules.tidy(codes[0]), PASSWORD) if word in kept] == []


def test_switching_off_needs_a_code(wall: Wall) -> None:
    client = signed_in()
    secret, _ = switched_on(client, wall)
    assert client.post("/api/me/second-factor/end", {"code": "000000"}).json()["code"] == "wrong-code"
    assert client.post("/api/me/second-factor/end", {"code": code_of(secret, wall)}).json()["on"] is False
    assert come() == (200, "")


def test_new_recovery_codes_replace_the_old(wall: Wall) -> None:
    client = signed_in()
    secret, old = switched_on(client, wall)
    fresh = client.post("/api/me/second-factor/codes", {"code": code_of(secret, wall)}).json()["codes"]
    assert (come(old[0]), come(fresh[0])) == ((401, "code-refused"), (200, ""))


def test_a_lost_phone_is_reset_by_an_administrator(wall: Wall) -> None:
    client, admin = signed_in(), staff_client(staff("1", "system_management"))
    switched_on(client, wall)
    assert admin.delete(f"/api/staff/{staff().id}/second-factor").status_code == 204
    assert client.get("/api/session").status_code == 401
    assert come() == (200, "")


def required() -> None:
    admin = staff_client(staff("1", "system_management"))
    answer = admin.patch("/api/roles/comprehensive", {"second_factor": True})
    assert answer.json()["second_factor"] is True


def test_where_the_seat_asks_for_it_nothing_else_opens_before(wall: Wall) -> None:
    staff()
    required()
    client = signed_in()
    assert client.get("/api/session").json()["dues"] == ["second_factor"]
    refused = client.get("/api/staff")
    assert (refused.status_code, refused.json()["code"]) == (403, "dues-first")
    switched_on(client, wall)
    assert client.get("/api/session").json()["dues"] == []
    assert client.get("/api/staff").status_code == 200


def test_where_the_seat_asks_for_it_it_stays_on(wall: Wall) -> None:
    client = signed_in()
    secret, _ = switched_on(client, wall)
    Role.objects.filter(code="comprehensive").update(second_factor=True)
    answer = client.post("/api/me/second-factor/end", {"code": code_of(secret, wall)})
    assert answer.json()["code"] == "factor-required"


@given(seconds=st.integers(0, 2_000_000_000), skew=st.integers(-29, 29))
def test_a_clock_half_a_minute_off_still_makes_a_good_code(seconds: int, skew: int) -> None:
    secret, at = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", datetime.fromtimestamp(seconds + 100, UTC)
    code = pyotp.TOTP(secret).at(at + timedelta(seconds=skew))
    step = rules.step_of(secret, code, at, last=0)
    assert step is not None
    assert rules.step_of(secret, code, at, last=step) is None or step < seconds // 30
