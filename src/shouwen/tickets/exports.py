"""Tickets as a file: what the list shows, masked as it shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shouwen.kit.api import Page
from shouwen.kit.exports import Column, kind
from shouwen.kit.exports.kinds import Filter, Value
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import permissions, queries
from .models import KINDS
from .queries import TicketItem
from .rules.lines import KIND_ZH
from .rules.states import STATE_ZH

COLUMNS = (
    Column("number", "工单号", "Number"),
    Column("kind", "类型", "Kind"),
    Column("title", "标题", "Title"),
    Column("state", "状态", "State"),
    Column("urgency", "紧急程度", "Urgency"),
    Column("category", "分类", "Category"),
    Column("queue", "队列", "Queue"),
    Column("customer", "客户", "Customer"),
    Column("phone", "号码", "Number to call"),
    Column("owner", "首问责任人", "Owner"),
    Column("handler", "当前处理", "Handler"),
    Column("opened_at", "受理时间", "Opened"),
    Column("due_at", "最近时限", "Next deadline"),
    Column("reopened", "重开次数", "Reopened"),
)
BOXES = ("mine", "owned", "queue", "all")
URGENCY_ZH = {"normal": "一般", "urgent": "紧急", "critical": "特急"}
PAGE = 200


class Tickets:
    """Reads the list of tickets as its page does, page by page."""

    def count(self, by: Principal, wanted: Filter) -> int:
        """Return how many tickets the page would list."""
        return queries.count(by=by, **{k: v for k, v in _arguments(wanted).items() if k != "sort"})

    def read(self, by: Principal, wanted: Filter) -> Iterator[Mapping[str, Value]]:
        """Return the tickets in the order of the page."""
        cursor: str | None = ""
        while cursor is not None:
            page: Page[TicketItem] = queries.boxes(by=by, **_arguments(wanted), cursor=cursor, limit=PAGE)
            yield from map(_row, page.items)
            cursor = page.next


def check(by: Principal, wanted: Filter) -> Filter:
    """Keep of a filter what the list knows."""
    require(by, permissions.VIEW)
    box = str(wanted.get("box") or "all")
    ticket_kind = str(wanted.get("kind") or "")
    overdue = wanted.get("overdue")
    states = [name for name in str(wanted.get("state") or "").split(",") if name in STATE_ZH]
    return {
        "box": box if box in BOXES else "all",
        "kind": ticket_kind if ticket_kind in KINDS else "",
        "state": ",".join(states),
        "overdue": overdue if isinstance(overdue, bool) else None,
        "q": str(wanted.get("q") or "")[:60],
        "sort": sort if (sort := str(wanted.get("sort") or "")) in queries.ORDERS else "newest",
    }


def _arguments(wanted: Filter) -> dict[str, Any]:
    rest = {name: value for name, value in wanted.items() if name != "state"}
    return {**rest, "states": [name for name in wanted["state"].split(",") if name]}


def _row(item: TicketItem) -> dict[str, Value]:
    row, customer, promise = item.row, item.customer, item.clock
    return {
        "number": row.number,
        "kind": KIND_ZH.get(row.kind, row.kind),
        "title": row.title,
        "state": STATE_ZH.get(row.state, row.state),
        "urgency": URGENCY_ZH.get(row.urgency, row.urgency),
        "category": row.category_zh,
        "queue": row.queue_code,
        "customer": customer.name if customer else "",
        "phone": customer.phone if customer else "",
        "owner": f"{item.owner.number} {item.owner.name}" if item.owner else "",
        "handler": f"{item.handler.number} {item.handler.name}" if item.handler else "",
        "opened_at": row.opened_at,
        "due_at": promise.due_at if promise else None,
        "reopened": row.reopened_count,
    }


kind("tickets", zh="工单", en="Tickets", columns=COLUMNS, rows=Tickets(), check=check)
