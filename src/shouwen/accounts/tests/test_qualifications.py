"""Qualifications: given with level and date, and warned of a month before they end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import ApiClient, FrozenClock, facts

from .. import actions, queries, rules
from .factories import by, organisation, staff, staff_client

pytestmark = pytest.mark.django_db
KIND = {"code": "broadband", "zh": "宽带装维", "en": "Broadband"}


def leader() -> ApiClient:
    client = staff_client(staff("7001", "shift_leader"))
    client.post("/api/qualification-kinds", KIND)
    return client


def give(client: ApiClient, until: str | None, level: int = 6) -> int:
    place = f"/api/staff/{staff().id}/qualifications/broadband"
    return int(client.put(place, {"level": level, "valid_until": until}).status_code)


def test_a_qualification_is_given_changed_and_withdrawn_on_record() -> None:
    client = leader()
    assert (give(client, "2027-05-01"), give(client, "2028-05-01", 7)) == (204, 204)
    [held] = client.get(f"/api/staff/{staff().id}/qualifications").json()
    assert (held["zh"], held["level"], held["valid_until"], held["state"]) == ("宽带装维", 7, "2028-05-01", "valid")
    place = f"/api/staff/{staff().id}/qualifications/broadband"
    assert (client.delete(place).status_code, client.delete(place).status_code) == (204, 404)
    assert AuditRow.objects.filter(verb__startswith="accounts.qualification.").count() == 3


def test_somebody_is_qualified_until_the_end_of_the_last_day(clock_at: FrozenClock) -> None:
    give(leader(), "2026-11-24")
    agent = staff().id
    assert queries.qualified([agent], "broadband", at=clock.now()) == {agent}
    assert queries.qualified([agent], "broadband", level=7, at=clock.now()) == set()
    assert queries.qualified([agent], "broadband", at=clock_at.advance(days=2)) == set()


def test_a_month_before_its_end_the_holder_is_told_once(clock_at: FrozenClock) -> None:
    give(leader(), "2026-12-31")
    assert actions.warn_of_endings(at=clock.now()) == 0
    clock_at.advance(days=8)
    assert (actions.warn_of_endings(at=clock.now()), actions.warn_of_endings(at=clock.now())) == (1, 0)
    told = facts("accounts.QualificationExpiring")[0]
    assert (told["payload"]["valid_until"], told["audience"]) == ("2026-12-31", [f"staff:{staff().id}"])


def test_a_new_date_is_warned_of_anew(clock_at: FrozenClock) -> None:
    client = leader()
    give(client, "2026-12-01")
    actions.warn_of_endings(at=clock.now())
    give(client, "2026-12-20")
    assert actions.warn_of_endings(at=clock.now()) == 1


def test_what_ends_soon_and_what_has_ended_is_found() -> None:
    client = leader()
    give(client, "2026-12-20")
    client.put(f"/api/staff/{staff('8033').id}/qualifications/broadband", {"level": 3, "valid_until": "2026-11-01"})
    found = {
        state: [row["number"] for row in client.get("/api/qualifications", state=state).json()["items"]]
        for state in ("", "valid", "expiring", "expired")
    }
    assert found == {"": ["8021", "8033"], "valid": [], "expiring": ["8021"], "expired": ["8033"]}


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("juggling", {"level": 5}, "unknown-qualification-kind"),
        ("broadband", {"level": 11}, "invalid-input"),
        ("broadband", {"level": 5, "valid_until": "soon"}, "invalid-input"),
    ],
)
def test_what_cannot_be_is_refused(kind: str, body: dict[str, object], code: str) -> None:
    assert leader().put(f"/api/staff/{staff().id}/qualifications/{kind}", body).json()["code"] == code


def test_nobody_qualifies_himself_without_the_permission_nor_others_elsewhere() -> None:
    client = leader()
    assert give(staff_client(staff()), "2027-05-01") == 403
    far = staff("9021", organisation=organisation("南京"))
    assert client.put(f"/api/staff/{far.id}/qualifications/broadband", {"level": 5}).status_code == 404


def test_a_page_shows_the_data_scope_only() -> None:
    give(leader(), "2027-05-01")
    other = staff("7002", "shift_leader", organisation("南京"))
    assert queries.qualification_page(by(other)).items == []


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-400, 400))
def test_the_states_follow_one_another_without_a_gap(today: date, days: int) -> None:
    state = rules.qualification_state(today + timedelta(days=days), today)
    assert state == ("expired" if days < 0 else "expiring" if days <= 30 else "valid")
