"""A gateway that is replaced ends itself; one that is killed loses nobody."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwen.adapters.asterisk import Ari, Replaced
from shouwen.kit.notifier import dsn
from shouwen.project.voice import APP
from shouwen.telephony.models import Call, Leg, MediaServer

from .lines import PASSWORD, RunningAsterisk, until
from .service import NAME, Leading
from .test_calls import CUSTOMERS_TONE, Floor, floor  # noqa: F401

pytestmark = [pytest.mark.voice, pytest.mark.django_db(transaction=True)]


def test_a_gateway_that_was_replaced_ends_itself(asterisk: RunningAsterisk):
    leading = Leading(asterisk)
    leading.wait()

    async def take_over() -> None:
        other = Ari(f"http://127.0.0.1:{asterisk.line.ari_port}", app=APP, password=PASSWORD)
        await other.connect()
        until(lambda: leading.ended is not None)
        await other.close()

    asyncio.run(take_over())
    leading.stop()
    assert isinstance(leading.ended, Replaced)


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
        floor.phone.wait("over")
    assert Call.objects.get().step == "waiting"
    with real_gateway(floor.asterisk, tmp_path):
        floor.phone.wait("ringing")
        floor.phone.answer()
        until(lambda: floor.phone.hears(CUSTOMERS_TONE))
        legs = Leg.objects.filter(side="agent").order_by("id").values_list("staff_id", "cause")
        assert list(legs) == [(floor.agent.id, "lost"), (floor.agent.id, "")]
        floor.customer.hang_up()
        floor.step("over")
