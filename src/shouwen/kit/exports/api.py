"""My exports over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shouwen.kit import files
from shouwen.kit.api import Page, Shape, command, language, page_of, principal
from shouwen.kit.models import ExportRun
from shouwen.kit.principals import Principal

from . import actions
from .errors import ExportNotFound
from .kinds import KINDS, offered

exports_router = Router(tags=["exports"])
_COLUMNS = (
    *("public_id", "kind", "form", "state", "done", "total", "file_id", "error_zh", "error_en"),
    *("requested_at", "finished_at", "keep_until"),
)


class ExportIn(Schema):
    """Which list, in which form, narrowed how."""

    kind: Annotated[str, Field(max_length=60)]
    form: Literal["csv", "xlsx"] = "xlsx"
    filter: dict[Annotated[str, Field(max_length=40)], str | bool | int | None] = {}


class ExportKindOut(Shape):
    """A list that one may export."""

    kind: str
    title: str


class ExportOut(Shape):
    """An export of one's own."""

    id: UUID
    kind: str
    title: str
    form: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    done: int
    total: int
    error: str
    requested_at: datetime
    finished_at: datetime | None
    keep_until: datetime
    file: files.FileOut | None


@exports_router.post("/exports", operation_id="requestExport", response={201: ExportOut})
@command(status=201)
def request_export(request: HttpRequest, body: ExportIn) -> ExportOut:
    """Ask for a list as a file; it is made in the background."""
    by = principal(request)
    made = actions.request(by=by, kind=body.kind, form=body.form, wanted=body.filter, language=language(request))
    return _one(request, made)


@exports_router.get("/exports", operation_id="listExports", response=Page[ExportOut])
def list_exports(request: HttpRequest, cursor: str = "", limit: int = 20) -> Page[ExportOut]:
    """List one's own exports, newest first."""
    by = principal(request)
    rows = ExportRun.objects.filter(owner=by.key).values("id", *_COLUMNS)
    page = page_of(rows, order=("-requested_at", "-id"), cursor=cursor, limit=limit, shape=dict)
    return Page[ExportOut](items=_shaped(page.items, by, language(request)), next=page.next)


@exports_router.get("/exports/kinds", operation_id="listExportKinds", response=list[ExportKindOut])
def list_kinds(request: HttpRequest) -> list[ExportKindOut]:
    """List what one may export."""
    by, english = principal(request), language(request) == "en"
    return [ExportKindOut(kind=k.code, title=k.en if english else k.zh) for k in offered(by)]


@exports_router.get("/exports/{export_id}", operation_id="getExport", response=ExportOut)
def get_export(request: HttpRequest, export_id: UUID) -> ExportOut:
    """Return how far an export of one's own is."""
    return _one(request, export_id)


@exports_router.post("/exports/{export_id}/cancel", operation_id="cancelExport", response=ExportOut)
@command()
def cancel_export(request: HttpRequest, export_id: UUID) -> ExportOut:
    """Stop an export of one's own."""
    actions.cancel(by=principal(request), public_id=export_id)
    return _one(request, export_id)


def _one(request: HttpRequest, export_id: UUID) -> ExportOut:
    by = principal(request)
    rows = list(ExportRun.objects.filter(owner=by.key, public_id=export_id).values(*_COLUMNS))
    if not rows:
        raise ExportNotFound
    return _shaped(rows, by, language(request))[0]


def _shaped(rows: list[dict[str, Any]], by: Principal, tongue: str) -> list[ExportOut]:
    cards = files.cards(row["file_id"] for row in rows if row["file_id"])
    return [_shape(row, cards.get(row["file_id"] or 0), by, english=tongue == "en") for row in rows]


def _shape(row: dict[str, Any], card: files.FileCard | None, by: Principal, *, english: bool) -> ExportOut:
    kind = KINDS.get(row["kind"])
    same = ("kind", "form", "state", "done", "total", "requested_at", "finished_at", "keep_until")
    return ExportOut(
        id=row["public_id"],
        title=(kind.en if english else kind.zh) if kind else row["kind"],
        error=row["error_en" if english else "error_zh"],
        file=files.file_out(card, by=by) if card else None,
        **{name: row[name] for name in same},
    )
