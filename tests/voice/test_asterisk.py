"""Asterisk as we bring and configure it: whole, closed to strangers, with last words when nobody leads it."""

from __future__ import annotations

import pytest

from .lines import CUSTOMER, RunningAsterisk, invite

pytestmark = pytest.mark.voice


def test_it_starts_with_our_settings_and_has_nothing_to_complain_of(asterisk: RunningAsterisk):
    asterisk.asterisk.check()
    assert asterisk.status("/asterisk/info") == 200
    assert [line for line in asterisk.said_at_start if "ERROR" in line or "WARNING" in line] == []


def test_orders_need_the_password_and_come_from_this_machine(asterisk: RunningAsterisk):
    assert asterisk.status("/channels", password="wrong") == 401
    listening = {(address, port) for address, port in _listening() if port == asterisk.line.ari_port}
    assert listening == {("127.0.0.1", asterisk.line.ari_port)}


def test_without_a_gateway_a_caller_is_answered_with_the_last_words(asterisk: RunningAsterisk):
    assert invite(asterisk.line, "10000", CUSTOMER)[-1] == "SIP/2.0 200 OK"


def _listening() -> set[tuple[str, int]]:
    """Return where this machine listens for connections."""
    import socket
    import struct
    from pathlib import Path

    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    places = [row[1].split(":") for row in rows if row[3] == "0A"]
    return {(socket.inet_ntoa(struct.pack("<I", int(host, 16))), int(port, 16)) for host, port in places}
