"""Contacts of some days as a file: when, by what way, in whose hands; nothing of what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from shouwen.accounts.queries import staff_cards
from shouwen.customers import queries as customers
from shouwen.kernel.calendars import BEIJING
from shouwen.kernel.errors import InvalidInput
from shouwen.kit import clock
from shouwen.kit.exports import Column, kind
from shouwen.kit.exports.kinds import Filter, Value
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility

from . import permissions, queries
from .queries import Conversation

COLUMNS = (
    Column("id", "编号", "Id"),
    Column("medium", "渠道", "Medium"),
    Column("direction", "方向", "Direction"),
    Column("topic", "主题", "Topic"),
    Column("queue", "队列", "Queue"),
    Column("customer", "客户", "Customer"),
    Column("owner", "首问责任人", "Owner"),
    Column("state", "状态", "State"),
    Column("messages", "消息数", "Messages"),
    Column("opened_at", "开始", "Began"),
    Column("ended_at", "结束", "Ended"),
    Column("ended_by", "谁结束", "Ended by"),
    Column("closed_at", "办结", "Closed"),
)
DAYS = 7
DAYS_MOST = 366
PAGE = 500


class DaysInvalid(InvalidInput):
    """A span that is none."""

    code = "export-days-invalid"
    field = "filter"
    zh = "日期写作 2026-11-23，起始日不晚于结束日，最多 {most} 天。请改正后再导出。"
    en = "Write days as 2026-11-23, the first not after the last, at most {most} days. Correct them and export again."


class Contacts:
    """Reads contacts by the day they began."""

    def count(self, by: Principal, wanted: Filter) -> int:
        """Return how many contacts began in the days."""
        return queries.count_between(*_span(wanted), by=by)

    def read(self, by: Principal, wanted: Filter) -> Iterator[Mapping[str, Value]]:
        """Return the contacts in the order they began."""
        begin, end = _span(wanted)
        after = 0
        while found := queries.opened_between(begin, end, by=by, after=after, limit=PAGE):
            yield from _rows(found)
            after = found[-1].id


def check(by: Principal, wanted: Filter) -> Filter:
    """Refuse who may not see others' contacts; without days, the last seven."""
    require(by, permissions.VIEW_ALL)
    today = clock.now().astimezone(BEIJING).date()
    first = _day(wanted.get("from"), today - timedelta(days=DAYS - 1))
    last = _day(wanted.get("to"), today)
    if first > last or (last - first).days >= DAYS_MOST:
        raise DaysInvalid(most=DAYS_MOST)
    return {"from": first.isoformat(), "to": last.isoformat()}


def _day(given: object, otherwise: date) -> date:
    try:
        return date.fromisoformat(str(given)) if given else otherwise
    except ValueError:
        raise DaysInvalid(most=DAYS_MOST) from None


def _span(wanted: Filter) -> tuple[datetime, datetime]:
    first, last = (
        datetime.combine(date.fromisoformat(wanted[name]), datetime.min.time(), BEIJING) for name in ("from", "to")
    )
    return first, last + timedelta(days=1)


def _rows(found: list[Conversation]) -> Iterator[dict[str, Value]]:
    hands = responsibility.of("conversation", [one.id for one in found])
    people = staff_cards(hand.owner_id for hand in hands.values())
    cards = customers.cards({one.customer_id for one in found if one.customer_id})
    for one in found:
        customer, hand = cards.get(one.customer_id or 0), hands.get(one.id)
        owner = people.get(hand.owner_id) if hand else None
        yield {
            "id": one.public_id,
            "medium": one.medium,
            "direction": one.direction,
            "topic": one.topic,
            "queue": one.queue_code,
            "customer": customer.name if customer else "",
            "owner": f"{owner.number} {owner.name}" if owner else "",
            "state": one.state,
            "messages": one.last_seq,
            "opened_at": one.opened_at,
            "ended_at": one.ended_at,
            "ended_by": one.ended_by or "",
            "closed_at": one.closed_at,
        }


kind("contacts", zh="接触记录", en="Contacts", columns=COLUMNS, rows=Contacts(), check=check)
