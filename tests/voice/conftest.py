"""The Asterisk that this folder's tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shouwen.project.voice import located

from .lines import RunningAsterisk


@pytest.fixture(scope="session")
def asterisk() -> Iterator[RunningAsterisk]:
    """Return a running Asterisk."""
    running = RunningAsterisk(located())
    try:
        yield running
    finally:
        running.close()
