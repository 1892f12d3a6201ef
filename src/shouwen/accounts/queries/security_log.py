"""The audit trail as an administrator asks it: who looked at or changed what, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from shouwen.kit.api import Page, page_of
from shouwen.kit.models import AuditRow, AuditSeal
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from ..models import ApiToken, Staff
from ..permissions import VIEW_SECURITY_LOG


@dataclass(frozen=True)
class LogFilter:
    """What of the log is asked for; empty asks for all. `verb` is how it begins: `customers.` or `accounts.role`."""

    sort: Literal["newest", "oldest"] = "newest"
    person: str = ""
    subject: str = ""
    subject_id: int | None = None
    verb: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class LogLine:
    """One line of the audit trail."""

    id: int
    at: datetime
    recorded_at: datetime
    principal: str
    who: str
    token: str
    verb: str
    subject: str
    subject_id: int
    details: dict[str, Any]
    sealed: bool


_COLUMNS = ("id", "at", "recorded_at", "principal", "verb", "subject", "subject_id", "details", "sealed")


def log_page(by: Principal, asked: LogFilter, *, cursor: str = "", limit: int = 50) -> Page[LogLine]:
    """Return the log of everybody, or of the staff in the data scope."""
    require(by, VIEW_SECURITY_LOG)
    rows = _filtered(_in_scope(AuditRow.objects.all(), by), asked)
    rows = rows.annotate(sealed=Exists(AuditSeal.objects.filter(audit_id=OuterRef("id"))))
    order = ("id",) if asked.sort == "oldest" else ("-id",)
    page = page_of(rows.values(*_COLUMNS), order=order, cursor=cursor, limit=limit, shape=dict)
    names = _names([str(row["principal"]) for row in page.items])
    tokens = _tokens([row["details"].get("token") for row in page.items])
    return Page[LogLine](items=[_line(row, names, tokens) for row in page.items], next=page.next)


def log_count(by: Principal, asked: LogFilter) -> int:
    """Return how many lines of the log are asked for."""
    require(by, VIEW_SECURITY_LOG)
    return _filtered(_in_scope(AuditRow.objects.all(), by), asked).count()


def _in_scope(rows: QuerySet[AuditRow], by: Principal) -> QuerySet[AuditRow]:
    """Leave what staff of the data scope did; only who sees everything sees customers and the house itself too."""
    if by.organisations is None:
        return rows
    key = Concat(Value("staff:"), Cast("id", CharField()))
    staff = Staff.objects.filter(organisation_id__in=by.organisations).annotate(key=key)
    return rows.filter(principal__in=staff.values("key"))


def _filtered(rows: QuerySet[AuditRow], asked: LogFilter) -> QuerySet[AuditRow]:
    given = {
        "principal": asked.person,
        "subject": asked.subject,
        "subject_id": asked.subject_id,
        "verb__startswith": asked.verb,
        "recorded_at__gte": asked.since,
        "recorded_at__lt": asked.until,
    }
    return rows.filter(**{name: value for name, value in given.items() if value not in {None, ""}})


def _names(principals: list[str]) -> dict[str, str]:
    ids = [int(found[1]) for one in principals if (found := re.fullmatch(r"staff:(\d{1,18})", one))]
    rows = Staff.objects.filter(id__in=ids).values_list("id", "number", "name")
    return {f"staff:{staff_id}": f"{number} {name}" for staff_id, number, name in rows}


def _tokens(ids: list[Any]) -> dict[int, str]:
    wanted = [one for one in ids if isinstance(one, int)]
    return dict(ApiToken.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}


def _line(row: dict[str, Any], names: dict[str, str], tokens: dict[int, str]) -> LogLine:
    who = names.get(row["principal"], "")
    return LogLine(**row, who=who, token=tokens.get(row["details"].get("token"), ""))
