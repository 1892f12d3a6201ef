"""Customers as a file: masked, unless somebody may have them in full and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shouwen.kit.exports import Column, kind
from shouwen.kit.exports.kinds import Filter, Value
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import permissions, queries
from .queries import CustomerCard

COLUMNS = (
    Column("id", "编号", "Id"),
    Column("name", "名称", "Name"),
    Column("phone", "号码", "Number to call"),
    Column("kind", "客户类别", "Kind"),
    Column("star", "星级", "Star"),
    Column("key", "重点客户", "Key customer"),
    Column("account_number", "合同号", "Contract number"),
    Column("language", "语言", "Language"),
)
KIND_ZH = {"public": "公众", "business": "商业", "gov_ent": "政企"}
PAGE = 200


class Customers:
    """Reads the list of customers as its page does."""

    def count(self, by: Principal, wanted: Filter) -> int:
        """Return how many customers the page would find."""
        return queries.count(q=wanted["q"], by=by)

    def read(self, by: Principal, wanted: Filter) -> Iterator[Mapping[str, Value]]:
        """Return the customers in the order of the page."""
        cursor: str | None = ""
        while cursor is not None:
            page = queries.search(q=wanted["q"], by=by, sort=wanted.get("sort", "newest"), cursor=cursor, limit=PAGE)
            plain: dict[int, dict[str, str]] = (
                queries.unmasked([card.id for card in page.items]) if wanted["full"] else {}
            )
            yield from ({**_row(card), **plain.get(card.id, {})} for card in page.items)
            cursor = page.next


def check(by: Principal, wanted: Filter) -> Filter:
    """Refuse who may not see customers, and full data to who may not take them out."""
    require(by, permissions.VIEW)
    full = wanted.get("full") is True
    if full:
        require(by, permissions.EXPORT_FULL)
    sort = wanted.get("sort")
    return {"q": str(wanted.get("q") or "")[:60], "full": full, "sort": sort if sort in queries.ORDERS else "newest"}


def _row(card: CustomerCard) -> dict[str, Value]:
    same = ("id", "name", "phone", "star", "key", "account_number", "language")
    return {name: getattr(card, name) for name in same} | {"kind": KIND_ZH.get(card.kind, card.kind)}


kind("customers", zh="客户", en="Customers", columns=COLUMNS, rows=Customers(), check=check)
