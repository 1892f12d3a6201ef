"""Tickets for analysis: one row a ticket, columns with unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet

from .models import Ticket


@dataclass(frozen=True)
class Column:
    """One column of a view for analysis."""

    name: str
    unit: str
    zh: str
    en: str


COLUMNS = (
    Column("number", "text", "工单号", "ticket number"),
    Column("kind", "code", "类型：咨询、故障、投诉、建议", "enquiry, fault, complaint or suggestion"),
    Column("super_class", "code", "四大类", "super-class of the category"),
    Column("category_code", "code", "三级分类", "category"),
    Column("organisation_id", "id", "所属机构", "organisation"),
    Column("queue_code", "code", "队列", "queue"),
    Column("state", "code", "状态（TMF621）", "state (TMF621)"),
    Column("opened_at", "time", "受理时间", "when it was accepted"),
    Column("closed_at", "time", "归档时间", "when it was closed"),
    Column("to_accept", "duration", "接入到受理", "from access to acceptance"),
    Column("to_handle", "duration", "受理到开始处理", "from acceptance to the start of work"),
    Column("to_deliver", "duration", "开始处理到答复", "from the start of work to the answer"),
    Column("to_follow_up", "duration", "答复到回访完成", "from the answer to the end of follow-up"),
    Column("reopened_count", "count", "重办次数", "times reopened"),
    Column("closed_reason", "code", "归档依据", "why it was closed"),
    Column("escalated_at", "time", "升级时间", "when it was escalated"),
)


def tickets() -> QuerySet[Ticket, dict[str, Any]]:
    """Return every ticket with COLUMNS, in no order."""
    rows: QuerySet[Ticket] = Ticket.objects.annotate(
        super_class=F("category__super_class"),
        category_code=F("category__code"),
        to_accept=_between("accessed_at", "accepted_at"),
        to_handle=_between("accepted_at", "handled_at"),
        to_deliver=_between("handled_at", "delivered_at"),
        to_follow_up=_between("delivered_at", "followed_up_at"),
    )
    found: QuerySet[Ticket, dict[str, Any]] = rows.values(*(column.name for column in COLUMNS))
    return found


def _between(start: str, end: str) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(F(end) - F(start), output_field=DurationField())
