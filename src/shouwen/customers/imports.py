"""Customers from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shouwen.accounts import queries as accounts
from shouwen.kernel import phones
from shouwen.kernel.errors import DomainError
from shouwen.kit import clock
from shouwen.kit.imports import Field, Wrong, kind
from shouwen.kit.imports.kinds import Values
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import actions, permissions, queries, rules
from .errors import BornTomorrow, InvalidEmail

FIELDS = (
    Field("name", "名称", "Name", required=True, aliases=("姓名", "客户名称", "客户姓名"), example="陈国栋"),
    Field(
        "phone",
        "号码",
        "Number",
        required=True,
        unique=True,
        aliases=("手机号", "手机", "电话", "联系电话", "phone number"),
        example="13800006620",
    ),
    Field("kind", "客户类别", "Kind", aliases=("类别", "客户类型"), example="公众"),
    Field("star", "星级", "Star", example="3"),
    Field("email", "邮箱", "E-mail", aliases=("电子邮箱", "mail")),
    Field("birth_date", "出生日期", "Birth date", aliases=("生日", "birthday"), example="1980-05-01"),
    Field("account_number", "合同号", "Contract number", unique=True, aliases=("账号", "合同编号", "account")),
    Field("organisation", "归属组织", "Organisation", aliases=("组织", "分公司", "归属地市"), example="苏州"),
)
KINDS = {
    **dict.fromkeys(("", "public", "公众", "个人", "公众客户"), "public"),
    **dict.fromkeys(("business", "商业", "商业客户", "企业"), "business"),
    **dict.fromkeys(("gov_ent", "政企", "政企客户", "大客户"), "gov_ent"),
}
NAME_MOST, ACCOUNT_MOST = 120, 30


def may(by: Principal) -> None:
    """Refuse who may not register customers and change them."""
    require(by, permissions.REGISTER)
    require(by, permissions.IMPORT)


def check(by: Principal, batch: Sequence[Values]) -> list[list[Wrong]]:
    """Say what is wrong with each row: its cells first, then what stands in the house already."""
    units = _organisations(by)
    taken = queries.taken([_phone(row) for row in batch], [row.get("account_number", "") for row in batch])
    return [_cells(row, units) or _doubled(row, taken) for row in batch]


def write(by: Principal, row: Values) -> int:
    """Register one customer."""
    unit = row.get("organisation", "")
    units = _organisations(by) if unit else {}
    values: dict[str, Any] = {"organisation_id": units.get(unit, 0)} if unit else {}
    return actions.register(
        by=by,
        name=row["name"],
        phone=row["phone"],
        kind=KINDS[row.get("kind", "").strip().lower()],
        email=row.get("email", ""),
        star=int(row["star"]) if row.get("star") else None,
        birth_date=date.fromisoformat(_iso(row["birth_date"])) if row.get("birth_date") else None,
        account_number=row.get("account_number", ""),
        **values,
    )


def _organisations(by: Principal) -> Mapping[str, int]:
    return accounts.organisation_names(by)


def _phone(row: Values) -> str:
    try:
        return phones.normalise(row.get("phone", ""))
    except DomainError:
        return ""


def _cells(row: Values, units: Mapping[str, int]) -> list[Wrong]:
    found = [_wrong_phone(row), _wrong_kind(row), _wrong_star(row), _wrong_date(row)]
    found += [_wrong_email(row), _wrong_unit(row, units), *_too_long(row)]
    return [wrong for wrong in found if wrong is not None]


def _wrong_phone(row: Values) -> Wrong | None:
    try:
        phones.normalise(row.get("phone", ""))
    except DomainError as refusal:
        return Wrong("phone", refusal.text("zh"), refusal.text("en")) if row.get("phone") else None
    return None


def _wrong_kind(row: Values) -> Wrong | None:
    if row.get("kind", "").strip().lower() in KINDS:
        return None
    return Wrong("kind", "客户类别应为：公众、商业或政企", "The kind is one of: public, business, gov_ent")


def _wrong_star(row: Values) -> Wrong | None:
    star = row.get("star", "")
    if not star or (star.isascii() and star.isdigit() and 1 <= int(star) <= 7):
        return None
    return Wrong("star", "星级应为 1 到 7 的整数", "The star is a whole number from 1 to 7")


def _wrong_date(row: Values) -> Wrong | None:
    text = row.get("birth_date", "")
    if not text:
        return None
    try:
        born = date.fromisoformat(_iso(text))
    except ValueError:
        return Wrong("birth_date", "日期应写作 1980-05-01", "Write the date as 1980-05-01")
    if born > clock.now().date():
        return Wrong("birth_date", BornTomorrow().text("zh"), BornTomorrow().text("en"))
    return None


def _wrong_email(row: Values) -> Wrong | None:
    text = row.get("email", "")
    if not text or rules.is_email(text):
        return None
    refusal = InvalidEmail(text=text[:60])
    return Wrong("email", refusal.text("zh"), refusal.text("en"))


def _wrong_unit(row: Values, units: Mapping[str, int]) -> Wrong | None:
    name = row.get("organisation", "")
    if not name or name in units:
        return None
    return Wrong(
        "organisation",
        f"没有名为「{name[:30]}」的组织，或不在您的管理范围内",
        f"There is no organisation “{name[:30]}” in your scope",
    )


def _too_long(row: Values) -> list[Wrong]:
    limits = (("name", "名称", "A name", NAME_MOST), ("account_number", "合同号", "A contract number", ACCOUNT_MOST))
    return [
        Wrong(key, f"{zh}最多 {most} 个字符", f"{en} has at most {most} characters")
        for key, zh, en, most in limits
        if len(row.get(key, "")) > most
    ]


def _doubled(row: Values, taken: frozenset[str]) -> list[Wrong]:
    if _phone(row) in taken:
        return [Wrong("phone", "这个号码已属于另一位客户", "This number belongs to another customer")]
    if row.get("account_number") and row["account_number"] in taken:
        return [Wrong("account_number", "这个合同号已属于另一位客户", "This contract belongs to another customer")]
    return []


def _iso(text: str) -> str:
    """Return a date as people write it in the form of the standard."""
    parts = text.replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").rstrip("日").split("-")
    return "-".join(part.zfill(2) for part in parts)


kind(
    "customers",
    zh="客户",
    en="Customers",
    fields=FIELDS,
    may=may,
    check=check,
    write=write,
    take_back=lambda by, customer_id: actions.take_back(by=by, customer_id=customer_id),
    subject="customer",
    looks=("customers.view", "customers.timeline.view", "customers.duplicates.view"),
)
