"""As many calls as there are ports, and no more, whoever calls whom: a caller who finds none hears so at once."""

from __future__ import annotations

import pytest

from shouwen.accounts.tests.factories import by, staff
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM
from shouwen.messaging.tests.scene import open_house
from shouwen.project.voice import located
from shouwen.routing import actions as routing
from shouwen.telephony import actions, queries
from shouwen.telephony.models import Call, RefusedCall
from shouwen.telephony.tests import scene

from .lines import AGENT, CUSTOMER, RunningAsterisk, invite, until
from .phones import Phone
from .service import NAME, Leading, working

UNTOLD = [("full", "10000"), ("unled", "10000")]
pytestmark = [pytest.mark.voice, pytest.mark.django_db(transaction=True)]


def test_who_finds_no_port_is_refused_and_counted_and_the_next_finds_one():
    open_house()
    asterisk = RunningAsterisk(located(), ports=1)
    caller = Phone(CUSTOMER, 1000.0, port=asterisk.trunk_port)
    caller.call(asterisk.line.sip_host, asterisk.line.sip_port, "10000")
    caller.wait("talking")  # with the last words, for nobody leads; he has the only port
    assert invite(asterisk.line, "10000", CUSTOMER)[-1] == "SIP/2.0 503 Service Unavailable"
    caller.hang_up()
    until(lambda: asterisk.order("GET", "/channels") == [])
    leading = Leading(asterisk)
    try:
        leading.wait()
        until(lambda: list(RefusedCall.objects.order_by("why").values_list("why", "dialled")) == UNTOLD)
        assert all(RefusedCall.objects.values_list("network_id", flat=True))
        assert not list(asterisk.line.refusals.iterdir())
        RefusedCall.objects.all().delete()
        with working():
            caller.call(asterisk.line.sip_host, asterisk.line.sip_port, "10000")
            caller.wait("talking")
            assert invite(asterisk.line, "10000", CUSTOMER)[-1] == "SIP/2.0 503 Service Unavailable"
            until(lambda: [row.dialled for row in RefusedCall.objects.all()] == ["10000"])
            until(lambda: [(s.ports, s.in_use) for s in queries.servers(clock.now())] == [(1, 1)])
            (server,) = queries.servers(clock.now())
            assert [trunk.address for trunk in server.trunks] == [f"{CUSTOMER}-{asterisk.trunk_port}"]
            caller.hang_up()
            until(lambda: asterisk.order("GET", "/channels") == [])
            assert invite(asterisk.line, "10000", CUSTOMER)[-1] == "SIP/2.0 200 OK"
            until(lambda: Call.objects.count() == 2)
            asterisk.clear()
            until(lambda: Call.objects.filter(step="over").count() == 2)
            calls_of_ours_have_ports_too(asterisk, caller)
    finally:
        leading.stop()
        caller.close()
        asterisk.close()


def calls_of_ours_have_ports_too(asterisk: RunningAsterisk, customer: Phone) -> None:
    """Call a customer: who calls us meanwhile finds no port; and where he was sooner, the customer is not called."""
    phone, agent = Phone(AGENT, 600.0, number="8021"), staff("8021", name="方晴")
    actions.set_phone(by=SYSTEM, staff_id=agent.id, number="8021", address=f"sip:8021@{phone.here}")
    routing.set_presence(state="break", by=by(agent))

    def dials() -> int:
        return actions.dial(by=by(agent), customer_id=scene.customer().id, asterisk=NAME)

    def outcome(call: int) -> str:
        phone.wait("over")
        until(lambda: Call.objects.get(pk=call).step == "over")
        return Call.objects.get(pk=call).outcome

    call = dials()
    phone.wait("ringing")
    phone.answer()
    customer.wait("ringing")
    assert invite(asterisk.line, "10000", CUSTOMER)[-1] == "SIP/2.0 503 Service Unavailable"
    customer.refuse(486, "Busy Here")
    assert outcome(call) == "busy"
    call = dials()
    phone.wait("ringing")
    assert invite(asterisk.line, "10000", CUSTOMER)[-1] == "SIP/2.0 200 OK"
    phone.answer()
    assert (outcome(call), customer.state) == ("cut", "idle")
    phone.close()
