"""Real calls through a real Asterisk: who hears whom is told from the sound each side got."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff
from shouwen.desk.queries import promise
from shouwen.interactions import queries as contacts
from shouwen.kit import clock, files
from shouwen.kit.principals import SYSTEM
from shouwen.messaging.tests.scene import open_house
from shouwen.routing import actions as routing
from shouwen.telephony import actions
from shouwen.telephony.models import Call, Recording
from shouwen.telephony.tests import scene

from .lines import AGENT, CUSTOMER, RunningAsterisk, until
from .phones import Phone
from .service import Leading, working

pytestmark = [pytest.mark.voice, pytest.mark.django_db(transaction=True)]
CUSTOMERS_TONE, AGENTS_TONE = 1000.0, 600.0


class Floor(NamedTuple):
    """What a call needs: somebody who calls, an agent with a phone, a gateway between them."""

    customer: Phone
    phone: Phone
    agent: Staff
    asterisk: RunningAsterisk

    def dial(self, code: str = "10000") -> None:
        self.customer.call(self.asterisk.line.sip_host, self.asterisk.line.sip_port, code)

    def call(self) -> Call:
        until(Call.objects.exists)
        return Call.objects.get()

    def step(self, wanted: str) -> Call:
        until(lambda: Call.objects.filter(step=wanted).exists())
        return Call.objects.get()


@pytest.fixture
def floor(asterisk: RunningAsterisk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Floor]:
    monkeypatch.setattr("shouwen.telephony.rules.TEXTS", SHORT)
    open_house()
    customer = Phone(CUSTOMER, CUSTOMERS_TONE, port=asterisk.trunk_port)
    phone = Phone(AGENT, AGENTS_TONE, number="8021")
    row = staff("8021", name="方晴")
    actions.set_phone(by=SYSTEM, staff_id=row.id, number="8021", address=f"sip:8021@{phone.here}")
    routing.set_skills(staff_id=row.id, levels={"general": 5}, by=SYSTEM)
    routing.set_presence(state="ready", by=by(row))
    leading = Leading(asterisk)
    try:
        leading.wait()
        with working():
            yield Floor(customer, phone, row, asterisk)
            customer.close()
            phone.close()
    finally:
        leading.stop()


SHORT = {
    "greeting": "您好。",
    "closed": "您好。",
    "turned_away": "您好。",
    "no_queue": "您好。",
    "answered": "工号{number}。",
}


def test_a_call_goes_all_the_way(floor: Floor):
    floor.dial()
    floor.phone.wait("ringing")
    waiting = floor.step("waiting")
    assert promise(clock.now()).holds
    floor.phone.answer()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE) and floor.customer.hears(AGENTS_TONE))
    assert (floor.step("talking").staff_id, promise(clock.now()).holds) == (floor.agent.id, True)
    floor.customer.hang_up()
    floor.phone.wait("over")
    until(lambda: contacts.conversation(waiting.pk).state == "ended")
    assert scene.names(waiting.pk) == ["arrive", "human_request", "queue_in", "offer", "answer", "end"]
    assert promise(clock.now()).holds
    until(Recording.objects.exists)
    kept = Recording.objects.get()
    assert kept.file is not None
    sound = b"".join(files.read(kept.file.id))
    assert sound[:4] == b"RIFF"
    assert kept.seconds > 0.2
    assert not list(floor.asterisk.line.recordings.iterdir())
