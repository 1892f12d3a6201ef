"""Thousands of random events through the real actions: the database chooses as brute force does, every time."""

from __future__ import annotations

import pytest

from shouwen.kit.testing import FrozenClock
from shouwen.routing.models import WorkItem

from .random_day import RandomDay
from .snapshots import broken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("seed", [2])
def test_the_database_chooses_as_brute_force_does(seed: int, clock_at: FrozenClock) -> None:
    day = RandomDay(seed, clock_at)
    for n in range(700):
        day.step()
        assert (n, day.differs()) == (n, "")
        if n % 50 == 0:
            assert broken() == {}
    assert min(day.kinds.values()) > 5, day.kinds
    assert WorkItem.objects.filter(offers__gt=1).count() > 5
    assert WorkItem.objects.filter(moved_on=True).count() > 5
    assert WorkItem.objects.filter(ring__gt=0, answered_at__isnull=False).count() > 5
