from __future__ import annotations

from collections.abc import Iterator

import pytest

from shouwen.customers.tests.factories import Wall, frozen_wall


@pytest.fixture
def wall() -> Iterator[Wall]:
    """Freeze wall time at 2026-11-23 10:00 in Beijing."""
    with frozen_wall() as frozen:
        yield frozen
