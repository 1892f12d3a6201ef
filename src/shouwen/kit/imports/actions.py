"""An import step by step: begin, map, check, write, undo. Each step a person asks for; the worker does it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.db.models.deletion import ProtectedError, RestrictedError
from procrastinate.contrib.django import app

from shouwen.kernel.errors import DomainError
from shouwen.kit import audit, clock, files, principals
from shouwen.kit.actions import action, forbid_inside_action
from shouwen.kit.events import publish
from shouwen.kit.exports.kinds import Column
from shouwen.kit.exports.writing import as_csv
from shouwen.kit.models import AuditRow, ImportRow, ImportRun, StoredFile
from shouwen.kit.principals import Principal

from .checking import Checker, check_mapping, mapped, require_fields
from .errors import ImportNotFound, ImportNotNow, NothingGood, RowsTouched, RowsWrong
from .events import ImportMoved
from .kinds import Kind, Values, Wrong, kind_for
from .mapping import guess
from .reading import FORMULA, Table, read

logger = logging.getLogger(__name__)
KEPT = timedelta(days=7)
BATCH = 100
WRONG_SHOWN = 50
JOB = "shouwen.kit.imports.jobs.run"


# ── what a person asks for ────────────────────────────────────────────────────────────────────────────────────────


def begin(*, by: Principal, kind: str, file: UUID) -> UUID:
    """Begin an import with an uploaded file: its headings are read and the columns guessed by name."""
    forbid_inside_action("Reading a table")
    found = kind_for(kind, by)
    card = files.file_for(by=by, public_id=file, purpose="import")
    headings = _table(card.id).headings
    return _written(by=by, kind=kind, card=card, headings=headings, mapping=guess(headings, found.fields))


@action
def _written(*, by: Principal, kind: str, card: files.FileCard, headings: list[str], mapping: dict[str, int]) -> UUID:
    at = clock.wall()
    row, made = ImportRun.objects.get_or_create(
        file_id=card.id,
        defaults={
            "owner": by.key,
            "kind": kind,
            "file_name": card.name,
            "headings": headings,
            "mapping": mapping,
            "begun_at": at,
            "keep_until": at + KEPT,
        },
    )
    if made:
        StoredFile.objects.filter(id=card.id).update(subject="import", subject_id=row.pk, keep_until=at + KEPT)
        audit.record(by, "imports.begin", subject="import", subject_id=row.pk, kind=kind)
    row.refresh_from_db()
    return UUID(str(row.public_id))


@action
def map_columns(*, by: Principal, public_id: UUID, mapping: Mapping[str, int]) -> None:
    """Say which column is which field."""
    row = _held(by, public_id, "draft", "checked")
    found = kind_for(row.kind, by)
    row.mapping, row.state = check_mapping(found, row.headings, mapping), "draft"
    row.save(update_fields=["mapping", "state"])
    audit.record(by, "imports.map", subject="import", subject_id=row.pk, mapping=row.mapping)


@action
def check(*, by: Principal, public_id: UUID) -> None:
    """Let every row be looked over; nothing is written."""
    row = _held(by, public_id, "draft", "checked")
    require_fields(kind_for(row.kind, by), row.mapping)
    _go(row, "checking")
    audit.record(by, "imports.check", subject="import", subject_id=row.pk)


@action
def start(*, by: Principal, public_id: UUID, choice: str) -> None:
    """Let the rows be written: `all` or none, or only the `good` ones. Pressed again, it goes on as it does."""
    row = _held(by, public_id, "checked", "running", "done")
    kind_for(row.kind, by)
    if row.state != "checked":
        audit.record(by, "imports.start", subject="import", subject_id=row.pk, unchanged=True)
        return
    if not row.good:
        raise NothingGood
    if choice == "all" and row.bad:
        raise RowsWrong(bad=row.bad)
    row.choice = choice
    row.save(update_fields=["choice"])
    _go(row, "running")
    audit.record(by, "imports.start", subject="import", subject_id=row.pk, choice=choice, rows=row.good)


@action
def undo(*, by: Principal, public_id: UUID) -> None:
    """Take a whole import back, as long as nobody has used or changed what came in."""
    row = _held(by, public_id, "done", "undoing", "undone")
    kind = kind_for(row.kind, by)
    if row.state != "done":
        audit.record(by, "imports.undo", subject="import", subject_id=row.pk, unchanged=True)
        return
    touched = _touched(row, kind)
    if touched:
        raise RowsTouched(count=touched)
    _go(row, "undoing")
    audit.record(by, "imports.undo", subject="import", subject_id=row.pk, rows=row.written)


def _held(by: Principal, public_id: UUID, *states: str) -> ImportRun:
    row = ImportRun.objects.select_for_update().filter(public_id=public_id, owner=by.key).first()
    if row is None:
        raise ImportNotFound
    if row.state not in states:
        raise ImportNotNow
    return row


def _go(row: ImportRun, state: str) -> None:
    row.state, row.done, row.error_zh, row.error_en = state, 0, "", ""
    row.save(update_fields=["state", "done", "error_zh", "error_en"])
    _tell(row)
    app.configure_task(JOB).defer(import_id=row.pk)


def _touched(row: ImportRun, kind: Kind) -> int:
    """Count what came in and has left a trace since that is more than a look."""
    written = ImportRow.objects.filter(run=row, state="written").values_list("subject_id", "audit_id")
    known = {subject_id: audit_id for subject_id, audit_id in written if subject_id is not None}
    last: dict[int, int] = {}
    for some in _parts(known, 1000):
        traces = AuditRow.objects.filter(subject=kind.subject, subject_id__in=some).exclude(verb__in=kind.looks)
        last |= dict(traces.values_list("subject_id").annotate(last=Max("id")).values_list("subject_id", "last"))
    return sum(last.get(subject_id, 0) > (audit_id or 0) for subject_id, audit_id in known.items())


def _parts(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, size)):
        yield some


# ── what the worker does ──────────────────────────────────────────────────────────────────────────────────────────


def run(import_id: int) -> None:
    """Do the step an import stands at. Done again after a kill, it goes on where it stood."""
    forbid_inside_action("Working on an import")
    row = ImportRun.objects.filter(id=import_id).first()
    steps = {"checking": _check_all, "running": _write_all, "undoing": _undo_all}
    if row is None or row.state not in steps:
        return
    try:
        by = principals.living(row.owner)
        steps[row.state](row, kind_for(row.kind, by), by)
    except DomainError as refusal:
        _stopped(import_id=import_id, zh=refusal.text("zh"), en=refusal.text("en"))


def _table(file_id: int) -> Table:
    card = files.cards([file_id])[file_id]
    return read(b"".join(files.read(file_id)), card.media_type)


def _check_all(row: ImportRun, kind: Kind, by: Principal) -> None:
    _forget_rows(import_id=row.pk)
    checker = Checker(kind, by)
    wrong_ones: list[tuple[int, Values, list[Wrong]]] = []
    total = 0
    for batch in checker.batches(mapped(_table(row.file_id), row.mapping)):
        wrong_ones += [one for one in batch if one[2]]
        total += len(batch)
        if not _keep_batch(import_id=row.pk, batch=batch, total=total):
            return
    file_id = _error_file(row, kind, by, wrong_ones) if wrong_ones else None
    _checked(import_id=row.pk, total=total, bad=len(wrong_ones), error_file_id=file_id)


@action
def _forget_rows(*, import_id: int) -> None:
    ImportRow.objects.filter(run_id=import_id).delete()


@action
def _keep_batch(*, import_id: int, batch: list[tuple[int, Values, list[Wrong]]], total: int) -> bool:
    row = ImportRun.objects.select_for_update().filter(id=import_id, state="checking").first()
    if row is None:
        return False
    ImportRow.objects.bulk_create(
        ImportRow(run=row, line=line, state="bad" if wrong else "good", wrong=[vars(one) for one in wrong])
        for line, _, wrong in batch
    )
    _step(row, total, total)
    return True


@action
def _checked(*, import_id: int, total: int, bad: int, error_file_id: int | None) -> None:
    row = ImportRun.objects.select_for_update().filter(id=import_id, state="checking").first()
    if row is None:
        return
    row.state, row.total, row.bad, row.good, row.done = "checked", total, bad, total - bad, total
    row.error_file_id = error_file_id
    row.save(update_fields=["state", "total", "bad", "good", "done", "error_file"])
    _tell(row)


def _error_file(row: ImportRun, kind: Kind, by: Principal, wrong: list[tuple[int, Values, list[Wrong]]]) -> int:
    """Keep the rows that are wrong as a table with the reasons beside them, ready to be corrected and sent again."""
    taken = [field for field in kind.fields if field.key in row.mapping]
    columns = [_as_it_was(field.key, row) for field in taken]
    columns += [Column("_line", "原文件行号", "Line"), Column("_why", "问题", "Problem")]
    content = as_csv(columns, (_told(one) for one in wrong), english=False, told=lambda _: None)
    card = files.keep_made(
        by=by,
        name=f"{row.file_name.rpartition('.')[0]}-问题.csv",
        media_type="text/csv",
        content=content,
        purpose="import-errors",
        key=f"import-errors:{row.public_id}",
    )
    StoredFile.objects.filter(id=card.id).update(subject="import", subject_id=row.pk, keep_until=row.keep_until)
    return card.id


def _as_it_was(key: str, row: ImportRun) -> Column:
    heading = row.headings[row.mapping[key]]
    return Column(key, heading, heading)


def _told(one: tuple[int, Values, list[Wrong]]) -> dict[str, Any]:
    line, values, wrong = one
    shown = {key: "" if text == FORMULA else text for key, text in values.items()}
    return {**shown, "_line": line, "_why": "；".join(each.zh for each in wrong)}


def _write_all(row: ImportRun, kind: Kind, by: Principal) -> None:
    rows = mapped(_table(row.file_id), row.mapping)
    while batch := list(islice(rows, BATCH)):
        if not _write_batch(import_id=row.pk, kind=kind, by=by, batch=batch):
            break
    _wrote(import_id=row.pk, by=by)


@action
def _write_batch(*, import_id: int, kind: Kind, by: Principal, batch: list[tuple[int, dict[str, str]]]) -> bool:
    """Write some rows together with the note that they are; return whether the rest is to follow."""
    run_row = ImportRun.objects.select_for_update().filter(id=import_id, state="running").first()
    if run_row is None:
        return False
    lines = [line for line, _ in batch]
    held = ImportRow.objects.select_for_update().filter(run=run_row, line__in=lines, state="good")
    waiting = {one.line: one for one in held}
    for line, values in batch:
        if line in waiting:
            _write_one(waiting[line], kind, by, values)
    failed = any(one.state == "bad" for one in waiting.values())
    run_row.written += sum(one.state == "written" for one in waiting.values())
    run_row.save(update_fields=["written"])
    _step(run_row, run_row.done + len(batch), run_row.total)
    return not (failed and run_row.choice == "all")


def _write_one(one: ImportRow, kind: Kind, by: Principal, values: Values) -> None:
    try:
        with transaction.atomic():
            one.subject_id = kind.write(by, values)
            traces = AuditRow.objects.filter(subject=kind.subject, subject_id=one.subject_id)
            one.audit_id = traces.aggregate(last=Max("id"))["last"]
            one.state = "written"
    except DomainError as refusal:
        one.state, one.subject_id = "bad", None
        one.wrong = [vars(Wrong(refusal.field or "", refusal.text("zh"), refusal.text("en")))]
    one.save(update_fields=["state", "subject_id", "audit_id", "wrong"])


@action
def _wrote(*, import_id: int, by: Principal) -> None:
    row = ImportRun.objects.select_for_update().filter(id=import_id, state="running").first()
    if row is None:
        return
    late = ImportRow.objects.filter(run=row, state="bad").count() - row.bad
    row.bad += late
    row.good -= late
    row.save(update_fields=["bad", "good"])
    if late and row.choice == "all":
        refusal = RowsWrong(bad=late)
        _go(row, "undoing")
        row.error_zh, row.error_en = refusal.text("zh"), refusal.text("en")
        row.save(update_fields=["error_zh", "error_en"])
        return
    row.state, row.finished_at = "done", clock.wall()
    row.save(update_fields=["state", "finished_at"])
    audit.record(by, "imports.finish", subject="import", subject_id=row.pk, written=row.written, bad=row.bad)
    _tell(row)


def _undo_all(row: ImportRun, kind: Kind, by: Principal) -> None:
    while _undo_batch(import_id=row.pk, kind=kind, by=by):
        pass
    _undone(import_id=row.pk, by=by)


@action
def _undo_batch(*, import_id: int, kind: Kind, by: Principal) -> bool:
    run_row = ImportRun.objects.select_for_update().filter(id=import_id, state="undoing").first()
    if run_row is None:
        return False
    some = list(ImportRow.objects.select_for_update().filter(run=run_row, state="written").order_by("-line")[:BATCH])
    for one in some:
        one.state = "undone" if _taken_back(one, kind, by) else "kept"
        one.save(update_fields=["state"])
    _step(run_row, run_row.done + len(some), run_row.written)
    return bool(some)


def _taken_back(one: ImportRow, kind: Kind, by: Principal) -> bool:
    try:
        with transaction.atomic():
            kind.take_back(by, one.subject_id or 0)
    except (DomainError, ProtectedError, RestrictedError):
        return False
    return True


@action
def _undone(*, import_id: int, by: Principal) -> None:
    row = ImportRun.objects.select_for_update().filter(id=import_id, state="undoing").first()
    if row is None:
        return
    kept = ImportRow.objects.filter(run=row, state="kept").count()
    refused = bool(row.error_zh)
    row.state, row.finished_at, row.kept = "failed" if refused else "undone", clock.wall(), kept
    row.save(update_fields=["state", "finished_at", "kept"])
    audit.record(by, "imports.undone", subject="import", subject_id=row.pk, kept=kept)
    _tell(row)


@action
def _stopped(*, import_id: int, zh: str, en: str) -> None:
    """A step that cannot be done: a check goes back to its columns, anything else ends here."""
    row = ImportRun.objects.select_for_update().filter(id=import_id).first()
    if row is None:
        return
    row.state = "draft" if row.state == "checking" else "failed"
    row.finished_at = clock.wall() if row.state == "failed" else None
    row.error_zh, row.error_en = zh, en
    row.save(update_fields=["state", "finished_at", "error_zh", "error_en"])
    audit.record(principals.SYSTEM, "imports.stop", subject="import", subject_id=row.pk, why=en)
    _tell(row)


def _step(row: ImportRun, done: int, total: int) -> None:
    row.done, row.total = min(done, max(total, done)), max(total, row.total)
    row.save(update_fields=["done", "total"])
    _tell(row)


def _tell(row: ImportRun) -> None:
    fact = ImportMoved(run=str(row.public_id), state=row.state, done=row.done, total=row.total)
    publish(fact, audience=[row.owner], at=clock.now())


@action
def forget_old() -> int:
    """Let go of the notes on imports whose day has come; what they wrote stays."""
    old: Any = ImportRun.objects.filter(keep_until__lt=clock.wall()).exclude(
        state__in=["checking", "running", "undoing"]
    )
    return int(old.delete()[0])
