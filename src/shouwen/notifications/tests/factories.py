"""Carriers for tests, and a sender for one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from shouwen.kit import clock
from shouwen.kit.actions import forbid_inside_action
from shouwen.notifications import actions, jobs, ports


@dataclass
class Mailbag:
    """A carrier that keeps what it is given, or refuses it."""

    carried: list[dict[str, str]] = field(default_factory=list)
    refuse: ports.SendFailed | Exception | None = None

    def send(self, *, channel: str, address: str, title: str, body: str, reference: str) -> str:
        """Keep one message."""
        forbid_inside_action("Sending")
        if self.refuse:
            raise self.refuse
        self.carried.append({"channel": channel, "address": address, "title": title, "body": body, "ref": reference})
        return f"bag:{len(self.carried)}"


@contextmanager
def connected(carrier: Any, *channels: str) -> Iterator[None]:
    """Let `carrier` carry these channels for a while."""
    carriers = dict.fromkeys(channels or ("sms", "email"), carrier)
    with patch.dict("shouwen.notifications.ports._connected", carriers, clear=True):
        yield


def send_all() -> int:
    """Send what is due as a worker would; return how many messages were tried."""
    tried = 0
    while found := sum(map(jobs.send_due, jobs.CHANNELS)):
        tried += found
    return tried


def tell(recipient: str, **changes: Any) -> list[int]:
    """Tell somebody that his matter was received."""
    told: dict[str, Any] = {
        "recipient": recipient,
        "template": "tickets.opened",
        "params": {"number": "GD20261123-000001"},
        "subject": "ticket",
        "subject_id": 1,
        "dedupe_key": "tickets.opened:1",
        "at": clock.now(),
    }
    return actions.notify(**(told | changes))
