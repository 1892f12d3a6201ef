"""Staff and the security log as files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from shouwen.kit.exports import Column, kind
from shouwen.kit.exports.kinds import Filter, Value
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import queries
from .models import Staff
from .permissions import VIEW_SECURITY_LOG, VIEW_STAFF

COLUMNS = (
    Column("number", "工号", "Number"),
    Column("name", "姓名", "Name"),
    Column("organisation", "组织", "Organisation"),
    Column("roles", "台席类型", "Seat types"),
    Column("email", "邮箱", "E-mail"),
    Column("business", "专席业务", "Business"),
    Column("active", "在岗", "Active"),
)
PAGE = 500


class People:
    """Reads the staff in the data scope, by number."""

    def count(self, by: Principal, wanted: Filter) -> int:
        """Return how many there are."""
        return _wanted(by, wanted).count()

    def read(self, by: Principal, wanted: Filter) -> Iterator[Mapping[str, Value]]:
        """Return them page by page."""
        last = ""
        while rows := list(_page(_wanted(by, wanted).filter(number__gt=last))):
            yield from map(_row, rows)
            last = rows[-1].number


def check(by: Principal, wanted: Filter) -> Filter:
    """Refuse who may not see staff."""
    require(by, VIEW_STAFF)
    active = wanted.get("active")
    return {"q": str(wanted.get("q") or "")[:60], "active": active if isinstance(active, bool) else None}


def _wanted(by: Principal, wanted: Filter) -> QuerySet[Staff]:
    rows = Staff.objects.filter(Q(number__icontains=wanted["q"]) | Q(name__icontains=wanted["q"]))
    if by.organisations is not None:
        rows = rows.filter(organisation_id__in=by.organisations)
    return rows if wanted["active"] is None else rows.filter(active=wanted["active"])


def _page(rows: QuerySet[Staff]) -> QuerySet[Staff]:
    return rows.select_related("organisation").prefetch_related("roles").order_by("number")[:PAGE]


def _row(one: Staff) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "organisation": one.organisation.name,
        "roles": "、".join(sorted(role.zh for role in one.roles.all())),
        "email": one.email,
        "business": one.business,
        "active": one.active,
    }


kind("accounts.staff", zh="人员", en="Staff", columns=COLUMNS, rows=People(), check=check)


LOG_COLUMNS = (
    Column("number", "编号", "Number"),
    Column("recorded_at", "时间", "Time"),
    Column("principal", "谁", "Who"),
    Column("who", "姓名", "Name"),
    Column("token", "令牌", "Token"),
    Column("verb", "做了什么", "Deed"),
    Column("subject", "对象", "Object"),
    Column("subject_id", "对象编号", "Object's number"),
    Column("details", "内容", "Details"),
    Column("sealed", "已封存", "Sealed"),
)
LOG_TEXTS = ("person", "subject", "verb")
LOG_PAGE = 200


class Log:
    """Reads the security log as its page does: everybody's, or what staff of the data scope did."""

    def count(self, by: Principal, wanted: Filter) -> int:
        """Return how many lines there are now."""
        return queries.log_count(by, _asked(wanted))

    def read(self, by: Principal, wanted: Filter) -> Iterator[Mapping[str, Value]]:
        """Return the lines in the order of the page."""
        cursor: str | None = ""
        while cursor is not None:
            page = queries.log_page(by, _asked(wanted), cursor=cursor, limit=LOG_PAGE)
            yield from map(_log_row, page.items)
            cursor = page.next


def check_log(by: Principal, wanted: Filter) -> Filter:
    """Refuse who may not see the log; keep of a filter what the page knows."""
    require(by, VIEW_SECURITY_LOG)
    texts = {name: str(wanted.get(name) or "")[:80] for name in LOG_TEXTS}
    number = str(wanted.get("subject_id") or "")
    times = {name: _time(str(wanted.get(name) or "")) for name in ("since", "until")}
    sort = "oldest" if wanted.get("sort") == "oldest" else "newest"
    return {**texts, **times, "subject_id": number if number.isdecimal() and len(number) < 19 else "", "sort": sort}


def _time(text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text if found.tzinfo else ""


def _asked(wanted: Filter) -> queries.LogFilter:
    since, until = (datetime.fromisoformat(wanted[name]) if wanted[name] else None for name in ("since", "until"))
    return queries.LogFilter(
        sort=wanted["sort"],
        person=wanted["person"],
        subject=wanted["subject"],
        subject_id=int(wanted["subject_id"]) if wanted["subject_id"] else None,
        verb=wanted["verb"],
        since=since,
        until=until,
    )


def _log_row(line: queries.LogLine) -> dict[str, Value]:
    same = ("recorded_at", "principal", "who", "token", "verb", "subject", "subject_id", "sealed")
    details = json.dumps(line.details, ensure_ascii=False, sort_keys=True) if line.details else ""
    return {name: getattr(line, name) for name in same} | {"number": line.id, "details": details}


kind("accounts.log", zh="安全日志", en="Security log", columns=LOG_COLUMNS, rows=Log(), check=check_log)
