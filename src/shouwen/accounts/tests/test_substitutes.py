"""Substitutes: named for days of leave, by oneself or by a leader, and deciding only then."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shouwen.accounts.models import Staff, Substitution
from shouwen.kit import clock
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import FrozenClock, at_once, facts

from .. import actions, queries, rules
from .factories import by, organisation, staff, staff_client

pytestmark = pytest.mark.django_db
PLACE = "/api/me/substitutions"


def leader(number: str = "7001") -> Staff:
    return staff(number, "shift_leader", name=f"班长{number}")


def days(
    other: Staff, first: str = "2026-11-24", last: str = "2026-11-26", reason: str = "年休假"
) -> dict[str, object]:
    return {"substitute_id": other.id, "first_day": first, "last_day": last, "reason": reason}


def absent(row: Staff) -> list[str]:
    return [one.name for one in queries.stands_in_for(row.id, clock.now())]


def test_a_substitute_stands_in_from_the_first_day_to_the_end_of_the_last(clock_at: FrozenClock) -> None:
    away, other = leader(), leader("7002")
    made = staff_client(away).post(PLACE, days(other))
    assert (made.status_code, made.json()["state"], absent(other)) == (201, "ahead", [])
    clock_at.advance(days=1)
    assert absent(other) == ["班长7001"]
    clock_at.advance(days=2)
    assert absent(other) == ["班长7001"]
    clock_at.advance(days=1)
    assert absent(other) == []
    told = facts("accounts.SubstituteNamed")[0]
    assert told["audience"] == [f"staff:{away.id}", f"staff:{other.id}"]
    assert AuditRow.objects.filter(verb="accounts.substitute.name", subject_id=away.id).count() == 1


def test_a_leader_arranges_it_for_his_people_and_ends_it(clock_at: FrozenClock) -> None:
    away, other = leader(), leader("7002")
    client = staff_client(staff("9001", "system_management"))
    made = client.post(f"/api/staff/{away.id}/substitutions", days(other, "2026-11-23")).json()
    assert absent(other) == ["班长7001"]
    assert [one["substitute_name"] for one in staff_client(away).get(PLACE).json()["away"]] == ["班长7002"]
    assert [one["staff_name"] for one in staff_client(other).get(PLACE).json()["standing_in"]] == ["班长7001"]
    assert staff_client(other).delete(f"/api/substitutions/{made['id']}", key="x" * 9).status_code == 204
    assert absent(other) == []
    assert client.delete(f"/api/substitutions/{made['id']}").json()["code"] == "substitution-not-found"
    assert client.get(f"/api/staff/{away.id}/substitutions").json()[0]["state"] == "ended"


@pytest.mark.parametrize(
    ("first", "last", "reason", "code"),
    [
        ("2026-11-22", "2026-11-26", "年休假", "substitution-days-invalid"),
        ("2026-11-26", "2026-11-25", "年休假", "substitution-days-invalid"),
        ("2026-11-24", "2027-03-01", "年休假", "substitution-days-invalid"),
        ("2026-11-24", "2026-11-26", " ", "substitution-reason-needed"),
    ],
)
def test_days_that_cannot_be_are_refused(first: str, last: str, reason: str, code: str) -> None:
    answer = staff_client(leader()).post(PLACE, days(leader("7002"), first, last, reason))
    assert answer.json()["code"] == code


def test_nobody_stands_in_who_may_not_decide_does_not_see_it_or_is_away_himself() -> None:
    away, other, third = leader(), leader("7002"), leader("7003")
    far = staff("7004", "shift_leader", organisation("无锡"))
    client = staff_client(away)
    said = [client.post(PLACE, days(one)).json()["code"] for one in (away, staff("8021"), far)]
    assert said == ["substitute-unknown", "substitute-cannot", "substitute-cannot"]
    assert staff_client(other).post(PLACE, days(third)).status_code == 201
    assert client.post(PLACE, days(other)).json()["code"] == "substitute-away"
    assert staff_client(third).post(PLACE, days(away)).json()["code"] == "substitution-stands-in"
    assert staff_client(other).post(PLACE, days(away)).json()["code"] == "substitution-overlaps"


def test_one_is_away_once_at_a_time_whatever_writes_it() -> None:
    away, other = leader(), leader("7002")
    staff_client(away).post(PLACE, days(other))
    row = Substitution.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="accounts_substitution_one_at_a_time"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_named_at_once_for_the_same_days_one_stands() -> None:
    """He names one himself while his leader names another."""
    away, others, chief = leader(), [leader("7002"), leader("7003")], staff("9001", "system_management")
    himself, leading = staff_client(away), staff_client(chief)
    answers = at_once(
        lambda: himself.post(PLACE, days(others[0])),
        lambda: leading.post(f"/api/staff/{away.id}/substitutions", days(others[1], "2026-11-26", "2026-11-30")),
    )
    assert sorted(one.status_code for one in answers) == [201, 409]
    assert [one.json()["code"] for one in answers if one.status_code == 409] == ["substitution-overlaps"]
    assert Substitution.objects.count() == 1


def test_who_may_not_arrange_it_for_others_is_refused() -> None:
    away, other = leader(), leader("7002")
    agent = staff_client(staff("8021"))
    assert agent.post(f"/api/staff/{away.id}/substitutions", days(other)).status_code == 403
    assert agent.get(f"/api/staff/{away.id}/substitutions").status_code == 403


def test_who_covers_somebody_that_left_for_good_stands_in_where_he_was_to() -> None:
    away, other, cover = leader(), leader("7002"), leader("7003")
    staff_client(away).post(PLACE, days(other, "2026-11-23"))
    actions.deactivate(staff_id=other.id, covered_by=cover.id, by=by(staff("9001", "system_management")))
    assert absent(cover) == ["班长7001", "班长7002"]


def test_a_leave_is_ahead_running_over_or_ended() -> None:
    first, last = date(2026, 11, 24), date(2026, 11, 26)
    states = [rules.state_of_leave(first, last, date(2026, 11, day), ended=False) for day in (23, 24, 26, 27)]
    assert states == ["ahead", "running", "running", "over"]
    assert rules.state_of_leave(first, last, first, ended=True) == "ended"
