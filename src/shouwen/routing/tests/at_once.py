"""Several orders at the same moment, each over a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from shouwen.kernel.errors import DomainError


def at_once(*orders: Callable[[], object]) -> list[object]:
    """Give the orders together; return what each answered, or the code of its refusal."""
    barrier = Barrier(len(orders))

    def give(order: Callable[[], object]) -> object:
        try:
            barrier.wait(10)
            return order()
        except DomainError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(orders)) as pool:
        return list(pool.map(give, orders))
