"""People leave and come back at the same moment, covering each other."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import connection

from shouwen.accounts import actions, queries
from shouwen.accounts.models import Staff
from shouwen.kernel.errors import DomainError

from .factories import by, staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_covers_that_change_at_the_same_moment_only_wait() -> None:
    admin, people = by(staff("1", "system_management")), [staff(f"802{n}") for n in range(4)]
    broken: list[Exception] = []

    def change(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(15):
            leaver, cover = dice.sample(people, 2)
            try:
                actions.deactivate(staff_id=leaver.id, covered_by=cover.id, by=admin)
                actions.activate(staff_id=dice.choice(people).id, by=admin)
            except DomainError:
                continue
            except Exception as error:
                broken.append(error)
        connection.close()

    threads = [threading.Thread(target=change, args=[seed]) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gone = list(Staff.objects.filter(active=False).values_list("id", flat=True))
    assert (broken, queries.unanswerable(gone)) == ([], set())
