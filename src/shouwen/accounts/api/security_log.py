"""The security log over HTTP."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from shouwen.kit.api import Page, principal

from .. import actions
from ..queries import LogFilter, LogLine
from .schemas import SecurityLogLineOut, SecurityLogQuery

security_log_router = Router(tags=["staff"])


@security_log_router.get("/security-log", operation_id="listSecurityLog", response=Page[SecurityLogLineOut])
def list_security_log(
    request: HttpRequest, asked: Query[SecurityLogQuery], cursor: str = "", limit: int = 50
) -> Page[LogLine]:
    """Ask who looked at or changed what: by user (`staff:8`), object and time. The question is on record."""
    wanted = LogFilter(**asked.model_dump())
    return actions.look_into_log(by=principal(request), asked=wanted, cursor=cursor, limit=limit)
