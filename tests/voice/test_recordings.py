"""What a recording holds and what it leaves out, and that nothing writes down what a caller keys in."""

from __future__ import annotations

import array
import io
import logging
import wave

import pytest

from shouwen.accounts.tests.factories import by
from shouwen.adapters.asterisk.client import Event
from shouwen.adapters.asterisk.gateway import Gateway
from shouwen.interactions.models import Interaction
from shouwen.kit import files
from shouwen.telephony import actions
from shouwen.telephony.models import Instruction, Recording

from .lines import until
from .phones import RATE, loudness
from .test_calls import AGENTS_TONE, CUSTOMERS_TONE, Floor, floor  # noqa: F401

pytestmark = [pytest.mark.voice, pytest.mark.django_db(transaction=True)]
CARD_TONE = 1500.0
KEYED = "49291837"


def samples() -> list[int]:
    """Return the sound of the only recording."""
    until(Recording.objects.exists)
    kept = Recording.objects.get()
    assert kept.file is not None
    with wave.open(io.BytesIO(b"".join(files.read(kept.file.id)))) as file:
        return list(array.array("h", file.readframes(file.getnframes())))


def test_what_is_said_while_it_stands_still_is_not_in_the_recording(floor: Floor):  # noqa: F811
    floor.dial()
    floor.phone.wait("ringing")
    floor.phone.answer()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE))
    agent, call = by(floor.agent), floor.step("talking").pk
    actions.pause_recording(by=agent, interaction_id=call)
    until(lambda: Instruction.objects.filter(verb="pause", done_at__isnull=False).exists())
    floor.customer.pitch = CARD_TONE
    until(lambda: floor.phone.hears(CARD_TONE))
    said = len(floor.phone.heard)
    until(lambda: len(floor.phone.heard) > said + RATE)
    floor.customer.pitch = CUSTOMERS_TONE
    until(lambda: floor.phone.hears(CUSTOMERS_TONE))
    actions.resume_recording(by=agent, interaction_id=call)
    until(lambda: Instruction.objects.filter(verb="unpause", done_at__isnull=False).exists())
    said = len(floor.phone.heard)
    until(lambda: len(floor.phone.heard) > said + RATE)
    floor.customer.hang_up()
    found = samples()
    assert loudness(found, CARD_TONE) < 0.002
    assert min(loudness(found[-RATE:], tone) for tone in (CUSTOMERS_TONE, AGENTS_TONE)) > 0.05


def test_a_recording_that_could_not_be_kept_at_once_is_kept_a_moment_later(
    floor: Floor,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    keep, failed = Gateway._recorded, set[str]()

    async def fails_once(self: Gateway, name: str) -> None:
        if name in failed:
            await keep(self, name)
        failed.add(name)

    monkeypatch.setattr("shouwen.adapters.asterisk.gateway.RECORDINGS_SECONDS", 0.2)
    monkeypatch.setattr(Gateway, "_recorded", fails_once)
    floor.dial()
    floor.phone.wait("ringing")
    floor.phone.answer()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE))
    floor.customer.hang_up()
    name = str(Interaction.objects.get().public_id)
    until(lambda: name in failed)
    assert samples()
    until(lambda: not (floor.asterisk.line.recordings / f"{name}.wav").exists())


def test_no_log_holds_what_a_caller_keys_in(
    floor: Floor,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    """The keys arrive as events and are in the logs of neither Asterisk nor the gateway, at their most talkative."""
    caplog.set_level(logging.DEBUG)
    heard: list[Event] = []
    hear = Gateway._hear

    def listen(self: Gateway, event: Event) -> None:
        heard.append(event)
        hear(self, event)

    monkeypatch.setattr(Gateway, "_hear", listen)
    floor.dial()
    floor.phone.wait("ringing")
    floor.phone.answer()
    until(lambda: floor.phone.hears(CUSTOMERS_TONE))
    for key in KEYED:
        floor.customer.press(key)

    def keyed() -> str:
        return "".join(e.body["digit"] for e in heard if e.kind == "ChannelDtmfReceived")

    until(lambda: keyed() == KEYED)
    floor.customer.hang_up()
    floor.step("over")
    logged = [*floor.asterisk.said, caplog.text, *(repr(event) for event in heard)]
    assert [line for line in logged if "DTMF" in line or "digit" in line or KEYED in line] == []
