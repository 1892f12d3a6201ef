"""The list of personal data in the house, declared by the rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from django.db.models import Model, Q, QuerySet

Words = tuple[str, str]


class Category(StrEnum):
    """Kinds of user data (工业和信息化部令第24号), and what a service centre adds to them."""

    NAME = "name"
    BIRTH = "birth"
    IDENTITY = "identity"
    ADDRESS = "address"
    CONTACT = "contact"
    ACCOUNT = "account"
    SECRET = "secret"  # noqa: S105
    USE = "use"
    CONTENT = "content"
    CHOICE = "choice"


CATEGORY_WORDS: dict[str, Words] = {
    Category.NAME: ("姓名", "name"),
    Category.BIRTH: ("出生日期", "birth date"),
    Category.IDENTITY: ("证件", "identity document"),
    Category.ADDRESS: ("地址", "address"),
    Category.CONTACT: ("联系方式", "contact"),
    Category.ACCOUNT: ("账号", "account"),
    Category.SECRET: ("密码（仅摘要）", "secret, as a digest"),
    Category.USE: ("使用服务的时间和过程", "time and course of use"),
    Category.CONTENT: ("陈述和对话内容", "what was said"),
    Category.CHOICE: ("意愿", "choices"),
}


class Basis(StrEnum):
    """Why we may hold it (个人信息保护法第13条)."""

    CONTRACT = "contract"
    CONSENT = "consent"
    LEGAL_DUTY = "legal_duty"
    EMPLOYMENT = "employment"


BASIS_WORDS: dict[str, Words] = {
    Basis.CONTRACT: ("履行合同所必需", "needed for the contract"),
    Basis.CONSENT: ("个人同意", "consent"),
    Basis.LEGAL_DUTY: ("履行法定义务", "legal duty"),
    Basis.EMPLOYMENT: ("人力资源管理所必需", "needed for employment"),
}


@dataclass(frozen=True)
class Keep:
    """How long: `days` after `since` (a column of the row, or of one it belongs to), and `least` days by law.

    Without `days` no age alone ends it; `zh` and `en` say what does. While the column is empty the time has not begun.
    """

    zh: str
    en: str
    days: int | None = None
    since: str = ""
    least: int = 0


@dataclass(frozen=True)
class Delete:
    """The row goes."""


@dataclass(frozen=True)
class Blank:
    """The row stays, for figures and for what refers to it; these columns are emptied."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """The row stays as it is, for a reason that the person is told."""

    zh: str
    en: str


@dataclass(frozen=True)
class Holding:
    """Personal data of one table.

    `whose` is the path to the person's id, or with `keyed` to his key (`customer:5`); "" where no row is one person's.
    `matter` is the path to the contact it belongs to, so that a hold on that contact alone keeps it; `files` names the
    columns whose file goes with the row, and `attached` the name under which rows took files up (`files.attach`), which
    go too. `only` narrows the rows when a table holds others too. `wall` says that the
    times of the table are wall times.
    """

    model: type[Model]
    fields: Mapping[str, Category]
    whose: str
    what: Words
    purpose: Words
    basis: Basis
    keep: Keep
    fate: Delete | Blank | Kept
    recipients: Words | None = None
    """Who outside receives it or carries it for us; None: nobody."""
    person: Literal["customer", "staff"] = "customer"
    export: bool = True
    only: Q = field(default_factory=Q)
    wall: bool = False
    keyed: bool = False
    matter: str = ""
    files: tuple[str, ...] = ()
    attached: str = ""

    @property
    def code(self) -> str:
        """Return the name under which the holding is known: `customers.ContactPoint`."""
        return label_of(self.model)

    def rows(self) -> QuerySet[Model]:
        """Return the rows of the table, whoever they are about."""
        return QuerySet(self.model).filter(self.only)


HOLDINGS: dict[str, Holding] = {}
NOT_PERSONAL: dict[str, frozenset[str]] = {}


def label_of(model: type[Model]) -> str:
    """Return the name of a table's model: `customers.ContactPoint`."""
    return str(model._meta.label)  # noqa: SLF001  Django's own way to ask


def hold(holding: Holding) -> Holding:
    """Put a holding on the list."""
    HOLDINGS[holding.code] = holding
    return holding


def not_personal(model: type[Model], *fields: str) -> None:
    """Say of texts of a table that they tell nothing about a person: codes, words of ours, digests."""
    label = label_of(model)
    NOT_PERSONAL[label] = NOT_PERSONAL.get(label, frozenset()) | set(fields)
