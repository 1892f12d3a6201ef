"""Reports over HTTP: the table of figures and what is behind each number, the tiles of service, the table as a file."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import BeforeValidator

from shouwen.kit import clock
from shouwen.kit.api import Page, language, principal
from shouwen.metrics import queries as metrics

from .. import queries
from . import schemas as s
from .board import row_out

figures_router = Router()


class AskedIn(Schema):
    since: date
    until: date
    by: metrics.By = "day"
    step: Annotated[Literal[15, 30, 60], BeforeValidator(int)] = 30
    queue: str = ""
    medium: str = ""
    staff_id: int | None = None


class BehindIn(AskedIn):
    line: str = ""
    cursor: str = ""
    limit: int = 50


@figures_router.get("/figures", operation_id="getFigures", response=s.FiguresOut)
def get_figures(request: HttpRequest, asked: Query[AskedIn]) -> s.FiguresOut:
    """Return the figures of some days by interval, day, queue, agent or channel, and of the whole."""
    found = queries.table(_asked(asked), by=principal(request), at=clock.now())
    return s.FiguresOut(
        counted_at=found.counted_at,
        columns=[_column(d) for d in found.columns],
        lines=[_line(line) for line in found.lines],
        total=_line(found.total),
    )


@figures_router.get("/figures/lists/{key}", operation_id="listBehindFigure", response=Page[s.RowOut])
def list_behind(request: HttpRequest, key: str, asked: Query[BehindIn]) -> Page[s.RowOut]:
    """Return the contacts behind one number of the table; without a line, behind the whole."""
    page = queries.behind(key, asked.line, _asked(asked), by=principal(request), cursor=asked.cursor, limit=asked.limit)
    return Page[s.RowOut](items=[row_out(one) for one in page.items], next=page.next)


@figures_router.get("/figures/service", operation_id="getServiceTiles", response=s.ServiceOut)
def get_service(request: HttpRequest, asked: Query[AskedIn]) -> s.ServiceOut:
    """Return satisfaction, response time, recovery time, complaint rate and first contact resolution of some days."""
    found = queries.service(_asked(asked), by=principal(request), at=clock.now())
    return s.ServiceOut(tiles=[_tile(tile) for tile in found])


@figures_router.get("/figures/service/lists/{key}", operation_id="listBehindTile", response=Page[s.RowOut])
def list_behind_tile(request: HttpRequest, key: str, asked: Query[BehindIn]) -> Page[s.RowOut]:
    """Return the ratings or tickets behind a tile."""
    page = queries.behind_tile(key, _asked(asked), by=principal(request), cursor=asked.cursor, limit=asked.limit)
    return Page[s.RowOut](items=[row_out(one) for one in page.items], next=page.next)


@figures_router.get("/figures/file", operation_id="getFiguresFile", response={200: None})
def get_file(request: HttpRequest, asked: Query[AskedIn]) -> HttpResponse:
    """Return the same table as a file that spreadsheets open (CSV in UTF-8 with its mark)."""
    found = queries.table(_asked(asked), by=principal(request), at=clock.now())
    english = language(request).startswith("en")
    answer = HttpResponse(_csv(found, english=english), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="figures-{asked.by}-{asked.since}-{asked.until}.csv"'
    return answer


def _csv(found: queries.Table, *, english: bool) -> str:
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(["", *[f"{d.en if english else d.zh}{_UNITS.get(d.unit, '')}" for d in found.columns]])
    for line in [*found.lines, found.total]:
        name = line.label or line.key or ("Total" if english else "合计")
        writer.writerow([_plain(name), *["" if (v := line.figures[d.key]) is None else v for d in found.columns]])
    return text.getvalue()


_UNITS = {"percent": " (%)", "seconds": " (s)"}


def _plain(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@", "\t", "\r"} else name


def _asked(asked: AskedIn) -> queries.Asked:
    return queries.Asked(**asked.model_dump(include=set(AskedIn.model_fields)))


def _column(found: metrics.Definition) -> s.ColumnOut:
    return s.ColumnOut(
        key=found.key,
        unit=found.unit,
        zh=found.zh,
        en=found.en,
        definition_zh=found.means_zh,
        definition_en=found.means_en,
        formula_zh=found.formula_zh,
        formula_en=found.formula_en,
        opens=found.key in metrics.LISTED,
    )


def _line(line: queries.TableLine) -> s.FigureLineOut:
    return s.FigureLineOut(key=line.key, label=line.label, figures=line.figures)


def _tile(tile: queries.Tile) -> s.TileOut:
    values: dict[str, Any] = {k: getattr(tile, k) for k in tile.__dataclass_fields__ if k != "definition"}
    meaning = tile.definition
    return s.TileOut(
        key=meaning.key,
        unit=meaning.unit,
        zh=meaning.zh,
        en=meaning.en,
        definition_zh=meaning.means_zh,
        definition_en=meaning.means_en,
        **values,
    )
