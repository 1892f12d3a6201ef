"""A gateway that is killed loses nobody."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwen.accounts.tests.factories import by
from shouwen.adapters.asterisk.gateway import Gateway
from shouwen.adapters.asterisk.verbs import Verbs
from shouwen.desk.queries import promise
from shouwen.kit import clock
from shouwen.kit.notifier import dsn
from shouwen.telephony import actions, queries
from shouwen.telephony.models import Call, Instruction, Leg, MediaServer
from shouwen.telephony.tests import scene

from .lines import PASSWORD, PATIENCE, RunningAsterisk, until
from .service import NAME, Leading
from .test_calls import CUSTOMERS_TONE, Floor, floor  # noqa: F401

pytestmark = [pytest.mark.voice, pytest.mark.django_db(transaction=True)]


@contextlib.contextmanager
def real_gateway(asterisk: RunningAsterisk, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the gateway as it runs in production: a process of its own."""
    link = folder / "voice"
    if not link.is_symlink():
        link.symlink_to(asterisk.line.home)
    MediaServer.objects.all().delete()
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("SHOUWEN_")}
    settings = {
        "DATABASE_URL": dsn(),
        "SHOUWEN_DATA": str(folder),
        "SHOUWEN_ARI_PORT": str(asterisk.line.ari_port),
        "SHOUWEN_ARI_KEY": PASSWORD,
        "SHOUWEN_ASTERISK_NAME": NAME,
    }
    process = subprocess.Popen([sys.executable, "-m", "shouwen.project.command", "voice"], env=surroundings | settings)
    try:
        until(MediaServer.objects.exists)
        yield process
    finally:
        process.kill()
        process.wait(10)


def test_who_picks_up_while_the_gateway_is_killed_gets_his_caller_all_the_same(
    floor: Floor,  # noqa: F811
    tmp_path: Path,
):
    floor.leading.stop()
    with real_gateway(floor.asterisk, tmp_path) as gateway:
        floor.dial()
        floor.phone.wait("ringing")
        os.kill(gateway.pid, signal.SIGKILL)
        gateway.wait(10)
        floor.phone.answer()
    assert Call.objects.get().step == "waiting"
    with real_gateway(floor.asterisk, tmp_path):
        # Asterisk may have let the unheard phone go, then it rings again, or have kept it
        until(lambda: floor.phone.state == "ringing" or floor.phone.hears(CUSTOMERS_TONE))
        if floor.phone.state == "ringing":
            floor.phone.answer()
        until(lambda: floor.phone.hears(CUSTOMERS_TONE))
        legs = Leg.objects.filter(side="agent").order_by("id").values_list("staff_id", "cause")
        assert legs.last() == (floor.agent.id, "")
        floor.customer.hang_up()
        floor.step("over")


def called(house: Floor) -> int:
    """Let the agent call a customer and pick up his own phone; return the call."""
    call = actions.dial(by=by(house.agent), customer_id=scene.customer().id, asterisk=NAME)
    house.phone.wait("ringing")
    house.phone.answer()
    return call


def test_a_customer_who_was_about_to_be_called_when_the_gateway_died_is_not_called_and_the_call_ends(
    floor: Floor,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    with monkeypatch.context() as patched:
        reached = dies_in_dialling(patched, told=False)
        call = called(floor)
        assert reached.wait(PATIENCE)
        floor.leading.stop()
    again = Leading(floor.asterisk)
    try:
        floor.phone.wait("over")
        assert (floor.step("over").outcome, scene.names(call)[:3]) == ("cut", ["arrive", "dial", "dial_end"])
        assert (floor.customer.state, promise(clock.now()).holds) == ("idle", True)
    finally:
        again.stop()


def test_a_customer_who_answers_a_call_whose_gateway_died_is_put_through_and_was_called_once(
    floor: Floor,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    async def unheard(_self: Gateway, _channel: str) -> None:
        unheard_of.set()

    unheard_of = threading.Event()
    with monkeypatch.context() as patched:
        patched.setattr(Gateway, "_customer_up", unheard)
        dies_in_dialling(patched, told=True)
        call = called(floor)
        floor.customer.wait("ringing")
        floor.customer.answer()
        assert unheard_of.wait(PATIENCE)
        floor.leading.stop()
    assert Call.objects.get().step == "dialling"
    again = Leading(floor.asterisk)
    try:
        until(lambda: floor.phone.hears(CUSTOMERS_TONE))
        assert (floor.step("talking").pk, Leg.objects.filter(side="customer").count()) == (call, 1)
        until(lambda: not Instruction.objects.filter(done_at=None).exists())
        lines = [one["name"] for one in floor.asterisk.order("GET", "/channels")]
        assert len([name for name in lines if name.startswith("PJSIP/")]) == 2
        floor.customer.hang_up()
        floor.step("over")
    finally:
        again.stop()


def dies_in_dialling(monkeypatch: pytest.MonkeyPatch, *, told: bool) -> threading.Event:
    """Let a gateway die as it calls a customer: before or after Asterisk was told, and before that is noted."""
    carry_out, reached = Verbs.carry_out, threading.Event()

    async def dying(self: Verbs, due: queries.Due) -> None:
        if due.verb != "dial" or told:
            await carry_out(self, due)
        if due.verb == "dial":
            reached.set()
            raise RuntimeError("killed")

    monkeypatch.setattr(Verbs, "carry_out", dying)
    return reached
