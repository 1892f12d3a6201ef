"""Limits on public doors, counted in the database so that every process counts together. Wall time."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Concatenate, Literal, ParamSpec, TypeVar

from django.db import connection
from django.http import HttpRequest

from shouwen.kernel.errors import DomainError
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.models import RateWindow

from .requests import principal, remote_address
from .signatures import show

P = ParamSpec("P")
R = TypeVar("R")


class TooMany(DomainError):
    """The caller uses this door too often."""

    code = "too-many-requests"
    status = 429
    zh = "操作过于频繁，请 1 分钟后再试。填写的内容已保留。"
    en = "Too many requests. Try again in a minute; what you typed is kept."


def limit(
    door: str, *, per_minute: int, by: Literal["ip", "principal"] = "ip"
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Refuse a caller's requests beyond `per_minute`; put it above `@command`."""

    def wrap(endpoint: Callable[Concatenate[HttpRequest, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
        @functools.wraps(endpoint)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            caller = remote_address(request) if by == "ip" else principal(request).key
            check(door, caller, per_minute)
            return endpoint(request, *args, **kwargs)

        show(run, endpoint)
        return run

    return wrap


def check(door: str, caller: str, per_minute: int) -> None:
    """Count one use of a door and refuse beyond the limit."""
    minute = clock.wall().replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into kit_rate_window (door, caller, minute, count) values (%s, %s, %s, 1)
               on conflict (door, caller, minute) do update set count = kit_rate_window.count + 1
               returning count""",
            [door, caller, minute],
        )
        if cursor.fetchone()[0] > per_minute:
            raise TooMany


@action
def forget_old_windows() -> int:
    """Remove counts that no limit looks at any more."""
    return RateWindow.objects.filter(minute__lt=clock.wall() - timedelta(hours=1)).delete()[0]
