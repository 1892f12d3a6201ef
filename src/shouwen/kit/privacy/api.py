"""The register, what goes when, and what must stay, over HTTP. Names no person."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from shouwen.kit import clock
from shouwen.kit.api import Page, Shape, command, language, page_of, principal
from shouwen.kit.models import LegalHold
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import permissions
from .holdings import BASIS_WORDS, CATEGORY_WORDS, HOLDINGS, Blank, Delete, Holding
from .holds import lift_hold, place_hold, standing
from .naming import names_of
from .periods import chosen, days_of, goes_by_age, set_period
from .retention import plans

router = Router(tags=["privacy"])


class RegisterFieldOut(Shape):
    field: str
    category: str
    category_zh: str
    category_en: str


class RegisterLineOut(Shape):
    """One table's personal data: what it is, why it is held, how long, and how it ends."""

    code: str
    person: str
    what_zh: str
    what_en: str
    fields: list[RegisterFieldOut]
    purpose_zh: str
    purpose_en: str
    basis: str
    basis_zh: str
    basis_en: str
    keep_zh: str
    keep_en: str
    keep_days: int | None
    """As the house chose, where it did."""
    least_days: int
    fate: Literal["delete", "blank", "keep"]
    fate_zh: str
    fate_en: str
    exported: bool
    recipients_zh: str
    recipients_en: str


class RegisterOut(Shape):
    items: list[RegisterLineOut]


class RetentionLineOut(Shape):
    """How long data is kept, what the rule would take now, and what holds keep from it."""

    code: str
    days: int
    due: int
    held: int
    oldest: datetime | None


class RetentionOut(Shape):
    items: list[RetentionLineOut]


class LegalHoldIn(Schema):
    customer_id: int
    reason: str = Field(min_length=1, max_length=500)
    until: AwareDatetime | None = None


class LiftHoldIn(Schema):
    reason: str = Field(min_length=1, max_length=500)


class PeriodIn(Schema):
    days: int
    reason: str = Field(min_length=1, max_length=500)


class HoldOut(Shape):
    id: int
    person: str
    person_id: int
    name: str
    """Masked; empty for a contact, and of whom the reader may not see."""
    reason: str
    placed_by: str
    placed_at: datetime
    until: datetime | None


_HOLD = [name for name in HoldOut.model_fields if name != "name"]
NOBODY = ("不提供给他人", "nobody else")
_FATES: dict[str, tuple[str, str]] = {
    "delete": ("删除", "deleted"),
    "blank": ("匿名化：内容清空，保留统计", "anonymised: texts emptied, figures stay"),
}


@router.get("/privacy/register", operation_id="getPrivacyRegister", response=RegisterOut)
def get_register(request: HttpRequest) -> RegisterOut:
    """Return the processing register, made from what the rooms declare."""
    require(principal(request), permissions.VIEW)
    periods = chosen()
    return RegisterOut(items=[_line(holding, periods) for holding in HOLDINGS.values()])


@router.get("/privacy/register.csv", operation_id="downloadPrivacyRegister", response={200: None})
def download_register(request: HttpRequest) -> HttpResponse:
    """Return the processing register as a table that spreadsheets open."""
    require(principal(request), permissions.VIEW)
    answer = HttpResponse(_csv(english=language(request) == "en"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="processing-register.csv"'
    return answer


_HEAD = (
    ("数据", "类别", "处理目的", "合法性基础", "保存期限", "到期处理", "接收方"),
    ("data", "categories", "purpose", "legal basis", "kept", "at its end", "recipients"),
)


def _csv(*, english: bool) -> str:
    sheet = io.StringIO()
    sheet.write("\ufeff")  # spreadsheets take the Chinese for Latin without it
    rows = csv.writer(sheet)
    rows.writerow(_HEAD[english])
    periods = chosen()
    for holding in HOLDINGS.values():
        line = _line(holding, periods)
        names = dict.fromkeys(one.category_en if english else one.category_zh for one in line.fields)
        texts = (
            (
                line.what_en,
                "; ".join(names),
                line.purpose_en,
                line.basis_en,
                line.keep_en,
                line.fate_en,
                line.recipients_en,
            )
            if english
            else (
                line.what_zh,
                "；".join(names),
                line.purpose_zh,
                line.basis_zh,
                line.keep_zh,
                line.fate_zh,
                line.recipients_zh,
            )
        )
        rows.writerow(texts)
    return sheet.getvalue()


def _line(holding: Holding, periods: dict[str, int]) -> RegisterLineOut:
    fate, words = _fate(holding)
    keep_zh, keep_en = _keep(holding, periods)
    basis = BASIS_WORDS[holding.basis]
    return RegisterLineOut(
        code=holding.code,
        person=holding.person,
        what_zh=holding.what[0],
        what_en=holding.what[1],
        fields=[_field(name, category) for name, category in holding.fields.items()],
        purpose_zh=holding.purpose[0],
        purpose_en=holding.purpose[1],
        basis=holding.basis,
        basis_zh=basis[0],
        basis_en=basis[1],
        keep_zh=keep_zh,
        keep_en=keep_en,
        keep_days=days_of(holding, periods),
        least_days=holding.keep.least,
        fate=fate,
        fate_zh=words[0],
        fate_en=words[1],
        exported=holding.export,
        recipients_zh=(holding.recipients or NOBODY)[0],
        recipients_en=(holding.recipients or NOBODY)[1],
    )


def _keep(holding: Holding, periods: dict[str, int]) -> tuple[str, str]:
    """Return how long in words; a period that the house chose takes the place of the rule's own."""
    if holding.code not in periods or not goes_by_age(holding):
        return holding.keep.zh, holding.keep.en
    days = days_of(holding, periods)
    return f"{days} 天（策略设定）", f"{days} days (set by policy)"


def _field(name: str, category: str) -> RegisterFieldOut:
    zh, en = CATEGORY_WORDS[category]
    return RegisterFieldOut(field=name, category=category, category_zh=zh, category_en=en)


def _fate(holding: Holding) -> tuple[Literal["delete", "blank", "keep"], tuple[str, str]]:
    if isinstance(holding.fate, Delete):
        return "delete", _FATES["delete"]
    if isinstance(holding.fate, Blank):
        return "blank", _FATES["blank"]
    return "keep", (f"保留：{holding.fate.zh}", f"kept: {holding.fate.en}")


@router.get("/privacy/retention", operation_id="getRetention", response=RetentionOut)
def get_retention(request: HttpRequest) -> RetentionOut:
    """Say what the retention engine would take now. Changes nothing."""
    require(principal(request), permissions.VIEW)
    return RetentionOut(items=[RetentionLineOut.model_validate(plan) for plan in plans()])


@router.put("/privacy/retention/{code}", operation_id="setKeepPeriod", response={204: None})
@command(status=204)
def put_period(request: HttpRequest, code: str, body: PeriodIn) -> None:
    """Keep one kind of data for so many days; refuses less than the law wants."""
    set_period(by=principal(request), code=code, days=body.days, reason=body.reason)


@router.get("/privacy/holds", operation_id="listLegalHolds", response=Page[HoldOut])
def list_holds(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[HoldOut]:
    """List the legal holds that count now, newest first."""
    by = principal(request)
    require(by, permissions.VIEW)
    rows = LegalHold.objects.filter(standing(clock.now())).values(*_HOLD)
    page = page_of(rows, order=["-id"], cursor=cursor, limit=limit, shape=_hold)
    return Page[HoldOut](items=_named(page.items, by), next=page.next)


def _hold(row: dict[str, Any]) -> HoldOut:
    return HoldOut(**row, name="")


def _named(holds: list[HoldOut], by: Principal) -> list[HoldOut]:
    names = names_of([(hold.person, hold.person_id) for hold in holds], by=by)
    return [hold.model_copy(update={"name": names.get((hold.person, hold.person_id), "")}) for hold in holds]


@router.post("/privacy/holds", operation_id="placeLegalHold", response={201: HoldOut})
@command(status=201)
def add_hold(request: HttpRequest, body: LegalHoldIn) -> HoldOut:
    """Keep everything about a customer, whatever its age."""
    by = principal(request)
    placed = place_hold(by=by, person="customer", person_id=body.customer_id, reason=body.reason, until=body.until)
    return _named([_hold(LegalHold.objects.values(*_HOLD).get(id=placed))], by)[0]


@router.post("/privacy/holds/{hold_id}/lift", operation_id="liftLegalHold", response={204: None})
@command(status=204)
def remove_hold(request: HttpRequest, hold_id: int, body: LiftHoldIn) -> None:
    """Let a hold go."""
    lift_hold(by=principal(request), hold_id=hold_id, reason=body.reason)
