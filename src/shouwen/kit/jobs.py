"""Background work in PostgreSQL (procrastinate): deferred in the transaction, run at least once.

Jobs must be idempotent. A job whose worker was killed is found by its missing heartbeat and run again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from .spans import span

P = ParamSpec("P")
RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)


def job(*, queue: str = "default", retry: RetryStrategy = RETRY) -> Callable[[Callable[P, Any]], Task[P, Any, P]]:
    """Make a function a job: `defer(function, **arguments)` runs it later in a worker."""

    def register(function: Callable[P, Any]) -> Task[P, Any, P]:
        name = f"{function.__module__}.{function.__qualname__}"

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> Any:
            with span(f"job {name}"):
                return function(*args, **kwargs)

        return app.task(name=name, queue=queue, retry=retry)(run)

    return register


def defer(task: Task[Any, Any, Any], **arguments: Any) -> int:
    """Queue a job in the current transaction: it exists if and only if the change does."""
    return task.defer(**arguments)
