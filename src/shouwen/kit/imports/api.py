"""My imports over HTTP."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field as Limited

from shouwen.kit import files
from shouwen.kit.api import Shape, command, language, principal
from shouwen.kit.models import ImportRow, ImportRun
from shouwen.kit.principals import Principal

from . import actions
from .checking import Checker, mapped
from .errors import ImportNotFound
from .kinds import KINDS, Kind, Wrong, kind_for, offered
from .reading import FORMULA, read

imports_router = Router(tags=["imports"])
PREVIEWED = 10
WRONG_SHOWN = 50


class ImportIn(Schema):
    """An uploaded file (purpose `import`), and what it is to become."""

    kind: Annotated[str, Limited(max_length=60)]
    file: UUID


class ImportMappingIn(Schema):
    """For each field the number of its column, from 0."""

    mapping: Annotated[dict[str, int], Limited(max_length=60)]


class ImportStartIn(Schema):
    """All or none, or only the rows that are good."""

    choice: Literal["all", "good"]


class ImportFieldOut(Shape):
    """One thing a row may say."""

    key: str
    title: str
    required: bool
    example: str


class ImportKindOut(Shape):
    """A table that one may import."""

    kind: str
    title: str
    fields: list[ImportFieldOut]


class ImportWrongOut(Shape):
    """What is wrong in one line."""

    line: int
    field: str
    text: str


class ImportLineOut(Shape):
    """A line as it will be taken."""

    line: int
    cells: dict[str, str]


class ImportOut(Shape):
    """An import of one's own."""

    id: UUID
    kind: str
    title: str
    file_name: str
    state: Literal["draft", "checking", "checked", "running", "done", "failed", "undoing", "undone"]
    headings: list[str]
    fields: list[ImportFieldOut]
    mapping: dict[str, int]
    total: int
    done: int
    good: int
    bad: int
    written: int
    kept: int
    choice: str
    error: str
    preview: list[ImportLineOut]
    wrong: list[ImportWrongOut]
    error_file: files.FileOut | None
    begun_at: datetime
    finished_at: datetime | None


@imports_router.get("/imports/kinds", operation_id="listImportKinds", response=list[ImportKindOut])
def list_kinds(request: HttpRequest) -> list[ImportKindOut]:
    """List what one may import."""
    english = language(request) == "en"
    return [
        ImportKindOut(kind=k.code, title=k.en if english else k.zh, fields=_fields(k, english=english))
        for k in offered(principal(request))
    ]


@imports_router.post("/imports", operation_id="beginImport", response={201: ImportOut})
def begin_import(request: HttpRequest, body: ImportIn) -> Status[ImportOut]:
    """Begin an import: headings are read and columns guessed. One file is one import, however often it is sent."""
    return Status(201, _one(request, actions.begin(by=principal(request), kind=body.kind, file=body.file)))


@imports_router.get("/imports/{import_id}", operation_id="getImport", response=ImportOut)
def get_import(request: HttpRequest, import_id: UUID) -> ImportOut:
    """Return how an import stands, with its first rows while columns are chosen."""
    return _one(request, import_id)


@imports_router.put("/imports/{import_id}/mapping", operation_id="mapImport", response=ImportOut)
@command()
def map_import(request: HttpRequest, import_id: UUID, body: ImportMappingIn) -> ImportOut:
    """Say which column is which field, and see the first rows that way."""
    actions.map_columns(by=principal(request), public_id=import_id, mapping=body.mapping)
    return _one(request, import_id)


@imports_router.post("/imports/{import_id}/check", operation_id="checkImport", response=ImportOut)
@command()
def check_import(request: HttpRequest, import_id: UUID) -> ImportOut:
    """Let every row be looked over."""
    actions.check(by=principal(request), public_id=import_id)
    return _one(request, import_id)


@imports_router.post("/imports/{import_id}/start", operation_id="startImport", response=ImportOut)
@command()
def start_import(request: HttpRequest, import_id: UUID, body: ImportStartIn) -> ImportOut:
    """Let the rows be written."""
    actions.start(by=principal(request), public_id=import_id, choice=body.choice)
    return _one(request, import_id)


@imports_router.post("/imports/{import_id}/undo", operation_id="undoImport", response=ImportOut)
@command()
def undo_import(request: HttpRequest, import_id: UUID) -> ImportOut:
    """Take a whole import back while nobody has used what came in."""
    actions.undo(by=principal(request), public_id=import_id)
    return _one(request, import_id)


def _one(request: HttpRequest, import_id: UUID) -> ImportOut:
    by, english = principal(request), language(request) == "en"
    row = ImportRun.objects.filter(owner=by.key, public_id=import_id).first()
    if row is None or row.kind not in KINDS:
        raise ImportNotFound
    kind = kind_for(row.kind, by)
    draft = row.state == "draft"
    preview, wrong = _preview(row, kind, by, english=english) if draft else ([], _wrong(row, english=english))
    same = (
        *("kind", "file_name", "state", "headings", "mapping", "total", "done", "good", "bad", "written", "kept"),
        *("choice", "begun_at", "finished_at"),
    )
    error_file = files.cards([row.error_file_id or 0]).get(row.error_file_id or 0)
    return ImportOut(
        id=row.public_id,
        title=kind.en if english else kind.zh,
        fields=_fields(kind, english=english),
        error=row.error_en if english else row.error_zh,
        preview=preview,
        wrong=wrong,
        error_file=files.file_out(error_file, by=by) if error_file else None,
        **{name: getattr(row, name) for name in same},
    )


def _preview(
    row: ImportRun, kind: Kind, by: Principal, *, english: bool
) -> tuple[list[ImportLineOut], list[ImportWrongOut]]:
    """Return the first rows as they would be taken, and what is wrong with them."""
    card = files.cards([row.file_id])[row.file_id]
    table = read(b"".join(files.read(row.file_id)), card.media_type)
    checked = Checker(kind, by).check(list(islice(mapped(table, row.mapping), PREVIEWED)))
    lines = [ImportLineOut(line=line, cells=_shown(kind, dict(values))) for line, values, _ in checked]
    return lines, [_said(line, one, english=english) for line, _, wrong in checked for one in wrong]


def _shown(kind: Kind, values: dict[str, str]) -> dict[str, str]:
    secret = {field.key for field in kind.fields if field.secret}
    hidden = {key: "••••••" for key, text in values.items() if key in secret and text}
    return {key: "ƒ" if text == FORMULA else text for key, text in values.items()} | hidden


def _wrong(row: ImportRun, *, english: bool) -> list[ImportWrongOut]:
    rows = ImportRow.objects.filter(run=row, state="bad").order_by("line").values_list("line", "wrong")[:WRONG_SHOWN]
    return [_said(line, Wrong(**one), english=english) for line, wrong in rows for one in wrong]


def _said(line: int, wrong: Wrong, *, english: bool) -> ImportWrongOut:
    return ImportWrongOut(line=line, field=wrong.field, text=wrong.en if english else wrong.zh)


def _fields(kind: Kind, *, english: bool) -> list[ImportFieldOut]:
    def shape(field: Any) -> ImportFieldOut:
        title = field.en if english else field.zh
        return ImportFieldOut(key=field.key, title=title, required=field.required, example=field.example)

    return [shape(field) for field in kind.fields]
