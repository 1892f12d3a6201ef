"""A gateway that is killed loses nobody."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwen.kit.notifier import dsn
from shouwen.telephony.models import Call, Leg, MediaServer

from .lines import PASSWORD, RunningAsterisk, until
from .service import NAME
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
