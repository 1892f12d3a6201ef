"""As many callers as there are ports, and no more: who finds none hears so at once, and it is counted, led or not."""

from __future__ import annotations

import pytest

from shouwen.kit import clock
from shouwen.messaging.tests.scene import open_house
from shouwen.project.voice import located
from shouwen.telephony import queries
from shouwen.telephony.models import Call, RefusedCall

from .lines import CUSTOMER, RunningAsterisk, invite, until
from .phones import Phone
from .service import Leading, working

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
    finally:
        leading.stop()
        caller.close()
        asterisk.close()
