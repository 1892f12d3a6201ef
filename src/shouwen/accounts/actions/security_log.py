"""Looking into the log is itself a look that stays on record."""

from __future__ import annotations

from dataclasses import asdict

from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.api import Page
from shouwen.kit.principals import Principal

from .. import queries
from ..queries import LogFilter, LogLine


@action
def look_into_log(*, by: Principal, asked: LogFilter, cursor: str = "", limit: int = 50) -> Page[LogLine]:
    """Ask the log, and note who asked for what; turning its pages is the same look."""
    page = queries.log_page(by, asked, cursor=cursor, limit=limit)
    if not cursor:
        told = {name: value for name, value in asdict(asked).items() if name != "sort" and value not in {None, ""}}
        audit.record(by, "accounts.security-log.view", subject="house", subject_id=0, asked=told)
    return page
