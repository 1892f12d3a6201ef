"""The leaders' desk over HTTP: what they see and change, and who may not."""

from __future__ import annotations

from typing import Any

import pytest

from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.kit.models import AuditRow
from shouwen.kit.testing import facts
from shouwen.routing import actions, queries

from .factories import agent, ask, item, leader, queue

pytestmark = pytest.mark.django_db(transaction=True)


def desk(role: str = "shift_leader") -> Any:
    return staff_client(leader("9001" if role == "shift_leader" else "9002", role))


@pytest.mark.req("R-ACD-007")
def test_a_leader_changes_skills_and_the_next_contact_follows_them() -> None:
    """A seat's skills set at the leader's desk count with the next contact, and the change is on record."""
    queue()
    queue("mobile")
    who = agent("8001", {"mobile": 5})
    answer = desk().put(f"/api/agents/{who.id}/skills", {"skills": {"broadband": 7}})
    assert answer.status_code == 200, answer.content
    assert answer.json()["skills"] == {"broadband": 7}
    assert item(ask(1, "broadband")).offered_to_id == who.id
    row = AuditRow.objects.get(verb="routing.skills", principal__startswith="staff:")
    assert row.details["before"] == {"mobile": 5}
    assert row.details["after"] == {"mobile": 0, "broadband": 7}


@pytest.mark.req("R-AGT-007")
def test_a_duty_leader_runs_the_floor_but_changes_no_permissions() -> None:
    """He forces a state and moves a contact as the shift leader does; skills and seat types he cannot change."""
    queue()
    queue("mobile")
    who = agent("8001")
    duty = desk("duty_leader")
    work = ask()
    assert duty.post(f"/api/work/{work}/move", {"queue_code": "mobile"}).status_code == 200
    forced = duty.post(f"/api/agents/{who.id}/presence", {"state": "meeting", "reason": "briefing"})
    assert forced.json()["state"] == "meeting"
    refused = duty.put(f"/api/agents/{who.id}/skills", {"skills": {"mobile": 10}})
    assert (refused.status_code, refused.json()["code"]) == (403, "permission-refused")
    assert duty.patch(f"/api/staff/{who.id}", {"roles": ["shift_leader"]}).status_code == 403


@pytest.mark.req("R-ACD-005")
def test_a_moved_contact_stands_before_all_new_ones_with_its_customers_data() -> None:
    """Handed to another queue, a contact is ahead of every new one there, and it is still the same conversation."""
    queue()
    queue("mobile")
    who = agent("8001")
    work = ask(1)
    ask(2, "mobile", klass="green")
    ask(3, "mobile", klass="vip")
    actions.accept_offer(work_item_id=work, by=who)
    actions.transfer(subject="conversation", subject_id=1, queue_code="mobile", by=who)
    line = desk().get("/api/queues/mobile/waiting").json()
    assert [(row["subject"], row["subject_id"]) for row in line] == [
        ("conversation", 1),
        ("conversation", 2),
        ("conversation", 3),
    ]


def test_the_queues_show_who_waits_and_since_when(clock_at: Any) -> None:
    queue()
    agent("8001", slots=2)
    ask(1)
    ask(2)
    ask(3)
    clock_at.advance(seconds=90)
    row = desk().get("/api/queues").json()[0]
    assert (row["waiting"], row["offered"], row["longest_wait_seconds"]) == (3, 2, 90)
    assert (row["agents_ready"], row["agents_free"]) == (1, 0)


def test_the_seats_show_what_people_do_carry_and_handle() -> None:
    queue()
    agent("8001", slots=2)
    ask(1)
    card = desk().get("/api/agents").json()[0]
    assert (card["number"], card["state"], card["skills"]) == ("8001", "ready", {"broadband": 5})
    assert card["slots"] == [{"medium": "web_chat", "total": 2, "offered": 1, "busy": 0, "wrap_up": 0}]


def test_pausing_a_queue_is_told_and_on_record() -> None:
    queue()
    answer = desk().post("/api/queues/broadband/pause", {"paused": True})
    assert answer.json()["paused"] is True
    assert facts("routing.QueueChanged")[-1]["payload"] == {"queue_code": "broadband", "paused": True}
    assert AuditRow.objects.get(verb="routing.pause").details == {"before": False, "after": True}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "/api/queues", None),
        ("get", "/api/queues/broadband/waiting", None),
        ("get", "/api/agents", None),
        ("post", "/api/queues/broadband/pause", {"paused": True}),
        ("put", "/api/agents/{seat}/skills", {"skills": {"broadband": 9}}),
        ("post", "/api/agents/{seat}/presence", {"state": "break"}),
        ("post", "/api/work/{work}/move", {"queue_code": "mobile"}),
    ],
)
def test_an_agent_may_not_lead(method: str, path: str, body: dict[str, Any] | None) -> None:
    queue()
    queue("mobile")
    other = agent("8001", ready=False)
    work = ask()
    client = staff_client(staff("8002"))
    where = path.format(seat=other.id, work=work)
    answer = client.get(where) if method == "get" else getattr(client, method)(where, body)
    assert answer.status_code == 403
    assert answer.json()["code"] in {"permission-refused", "not-your-work"}


def test_an_unknown_skill_or_level_or_state_is_refused_naming_the_field() -> None:
    queue()
    who = agent("8001")
    client = desk()
    unknown = client.put(f"/api/agents/{who.id}/skills", {"skills": {"cooking": 3}})
    level = client.put(f"/api/agents/{who.id}/skills", {"skills": {"broadband": 11}})
    state = client.post(f"/api/agents/{who.id}/presence", {"state": "asleep"})
    assert [a.status_code for a in (unknown, level, state)] == [422, 422, 422]
    assert unknown.json()["errors"][0]["field"] == "skills"
    assert state.json()["errors"][0]["field"] == "state"


def test_an_unknown_queue_and_an_unknown_contact_are_not_found() -> None:
    client = desk()
    assert client.get("/api/queues/nowhere/waiting").status_code == 404
    assert client.post("/api/queues/nowhere/pause", {"paused": True}).status_code == 404
    assert client.post("/api/work/99/move", {"queue_code": "nowhere"}).json()["code"] == "work-not-found"


def test_a_leader_leads_only_his_own_area() -> None:
    queue()
    far = agent("8001", unit=organisation("南京"))
    client = desk()
    assert client.get("/api/agents").json() == []
    assert client.put(f"/api/agents/{far.id}/skills", {"skills": {"broadband": 9}}).status_code == 404
    assert client.post(f"/api/agents/{far.id}/presence", {"state": "break"}).status_code == 404
    assert queries.presence_of(far.id).state == "ready"


def test_a_forced_state_is_told_to_the_one_it_concerns() -> None:
    queue()
    who = agent("8001")
    actions.set_presence(state="break", reason="forced", by=by(leader()), staff_id=who.id)
    told = facts("routing.PresenceChanged")[-1]
    assert told["payload"] == {"staff_id": who.id, "state": "break", "reason": "forced"}
    assert told["audience"] == [f"board:{organisation().id}", f"staff:{who.id}"]
