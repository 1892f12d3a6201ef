"""What may be asked about data-rights requests."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from shouwen.kit import files, privacy, versions
from shouwen.kit.files.errors import ContentAway
from shouwen.kit.models import Version
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.kit.privacy.permissions import VIEW as READ_REGISTER
from shouwen.kit.versions.queries import visible
from shouwen.tickets import queries as tickets

from . import permissions, rules
from .errors import RequestNotFound
from .models import DataRequest
from .rules import ASSESSMENT

SUBJECT = "data_request"
COLUMNS = (
    *("id", "kind", "state", "identity", "detail", "reason", "outcome", "asked_at", "decided_at", "done_at"),
    *("customer_id", "ticket_id", "ticket__number", "ticket__state", "file_id", "file_until"),
)
ASSESSMENT_COLUMNS = (
    *("id", "key", "number", "title", "state", "content", "author_name", "changed_at"),
    *("last_published", "last_number"),
)
README = """您的个人信息副本 · A copy of your data

data.json 包含全部内容；同样的内容在 csv/ 目录里按类别各成一张表，可用表格软件打开。
data.json holds everything; csv/ holds the same as one table each, for spreadsheets.
您提交的附件在 files/ 目录里。The files that you handed in are in files/.
字段含义和保存期限见下。What each part is, and how long it is kept:

"""


def requests(by: Principal, *, state: str = "") -> QuerySet[DataRequest, Any]:
    """Return the requests of customers in the data scope of `by`, for paging."""
    require(by, permissions.VIEW)
    rows = DataRequest.objects.filter(ticket__in=tickets.visible(by))
    shown: QuerySet[DataRequest, Any] = (rows.filter(state=state) if state else rows).values(*COLUMNS)
    return shown


def request(request_id: int, *, by: Principal) -> dict[str, Any]:
    """Return one request that `by` may see."""
    found = requests(by).filter(id=request_id).first()
    if found is None:
        raise RequestNotFound
    return dict(found)


def forecast(customer_id: int) -> dict[str, Any]:
    """Say what an erasure would take and leave, for whoever decides."""
    found = privacy.forecast("customer", customer_id)
    return {"erased": found.erased, "kept": [asdict(part) for part in found.kept]}


def own(by: Principal) -> list[dict[str, Any]]:
    """Return a customer's own requests, newest first."""
    return [dict(row) for row in DataRequest.objects.filter(customer_id=by.id).order_by("-id").values(*COLUMNS)[:50]]


def customer_waiting_for_copy(request_id: int) -> int | None:
    """Return whose copy is to be made, or None when nobody waits for it."""
    waiting = DataRequest.objects.filter(id=request_id, kind="access", state="decided")
    return waiting.values_list("customer_id", flat=True).first()


class _Parts(io.RawIOBase):
    """What an archive writes, handed on part by part: it never lies whole in memory, nor open on a disk."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        """Take what is written."""
        return True

    def write(self, part: Any) -> int:
        """Take a part."""
        self._kept += part
        return len(part)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        part, self._kept = bytes(self._kept), bytearray()
        return part


def package(customer_id: int) -> Iterator[bytes]:
    """Yield all we hold about a customer as a ZIP archive: JSON for programs, tables for people, and his files."""
    found = privacy.export_of("customer", customer_id)
    parts = _Parts()
    with zipfile.ZipFile(parts, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README + "\n".join(_explained(code) for code in found))
        archive.writestr("data.json", json.dumps(found, default=str, ensure_ascii=False, indent=1))
        for code, rows in found.items():
            if rows:
                archive.writestr(f"csv/{code}.csv", _table(rows))
        yield parts.taken()
        for card in files.handed_in_by(f"customer:{customer_id}", but=SUBJECT):
            if card.given:
                yield from _file(archive, card, parts)
    yield parts.taken()


def _file(archive: zipfile.ZipFile, card: files.FileCard, parts: _Parts) -> Iterator[bytes]:
    """Put a file in; what the store has lost is left out."""
    with contextlib.suppress(ContentAway):
        content = files.read(card.id)
        with archive.open(f"files/{card.id}-{card.name.replace('/', '_')}", "w") as entry:
            for part in content:
                entry.write(part)
                yield parts.taken()


def _explained(code: str) -> str:
    holding = privacy.HOLDINGS[code]
    return f"{code}: {holding.what[0]} / {holding.what[1]} — {holding.keep.zh} / {holding.keep.en}"


def _table(rows: list[dict[str, Any]]) -> str:
    sheet = io.StringIO()
    sheet.write("\ufeff")
    table = csv.writer(sheet)
    table.writerow(rows[0])
    table.writerows([_cell(value) for value in row.values()] for row in rows)
    return sheet.getvalue()


def _cell(value: Any) -> str:
    """Return a value that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def assessments(by: Principal, *, q: str = "") -> QuerySet[Version, Any]:
    """Return the newest version of each impact assessment that `by` may see, for paging."""
    require(by, READ_REGISTER)
    mine = visible(by).filter(kind=ASSESSMENT)
    newest = mine.order_by("key", "-number").distinct("key").values("id")
    rows = mine.filter(id__in=newest, title__icontains=q) if q else mine.filter(id__in=newest)
    last = Version.objects.filter(kind=ASSESSMENT, key=OuterRef("key"), published_at__isnull=False).order_by("-number")
    shown: QuerySet[Version, Any] = rows.annotate(
        last_published=Subquery(last.values("published_at")[:1]), last_number=Subquery(last.values("number")[:1])
    ).values(*ASSESSMENT_COLUMNS)
    return shown


def unassessed(at: datetime) -> list[tuple[str, tuple[str, str], str]]:
    """Return the holdings that the law wants assessed and no assessment in force covers: code, what, ground."""
    covered = {code for one in versions.all_current(ASSESSMENT, at) for code in one.content["activities"]}
    return [
        (code, holding.what, ground)
        for code, holding in privacy.HOLDINGS.items()
        if code not in covered and (ground := rules.ground_of(set(holding.fields.values()), holding.recipients))
    ]
