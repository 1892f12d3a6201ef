from __future__ import annotations

from collections.abc import Iterator

import pytest

from shouwen.customers.tests.factories import Wall, frozen_wall
from shouwen.notifications.tests.factories import Mailbag, connected


@pytest.fixture
def wall() -> Iterator[Wall]:
    """Freeze wall time at 2026-11-23 10:00 in Beijing."""
    with frozen_wall() as frozen:
        yield frozen


@pytest.fixture
def bag() -> Iterator[Mailbag]:
    """Catch every message that leaves the house."""
    mailbag = Mailbag()
    with connected(mailbag, "sms", "email"):
        yield mailbag
