"""Nobody hears a fact that he could not fetch."""

from __future__ import annotations

import asyncio

import pytest

from shouwen.accounts.models import Role
from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.customers import actions as customers
from shouwen.customers.tests.factories import by_customer, customer_client
from shouwen.customers.tests.factories import customer as registered
from shouwen.kit.live import Identity, LiveApplication, hub
from shouwen.kit.notifier import dsn
from shouwen.kit.testing import deliver, facts
from shouwen.messaging import actions as messaging
from shouwen.messaging.tests import scene
from shouwen.project.asgi import RESTART_ON
from shouwen.project.audiences import of_staff
from shouwen.tickets import actions as tickets

pytestmark = pytest.mark.django_db(transaction=True)


def a_working_day() -> int:
    """Let one conversation and one ticket go all the way in the city of the house; return how many facts it made."""
    leader = scene.open_house()
    fang, chen = scene.agent("8021"), scene.customer()
    talk = scene.served(fang, chen)
    messaging.agent_says(by=by(fang), interaction_id=talk, body="您好", client_key=scene.key())
    messaging.customer_says(by=chen, interaction_id=talk, body="断网了", client_key=scene.key())
    ticket = tickets.open_ticket(
        by=by(fang), kind="fault", title="断网", description="断网", customer_id=chen.id, interaction_id=talk
    )
    tickets.take(by=by(fang), number=ticket.number)
    tickets.resolve(by=by(fang), number=ticket.number, answer="已修复")
    tickets.confirm(by=chen, number=ticket.number)
    messaging.end(by=by(fang), interaction_id=talk)
    messaging.rate(by=chen, interaction_id=talk, score=5)
    scene.noted(fang, talk)
    messaging.complete(by=by(fang), interaction_id=talk)
    messaging.customer_leaves(by=(gone := scene.visitor()), interaction_id=scene.write(gone))
    staff_client(leader).post("/api/queues/broadband/pause", {"paused": True})
    deliver()
    return len(facts())


def heard(number: str, role: str, city: str) -> list[str]:
    """Return the names of the facts that somebody hears."""
    who = staff(number, role, organisation(city), name=f"同事{number}")
    mine = of_staff(str(who.pk))
    return [fact["name"] for fact in facts() if mine & set(fact["audience"])]


@pytest.mark.parametrize("role", ["duty_leader", "shift_leader", "quality", "comprehensive", "data_maintenance"])
def test_another_city_hears_nothing_of_ours(role: str) -> None:
    assert a_working_day() > 20
    assert heard("9100", role, "南京") == []


def test_the_citys_own_leader_hears_what_his_board_counts() -> None:
    a_working_day()
    told = set(heard("9100", "duty_leader", "苏州"))
    assert told >= {"messaging.ChatStarted", "routing.WorkOffered", "routing.PresenceChanged", "routing.QueueChanged"}
    assert "messaging.MessagePosted" not in told
    assert "interactions.MessagePosted" not in told


def test_who_may_do_nothing_hears_nothing_but_what_is_his() -> None:
    a_working_day()
    who = staff("9100", "quality", name="新人")
    who.roles.set(Role.objects.none())
    assert of_staff(str(who.pk)) == {f"staff:{who.pk}"}


def test_key_customers_are_told_of_only_to_themselves() -> None:
    fang = staff("8021", "specialist")
    row = registered("江苏省政府", kind="gov_ent", organisation=fang.organisation)
    customers.update(by=by(fang), customer_id=row.pk, changes={"star": 5})
    assert facts("customers.CustomerChanged")[0]["audience"] == [f"customer:{row.pk}"]


def test_a_session_that_ends_takes_its_live_connections_along() -> None:
    """Signing out, or being signed out everywhere, makes every connection of that customer say again who it is."""
    row = registered()
    customer_client(row).delete("/api/portal/session")
    customers.sign_out_everywhere(by=by_customer(row), customer_id=row.pk)
    told = facts("customers.SessionsEnded")
    assert [fact["audience"] for fact in told] == [[f"customer:{row.pk}"]] * 2
    assert "customers.SessionsEnded" in RESTART_ON


def test_a_connection_does_not_outlive_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "LIFE_SECONDS", 0.0)

    async def listen() -> list[bytes]:
        async with hub.running(hub.Hub(dsn())) as one:
            return [frame async for frame in one.join(frozenset({"staff:1"}), None)]

    assert len(asyncio.run(asyncio.wait_for(listen(), 10))) == 1


def test_a_cookie_of_another_application_does_not_silence_the_live_line() -> None:
    asked: list[str] = []

    async def identify(cookies: object) -> Identity | None:
        asked.append(cookies["sw_staff"])  # type: ignore[index]
        return None

    async def send(_message: object) -> None:
        return None

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    headers = [(b"cookie", "a/b=1; 名=2; {x}=3; sw_staff=abc".encode())]
    scope = {"type": "http", "path": "/live", "method": "GET", "headers": headers}
    asyncio.run(LiveApplication(hub.Hub(dsn()), identify)(scope, receive, send))
    assert asked == ["abc"]
