"""Real calls through a real Asterisk: who hears whom is told from the sound each side got."""

from __future__ import annotations

import array
import asyncio
import hashlib
import io
import subprocess
import wave
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff
from shouwen.adapters.asterisk import Ari, Replaced
from shouwen.desk.queries import promise
from shouwen.interactions import queries as contacts
from shouwen.kit import clock, files
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import FrozenClock
from shouwen.messaging.tests.scene import open_house
from shouwen.project.voice import APP
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues
from shouwen.routing.models import Callback
from shouwen.telephony import actions, queries
from shouwen.telephony.models import Call, Instruction, Recording
from shouwen.telephony.tests import scene

from .lines import AGENT, CUSTOMER, PASSWORD, RunningAsterisk, until
from .phones import RATE, Phone, loudness
from .service import NAME, Leading, working

pytestmark = [pytest.mark.voice, pytest.mark.django_db(transaction=True)]
CUSTOMERS_TONE, AGENTS_TONE = 1000.0, 600.0


class Floor(NamedTuple):
    """What a call needs: somebody who calls, an agent with a phone, a gateway between them."""

    customer: Phone
    phone: Phone
    agent: Staff
    asterisk: RunningAsterisk
    leading: Leading

    def dial(self, code: str = "10000") -> None:
        self.customer.call(self.asterisk.line.sip_host, self.asterisk.line.sip_port, code)

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
            yield Floor(customer, phone, row, asterisk, leading)
    finally:
        leading.stop()
        customer.close()
        phone.close()
        asterisk.clear()


SHORT = {
    "greeting": "您好。",
    "closed": "您好。",
    "turned_away": "您好。",
    "no_queue": "您好。",
    "answered": "工号{number}。",
    "first": "一。",
    "ahead": "{count}。",
    "soon": "快。",
    "minutes": "{count}。",
    "long": "久。",
    "offer": "请按一。",
    "called_back": "再见。",
    "called_back_from": "{when}。",
    "we_call": "{number}。",
}


def test_a_call_goes_all_the_way(floor: Floor):
    floor.dial()
    floor.phone.wait("ringing")
    waiting = floor.step("waiting")
    assert promise(clock.now()).holds
    floor.phone.answer()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE) and floor.customer.hears(AGENTS_TONE))
    assert (floor.step("talking").staff_id, promise(clock.now()).holds) == (floor.agent.id, True)
    talked = len(floor.phone.heard)
    until(lambda: len(floor.phone.heard) > talked + RATE // 2)
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


def heard_in(sound: bytes, pitch: float) -> float:
    """Return how much of a recording's second half is one pitch."""
    with wave.open(io.BytesIO(sound)) as file:
        samples = list(array.array("h", file.readframes(file.getnframes())))
    return loudness(samples[len(samples) // 2 :], pitch)


def test_the_recording_holds_both_sides(floor: Floor):
    floor.dial()
    floor.phone.wait("ringing")
    floor.phone.answer()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE) and floor.customer.hears(AGENTS_TONE))
    talked = len(floor.phone.heard)
    until(lambda: len(floor.phone.heard) > talked + 2 * RATE)  # two seconds more: the second half is talk alone
    floor.phone.hang_up()
    floor.customer.wait("over")
    until(Recording.objects.exists)
    kept = Recording.objects.get()
    assert kept.file is not None
    sound = b"".join(files.read(kept.file.id))
    assert hashlib.sha256(sound).hexdigest() == kept.digest
    assert min(heard_in(sound, CUSTOMERS_TONE), heard_in(sound, AGENTS_TONE)) > 0.05
    assert contacts.conversation(kept.pk).ended_by == "staff"


def test_who_waits_hears_music_and_who_is_busy_is_passed_over(floor: Floor):
    other = Phone(AGENT, 800.0, number="8022")
    floor.dial()
    floor.phone.wait("ringing")
    second = staff("8022", name="罗文静")
    actions.set_phone(by=SYSTEM, staff_id=second.id, number="8022", address=f"sip:8022@{other.here}")
    routing.set_skills(staff_id=second.id, levels={"general": 5}, by=SYSTEM)
    routing.set_presence(state="ready", by=by(second))
    until(lambda: loud(floor.customer))
    floor.phone.refuse(486, "Busy Here")
    other.wait("ringing")
    other.answer()
    until(lambda: floor.customer.hears(800.0))
    call = floor.step("talking")
    assert (call.staff_id, scene.reasons(call.pk)) == (second.id, ["busy"])
    floor.customer.hang_up()
    other.wait("over")
    other.close()


def test_a_caller_who_hangs_up_while_a_phone_rings_lets_it_ring_no_more(floor: Floor):
    floor.dial()
    floor.phone.wait("ringing")
    floor.customer.hang_up()
    floor.phone.wait("over")
    call = floor.step("over")
    assert (call.outcome, scene.names(call.pk)[-1]) == ("abandoned", "abandon")
    assert promise(clock.now()).holds


def test_who_waits_hears_his_place_then_music_though_nobody_leads_and_is_called_back_at_a_key(
    floor: Floor, asterisk: RunningAsterisk, clock_at: FrozenClock
):
    routing.set_presence(state="break", by=by(floor.agent))
    floor.dial()
    call = floor.step("waiting")
    until(lambda: loud(floor.customer))
    clock_at.advance(seconds=3)
    until(lambda: Instruction.objects.filter(call=call, verb="tell").exclude(done_at=None).exists())
    floor.leading.stop()
    until(lambda: asterisk.status(f"/playbacks/tell-{call.pk}") == 404)  # all was said
    heard = len(floor.customer.heard)
    until(lambda: len(floor.customer.heard) > heard + RATE and loud(floor.customer))
    again = Leading(asterisk)
    again.wait()
    floor.customer.press("5")
    floor.customer.press("1")
    floor.customer.wait("over")
    owed = Callback.objects.get()
    assert (owed.number, floor.step("over").outcome) == ("8613800001111", "callback")
    assert scene.verbs(call.pk)[-1] == "farewell"
    assert promise(clock.now()).holds
    again.stop()


def test_a_customer_is_called_hears_who_calls_and_talks(floor: Floor):
    who = scene.customer()
    call = actions.dial(by=by(floor.agent), customer_id=who.id, asterisk=NAME)
    floor.phone.wait("ringing")
    floor.phone.answer()
    floor.customer.wait("ringing")
    until(lambda: loud(floor.phone))  # who calls hears it ring
    until(lambda: queries.call_of(call).dialling == "ringing")  # type: ignore[union-attr]
    floor.customer.answer()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE) and floor.customer.hears(AGENTS_TONE))
    assert (floor.step("talking").pk, promise(clock.now()).holds) == (call, True)
    floor.customer.hang_up()
    floor.phone.wait("over")
    assert scene.names(call) == ["arrive", "dial", "answer", "end"]
    until(Recording.objects.exists)


@pytest.mark.parametrize(
    ("status", "reason", "outcome"),
    [
        (486, "Busy Here", "busy"),
        (603, "Decline", "refused"),
        (404, "Not Found", "wrong_number"),
        (503, "Service Unavailable", "unreachable"),
    ],
)
def test_a_customer_who_is_not_reached_is_told_apart_by_what_his_line_says(
    floor: Floor, status: int, reason: str, outcome: str
):
    call = actions.dial(by=by(floor.agent), customer_id=scene.customer().id, asterisk=NAME)
    floor.phone.wait("ringing")
    floor.phone.answer()
    floor.customer.wait("ringing")
    floor.customer.refuse(status, reason)
    floor.phone.wait("over")
    assert floor.step("over").outcome == outcome
    assert scene.names(call)[:3] == ["arrive", "dial", "dial_end"]
    assert promise(clock.now()).holds


def test_a_callback_is_offered_dialled_and_tried_again_when_nobody_answers(
    floor: Floor, clock_at: FrozenClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("shouwen.telephony.rules.dialling.SECONDS", 1)
    routing.open_seat(staff_id=floor.agent.id, slots={"voice": 1, "callback": 1})
    routing.set_presence(state="break", by=by(floor.agent))
    floor.dial()
    call = floor.step("waiting")
    clock_at.advance(seconds=3)
    until(lambda: Instruction.objects.filter(call=call, verb="tell").exclude(done_at=None).exists())
    floor.customer.press("1")
    floor.customer.wait("over")
    routing.set_presence(state="ready", by=by(floor.agent))
    until(lambda: queues.offers_of(floor.agent.id) != [])
    owed = routing.take_callback(work_item_id=queues.offers_of(floor.agent.id)[0].work_item_id, by=by(floor.agent))
    assert actions.dial_back(by=by(floor.agent), callback_id=owed, asterisk=NAME) is not None
    floor.phone.wait("ringing")
    floor.phone.answer()
    floor.customer.wait("ringing")
    floor.phone.wait("over")
    until(lambda: Call.objects.filter(outbound=True, step="over").exists())
    assert Call.objects.get(outbound=True).outcome == "no_answer"
    row = Callback.objects.get()
    assert (row.state, row.attempts, promise(clock.now()).holds) == ("scheduled", 1, True)


def test_a_declined_call_waits_on_and_an_unanswered_one_is_taken_back(floor: Floor, clock_at: FrozenClock):
    floor.dial()
    floor.phone.wait("ringing")
    floor.phone.refuse(603, "Decline")
    call = floor.step("waiting")
    until(lambda: scene.reasons(call.pk) == ["declined"])
    clock_at.advance(minutes=1)  # who declined is asked again when nobody else is there
    floor.phone.wait("ringing")
    clock_at.advance(minutes=2)
    floor.phone.wait("over")
    assert scene.reasons(call.pk) == ["declined", "no_answer"]
    assert (floor.customer.state, promise(clock.now()).holds) == ("talking", True)
    floor.customer.hang_up()


def test_a_gateway_that_dies_leaves_people_talking_and_learns_what_it_missed(floor: Floor, asterisk: RunningAsterisk):
    floor.dial()
    floor.phone.wait("ringing")
    floor.phone.answer()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE))
    floor.leading.stop()
    floor.phone.heard.clear()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE))
    floor.customer.hang_up()
    assert Call.objects.get().step == "talking"
    again = Leading(asterisk)
    try:
        call = floor.step("over")
        assert (call.outcome, contacts.conversation(call.pk).ended_by) == ("answered", "customer")
        floor.phone.wait("over")
        until(Recording.objects.exists)
    finally:
        again.stop()


def test_a_second_gateway_stands_by_and_takes_over(floor: Floor, asterisk: RunningAsterisk):
    standby = Leading(asterisk)
    try:
        floor.dial()
        floor.phone.wait("ringing")
        assert standby.gateway is not None
        assert not standby.gateway.leading.is_set()
        floor.leading.stop()
        standby.wait()
        floor.phone.answer()
        until(lambda: floor.customer.hears(AGENTS_TONE))
        floor.customer.hang_up()
        floor.step("over")
    finally:
        standby.stop()


def test_a_gateway_that_was_replaced_stops_itself(floor: Floor, asterisk: RunningAsterisk):
    async def replace() -> None:
        other = Ari(f"http://127.0.0.1:{asterisk.line.ari_port}", app=APP, password=PASSWORD)
        await other.connect()
        await asyncio.to_thread(until, lambda: floor.leading.ended is not None)
        await other.close()

    asyncio.run(replace())
    assert isinstance(floor.leading.ended, Replaced)


def test_another_programs_calls_are_kept_each_once(floor: Floor):
    routing.set_presence(state="break", by=by(floor.agent))
    floor.customer.close()
    line = floor.asterisk.line
    ours = ["-i", CUSTOMER, "-p", str(floor.asterisk.trunk_port), "-s", "10000", "-m", "3", "-l", "3", "-d", "300"]
    command = ["sipp", "-sn", "uac", *ours, "-nostdin", f"{line.sip_host}:{line.sip_port}"]
    done = subprocess.run(command, check=False, capture_output=True, timeout=40, cwd=line.home)
    assert done.returncode == 0, done.stdout[-2000:]
    until(lambda: Call.objects.filter(step="over", outcome="abandoned").count() == 3)
    assert (Call.objects.count(), promise(clock.now()).holds) == (3, True)


def test_a_colleague_is_asked_joins_and_takes_over(floor: Floor):
    other = Phone(AGENT, 800.0, number="8022")
    floor.dial()
    floor.phone.wait("ringing")
    floor.phone.answer()
    until(lambda: floor.customer.hears(AGENTS_TONE))
    second, agent = staff("8022", name="罗文静"), by(floor.agent)
    actions.set_phone(by=SYSTEM, staff_id=second.id, number="8022", address=f"sip:8022@{other.here}")
    routing.set_skills(staff_id=second.id, levels={"broadband": 5}, by=SYSTEM)
    routing.set_presence(state="ready", by=by(second))
    call = floor.step("talking").pk
    actions.consult(by=agent, interaction_id=call, queue_code="broadband")
    other.wait("ringing")
    other.answer()
    until(lambda: floor.phone.hears(800.0) and other.hears(AGENTS_TONE) and hears_music(floor.customer))
    actions.resume(by=agent, interaction_id=call)
    until(lambda: all(floor.customer.hears(tone, least=0.2) for tone in (AGENTS_TONE, 800.0)))
    actions.pass_on(by=agent, interaction_id=call)
    floor.phone.wait("over")
    until(lambda: floor.customer.hears(800.0) and other.hears(CUSTOMERS_TONE))
    assert (floor.step("talking").staff_id, promise(clock.now()).holds) == (second.id, True)
    floor.customer.hang_up()
    other.wait("over")
    other.close()


def loud(phone: Phone) -> bool:
    """Tell whether somebody hears anything just now."""
    return any(abs(sample) > 500 for sample in phone.heard[-4000:])


def hears_music(phone: Phone) -> bool:
    """Tell whether somebody hears something that is nobody's tone."""
    tones = (AGENTS_TONE, CUSTOMERS_TONE, 800.0)
    return loud(phone) and not any(phone.hears(tone, least=0.2) for tone in tones)
