"""Commands from outside are done once, however often they are sent.

The whole handler runs as one action together with the row that holds its key and its answer. A repeat finds the
row and gets the same answer; a repeat in flight waits for the first to commit; a refused or crashed command
leaves nothing, so it may be sent again.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import BaseModel

from shouwen.kernel.errors import DomainError
from shouwen.kit import audit, clock, sealing
from shouwen.kit.actions import action
from shouwen.kit.models import Command

from .requests import principal
from .signatures import show

P = ParamSpec("P")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
Handler = Callable[Concatenate[HttpRequest, P], BaseModel | None]


class KeyMissing(DomainError):
    """A command without its key could be done twice by a retry."""

    code = "idempotency-key-required"
    status = 400
    field = "Idempotency-Key"
    zh = "缺少请求头 Idempotency-Key。每次操作请带一个唯一值，重试时用同一个值。"
    en = "The header Idempotency-Key is missing. Send a unique value with each command and the same one when retrying."


class KeyReused(DomainError):
    """The key belongs to another command."""

    code = "idempotency-key-reused"
    status = 422
    field = "Idempotency-Key"
    zh = "这个 Idempotency-Key 已用于另一项操作。请换一个新的值。"
    en = "This Idempotency-Key was used for another command. Use a new one."


def command(*, status: int = 200) -> Callable[[Handler[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Run an endpoint as one action, once per Idempotency-Key of its caller."""

    def wrap(handler: Handler[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @functools.wraps(handler)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            key = request.headers.get("Idempotency-Key", "")
            if not 8 <= len(key) <= 200:
                raise KeyMissing
            return _once(request, key, status, lambda: handler(request, *args, **kwargs))

        show(run, handler)
        return run

    return wrap


@action
def _once(request: HttpRequest, key: str, status: int, work: Callable[[], BaseModel | None]) -> HttpResponse:
    """Claim the key, do the work, keep the answer: all in one transaction.

    1. Insert the key; a concurrent twin waits here for our commit or rollback.
    2. If it was there, give the kept answer.
    3. Else work, keep the answer beside the key.
    """
    fingerprint = sealing.digest("kit.commands", request.body)  # keyed: a body may carry a password
    operation = f"{request.method} {request.path}"
    who = principal(request).key
    claimed = _claim(who, key, operation, fingerprint)
    if claimed is None:
        return _repeat(who, key, operation, fingerprint)
    token = audit.current_command.set(claimed)
    try:
        result = work()
    finally:
        audit.current_command.reset(token)
    body = result.model_dump(mode="json") if result is not None else None
    _keep(claimed, status, body)
    return _answer(status, body)


def _claim(who: str, key: str, operation: str, fingerprint: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into kit_command (principal, key, operation, fingerprint, recorded_at)
               values (%s, %s, %s, %s, %s) on conflict (principal, key) do nothing returning id""",
            [who, key, operation, fingerprint, clock.wall()],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _keep(claimed: int, status: int, body: Any) -> None:
    text = None if body is None else json.dumps(body, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute("update kit_command set status = %s, body = %s::jsonb where id = %s", [status, text, claimed])


def _repeat(who: str, key: str, operation: str, fingerprint: str) -> HttpResponse:
    kept = Command.objects.get(principal=who, key=key)
    if (kept.operation, kept.fingerprint) != (operation, fingerprint):
        raise KeyReused
    return _answer(kept.status or 200, kept.body)


def _answer(status: int, body: Any) -> HttpResponse:
    if body is None:
        return HttpResponse(status=204 if status == 200 else status)
    return JsonResponse(body, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


@dataclass(frozen=True)
class CommandFault:
    """A command that was acknowledged and whose effect is absent, or there twice."""

    command_id: int
    operation: str
    kind: str


def commands_effects(since: datetime | None = None) -> list[CommandFault]:
    """Return acknowledged commands without any effect on record, and those that opened two of a kind.

    `since` looks only at younger commands: screens that ask every second need not walk through years.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """select c.id, c.operation, 'lost' from kit_command c
               where c.status between 200 and 299 and c.recorded_at >= %s
                 and not exists (select 1 from kit_audit a where a.command_id = c.id)
               union all
               select c.id, c.operation, 'doubled' from kit_command c
               where c.recorded_at >= %s
                 and exists (select 1 from kit_audit a where a.command_id = c.id and a.verb like '%%.open'
                             group by a.verb having count(distinct a.subject_id) > 1)""",
            [since or BEGINNING] * 2,
        )
        return [CommandFault(*row) for row in cursor.fetchall()]
