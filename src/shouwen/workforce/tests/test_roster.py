"""The roster: planned once, seen by who may, taken from a table."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.kernel.calendars import BEIJING
from shouwen.kit.testing import facts
from shouwen.workforce import actions, imports, queries
from shouwen.workforce.errors import ShiftInvalid, ShiftNotFound, ShiftOverlaps

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=BEIJING)
DAY = {"since": "2026-11-24T00:00:00+08:00", "until": "2026-11-25T00:00:00+08:00"}


def body(staff_id: int, start: int, end: int, **more: object) -> dict[str, object]:
    begins = EIGHT.replace(hour=start)
    return {
        "staff_id": staff_id,
        "starts_at": begins.isoformat(),
        "ends_at": EIGHT.replace(hour=end).isoformat(),
        **more,
    }


def test_a_leader_plans_and_removes_and_everybody_sees_his_own():
    leader, fang, other = staff("8001", "duty_leader"), staff("8021"), staff("8022")
    client = staff_client(leader)
    made = client.post("/api/roster", body(fang.id, 8, 12)).json()["id"]
    client.post("/api/roster", body(other.id, 8, 12, activity="training", paid=False))
    assert [row["number"] for row in client.get("/api/roster", **DAY).json()["items"]] == ["8021", "8022"]
    mine = staff_client(fang).get("/api/roster", **DAY).json()["items"]
    assert [(row["number"], row["activity"], row["paid"]) for row in mine] == [("8021", "work", True)]
    assert facts("workforce.RosterChanged")[0]["audience"] == [f"board:{fang.organisation_id}", f"staff:{fang.id}"]
    assert staff_client(fang).delete(f"/api/roster/{made}").json()["code"] == "permission-refused"
    assert client.delete(f"/api/roster/{made}").status_code == 204
    assert staff_client(fang).get("/api/roster", **DAY).json()["items"] == []


def test_nobody_is_planned_twice_at_once_nor_backwards_nor_from_another_city():
    leader, fang = by(staff("8001", "duty_leader")), staff("8021")
    actions.plan(staff_id=fang.id, activity="work", starts_at=EIGHT, ends_at=EIGHT + timedelta(hours=4), by=leader)
    hour = timedelta(hours=1)
    with pytest.raises(ShiftOverlaps):
        actions.plan(staff_id=fang.id, activity="break", starts_at=EIGHT + hour, ends_at=EIGHT + 2 * hour, by=leader)
    for activity, span in (("work", -hour), ("work", 17 * hour), ("sleep", hour)):
        with pytest.raises(ShiftInvalid):
            actions.plan(staff_id=fang.id, activity=activity, starts_at=EIGHT, ends_at=EIGHT + span, by=leader)
    far = by(staff("9001", "duty_leader", organisation("无锡")))
    with pytest.raises(ShiftNotFound):
        actions.plan(staff_id=fang.id, activity="work", starts_at=EIGHT + 9 * hour, ends_at=EIGHT + 10 * hour, by=far)
    client = staff_client(staff("9001", "duty_leader", organisation("无锡")))
    assert client.get("/api/roster", **DAY).json()["items"] == []
    assert client.get("/api/roster", since=DAY["until"], until=DAY["since"]).json()["code"] == "roster-span-invalid"


def test_a_table_is_checked_row_by_row_before_it_is_written():
    leader, fang = by(staff("8001", "duty_leader")), staff("8021")
    actions.plan(staff_id=fang.id, activity="work", starts_at=EIGHT, ends_at=EIGHT + timedelta(hours=4), by=leader)
    rows = [
        {"number": "8021", "starts_at": "2026-11-24 13:00", "ends_at": "2026/11/24 17:00"},
        {
            "number": "8021",
            "starts_at": "2026-11-24 11:00",
            "ends_at": "2026-11-24 12:30",
            "activity": "小休",
            "paid": "否",
        },
        {"number": "8099", "starts_at": "soon", "ends_at": "2026-11-24 12:30", "activity": "钓鱼", "paid": "perhaps"},
    ]
    found = [[wrong.field for wrong in some] for some in imports.check(leader, rows)]
    assert found == [[], ["starts_at"], ["number", "activity", "paid", "starts_at"]]
    imports.write(leader, rows[0])
    assert queries.planned([fang.id], since=EIGHT, until=EIGHT + timedelta(hours=8))[fang.id] == [
        ("work", True, EIGHT, EIGHT + timedelta(hours=4)),
        ("work", True, EIGHT + timedelta(hours=5), EIGHT + timedelta(hours=8)),
    ]
