"""Asking for an export, making it, cancelling it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from shouwen.kernel.calendars import BEIJING
from shouwen.kernel.errors import DomainError
from shouwen.kit import audit, clock, files, principals
from shouwen.kit.actions import action, forbid_inside_action
from shouwen.kit.events import publish
from shouwen.kit.models import ExportRun, StoredFile
from shouwen.kit.principals import Principal

from .errors import ExportNotFound, ExportOver, ExportsRunning, ExportTooLarge
from .events import ExportMoved
from .kinds import Filter, Kind, Value, checked
from .writing import MEDIA, WRITERS, Mark

logger = logging.getLogger(__name__)
ROWS_MOST = 200_000
RUNNING_MOST = 3
KEPT = timedelta(days=7)
TELL_EVERY = 1.0
JOB = "shouwen.kit.exports.jobs.run"
UNDER_WAY = ("waiting", "running")


class _Stopped(Exception):
    """It was cancelled, or another worker has it."""


@action
def request(*, by: Principal, kind: str, form: str, wanted: Filter, language: str = "zh") -> UUID:
    """Ask for a list as a file; it is made in the background."""
    found, used = checked(kind, by, wanted)
    at = clock.wall()
    if ExportRun.objects.filter(owner=by.key, state__in=UNDER_WAY).count() >= RUNNING_MOST:
        raise ExportsRunning(most=RUNNING_MOST)
    total = found.rows.count(by, used)
    if total > ROWS_MOST:
        raise ExportTooLarge(count=total, most=ROWS_MOST)
    row = ExportRun.objects.create(
        owner=by.key,
        kind=kind,
        form=form,
        wanted=dict(used),
        language=language,
        total=total,
        requested_at=at,
        keep_until=at + KEPT,
    )
    row.refresh_from_db()
    told = {"kind": kind, "wanted": dict(used), "total": total, "trace": trace_of(row)}
    audit.record(by, "exports.request", subject="export", subject_id=row.pk, **told)
    _tell(row)
    app.configure_task(JOB).defer(export_id=row.pk)
    return UUID(str(row.public_id))


@action
def cancel(*, by: Principal, public_id: UUID) -> None:
    """Stop an export of one's own; the worker notices with its next row that is told."""
    row = ExportRun.objects.select_for_update().filter(public_id=public_id, owner=by.key).first()
    if row is None:
        raise ExportNotFound
    if row.state not in UNDER_WAY:
        raise ExportOver
    row.state, row.finished_at = "cancelled", clock.wall()
    row.save(update_fields=["state", "finished_at"])
    audit.record(by, "exports.cancel", subject="export", subject_id=row.pk)
    _tell(row)


def run(export_id: int) -> None:
    """Make an export. Done again after a kill, it begins anew and is one file.

    1. Take it; what is cancelled or over is left alone.
    2. Ask anew whether the one who asked may.
    3. Read, write and keep; then say that it is there.
    """
    forbid_inside_action("Making an export")
    row = _begin(export_id=export_id)
    if row is None:
        return
    try:
        by = principals.living(row.owner)
        kind, wanted = checked(row.kind, by, row.wanted)
        card = _write(row, kind, by, wanted)
        _finish(export_id=export_id, file_id=card.id, by=by)
    except _Stopped:
        return
    except DomainError as refusal:
        _fail(export_id=export_id, zh=refusal.text("zh"), en=refusal.text("en"))
    except Exception:
        _again(export_id=export_id)
        raise


def _write(row: ExportRun, kind: Kind, by: Principal, wanted: Filter) -> files.FileCard:
    english = row.language == "en"
    steps = _Steps(row.pk)
    rows = _watched(kind.rows.read(by, wanted), steps)
    content = WRITERS[row.form](kind.columns, rows, english=english, told=steps.told, mark=_mark(row, by))
    stamp = row.requested_at.strftime("%Y%m%d-%H%M%S")
    return files.keep_made(
        by=by,
        name=f"{kind.en if english else kind.zh}-{stamp}.{row.form}",
        media_type=MEDIA[row.form],
        content=content,
        purpose="export",
        key=f"export:{row.public_id}",
    )


def trace_of(row: ExportRun) -> str:
    """Return the number that an exported file carries and the audit trail knows."""
    return f"EX{row.requested_at.astimezone(BEIJING):%Y%m%d}-{row.pk:06d}"


def _mark(row: ExportRun, by: Principal) -> Mark:
    return Mark(who=f"{by.name}（{by.key}）", at=row.requested_at, trace=trace_of(row))


def _watched(rows: Iterator[Mapping[str, Value]], steps: _Steps) -> Iterator[Mapping[str, Value]]:
    for number, row in enumerate(rows, 1):
        if number > ROWS_MOST:
            raise ExportTooLarge(count=number, most=ROWS_MOST)
        yield row
    steps.told(steps.last, now=True)


class _Steps:
    """Tells how far an export is, at most once a second, and stops it when it was cancelled."""

    def __init__(self, export_id: int) -> None:
        self._export_id = export_id
        self._next = 0.0
        self.last = 0

    def told(self, number: int, *, now: bool = False) -> None:
        """Note that so many rows are written."""
        self.last = number
        if not now and time.monotonic() < self._next:
            return
        self._next = time.monotonic() + TELL_EVERY
        if not _note_progress(export_id=self._export_id, done=number):
            raise _Stopped


@action
def _begin(*, export_id: int) -> ExportRun | None:
    row = ExportRun.objects.select_for_update().filter(id=export_id).first()
    if row is None or row.state not in UNDER_WAY:
        return None
    row.state, row.done, row.started_at = "running", 0, clock.wall()
    row.save(update_fields=["state", "done", "started_at"])
    _tell(row)
    return row


@action
def _note_progress(*, export_id: int, done: int) -> bool:
    row = ExportRun.objects.select_for_update().filter(id=export_id, state="running").first()
    if row is None:
        return False
    row.done, row.total = done, max(row.total, done)
    row.save(update_fields=["done", "total"])
    _tell(row)
    return True


@action
def _finish(*, export_id: int, file_id: int, by: Principal) -> None:
    row = ExportRun.objects.select_for_update().filter(id=export_id, state="running").first()
    if row is None:
        return
    held = StoredFile.objects.filter(id=file_id)
    held.update(subject="export", subject_id=row.pk, keep_until=row.keep_until)
    row.state, row.file_id, row.finished_at, row.total = "done", file_id, clock.wall(), row.done
    row.save(update_fields=["state", "file", "finished_at", "total"])
    audit.record(
        by, "exports.finish", subject="export", subject_id=row.pk, kind=row.kind, rows=row.done, trace=trace_of(row)
    )
    _tell(row)


@action
def _fail(*, export_id: int, zh: str, en: str) -> None:
    row = ExportRun.objects.select_for_update().filter(id=export_id, state__in=UNDER_WAY).first()
    if row is None:
        return
    row.state, row.error_zh, row.error_en, row.finished_at = "failed", zh, en, clock.wall()
    row.save(update_fields=["state", "error_zh", "error_en", "finished_at"])
    audit.record(principals.SYSTEM, "exports.fail", subject="export", subject_id=row.pk, why=en)
    _tell(row)


@action
def _again(*, export_id: int) -> None:
    """Put an export that broke back to wait: the job queue tries again, and after its last try says so."""
    row = ExportRun.objects.select_for_update().filter(id=export_id, state="running").first()
    if row is None:
        return
    row.tries += 1
    if row.tries >= 3:
        row.state, row.finished_at = "failed", clock.wall()
        row.error_zh = "导出没有成功，原因已记入日志。请稍后再试；仍不行请联系系统管理员。"
        row.error_en = "The export did not succeed; the log says why. Try again later, or tell your administrator."
    else:
        row.state = "waiting"
    row.save(update_fields=["tries", "state", "finished_at", "error_zh", "error_en"])
    _tell(row)


def _tell(row: ExportRun) -> None:
    fact = ExportMoved(export=str(row.public_id), state=row.state, done=row.done, total=row.total)
    publish(fact, audience=[row.owner], at=clock.now())


@action
def forget_old() -> int:
    """Let go of exports whose day has come; their files go with the sweep of files."""
    old: Any = ExportRun.objects.filter(keep_until__lt=clock.wall())
    return int(old.delete()[0])
