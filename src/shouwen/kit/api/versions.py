"""Versions over HTTP: what is drafted, who reviews it, what is in force, what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from shouwen.kit import clock, versions
from shouwen.kit.models import Version
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.kit.versions.errors import VersionNotFound
from shouwen.kit.versions.queries import visible

from .commands import command
from .etags import VersionNeeded, VersionStale, etag
from .paging import Page, page_of
from .requests import principal
from .shapes import Shape

versions_router = Router(tags=["versions"])
State = Literal["draft", "in_review", "published", "retired"]


class VersionKindOut(Shape):
    """A kind of content under versions, and what the reader may do with it."""

    code: str
    zh: str
    en: str
    may_edit: bool
    may_publish: bool


class VersionRowOut(Shape):
    """A version in a list; `in_force` tells that people go by it now."""

    id: int
    kind: str
    key: str
    number: int
    title: str
    note: str
    remark: str
    state: State
    revision: int
    organisation_id: int | None
    author_name: str
    reviewer_name: str
    based_on: int | None
    changed_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    valid_from: datetime | None
    retired_at: datetime | None


class VersionLineOut(Shape):
    """One thing that a version says, in words."""

    at_zh: str
    at_en: str
    zh: str
    en: str


class VersionOut(VersionRowOut):
    """A version with its content, that content in words, and what the reader may do to it now."""

    content: dict[str, Any]
    lines: list[VersionLineOut]
    in_force: bool
    can: list[str]


class VersionChangeOut(Shape):
    """One difference between two versions, in words."""

    path: str
    what: Literal["added", "removed", "changed"]
    zh: str
    en: str


class VersionComparisonOut(Shape):
    """What differs between two versions of a thing."""

    older: int
    newer: int
    changes: list[VersionChangeOut]


class VersionsWanted(Schema):
    """Which versions to list."""

    kind: str = Field("", max_length=60)
    key: str = Field("", max_length=120)
    state: State | Literal[""] = ""
    q: str = Field("", max_length=60)
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class DraftIn(Schema):
    """A new version."""

    kind: str = Field(min_length=1, max_length=60)
    key: str = Field(min_length=1, max_length=120, pattern=r"^[a-z0-9][a-z0-9_.\-]*$")
    title: str = Field(min_length=1, max_length=120)
    content: dict[str, Any]
    note: str = Field("", max_length=500)


class DraftPatchIn(Schema):
    """Changes to a draft."""

    title: str | None = Field(None, min_length=1, max_length=120)
    content: dict[str, Any] | None = None
    note: str | None = Field(None, max_length=500)


class PublishIn(Schema):
    """From when; none means at once."""

    valid_from: AwareDatetime | None = None


class VersionRemarkIn(Schema):
    """Why."""

    remark: str = Field(max_length=500)


class RollBackIn(Schema):
    """Why the earlier content comes back."""

    note: str = Field("", max_length=400)


_ROW = tuple(VersionRowOut.model_fields)


@versions_router.get("/versions/kinds", operation_id="listVersionKinds", response=list[VersionKindOut])
def list_kinds(request: HttpRequest) -> list[VersionKindOut]:
    """List what has versions."""
    by = _reader(request)
    return [
        VersionKindOut(code=k.code, zh=k.zh, en=k.en, may_edit=by.may(k.edit), may_publish=by.may(k.publish))
        for k in sorted(versions.KINDS.values(), key=lambda k: k.code)
    ]


@versions_router.get("/versions", operation_id="listVersions", response=Page[VersionRowOut])
def list_versions(request: HttpRequest, wanted: Query[VersionsWanted]) -> Page[VersionRowOut]:
    """List versions, what changed last first."""
    exact = {name: value for name in ("kind", "key", "state") if (value := getattr(wanted, name))}
    rows = visible(_reader(request)).filter(**exact)
    if wanted.q:
        rows = rows.filter(Q(title__icontains=wanted.q) | Q(key__icontains=wanted.q))
    order = ("-changed_at", "-id")
    return page_of(
        rows.values(*_ROW), order=order, cursor=wanted.cursor, limit=wanted.limit, shape=lambda r: VersionRowOut(**r)
    )


@versions_router.post("/versions", operation_id="draftVersion", response={201: VersionOut})
@command(status=201)
def draft(request: HttpRequest, body: DraftIn) -> VersionOut:
    """Begin a new version of a thing."""
    by = principal(request)
    return _shown(versions.draft(by=by, **body.model_dump()), by)


@versions_router.get("/versions/{version_id}", operation_id="getVersion", response=VersionOut)
def get_version(request: HttpRequest, response: HttpResponse, version_id: int) -> VersionOut:
    """Return a version with its content; its revision is the ETag."""
    found = _shown(version_id, _reader(request))
    etag(response, found.revision)
    return found


@versions_router.patch("/versions/{version_id}", operation_id="editVersion", response=VersionOut)
@command()
def edit(request: HttpRequest, version_id: int, body: DraftPatchIn) -> VersionOut:
    """Change a draft."""
    return _change(request, version_id, versions.edit, **body.model_dump(exclude_unset=True))


@versions_router.delete("/versions/{version_id}", operation_id="discardVersion", response={204: None})
@command(status=204)
def discard(request: HttpRequest, version_id: int) -> None:
    """Drop a draft."""
    versions.discard(by=principal(request), version_id=version_id, revision=_revision(request))


@versions_router.post("/versions/{version_id}/submit", operation_id="submitVersion", response=VersionOut)
@command()
def submit(request: HttpRequest, version_id: int) -> VersionOut:
    """Ask another person to review a draft."""
    return _change(request, version_id, versions.submit)


@versions_router.post("/versions/{version_id}/send-back", operation_id="sendBackVersion", response=VersionOut)
@command()
def send_back(request: HttpRequest, version_id: int, body: VersionRemarkIn) -> VersionOut:
    """Give a version back to its authors."""
    return _change(request, version_id, versions.send_back, **body.model_dump())


@versions_router.post("/versions/{version_id}/publish", operation_id="publishVersion", response=VersionOut)
@command()
def publish(request: HttpRequest, version_id: int, body: PublishIn) -> VersionOut:
    """Approve what others wrote, from a date or at once."""
    return _change(request, version_id, versions.publish, **body.model_dump())


@versions_router.post("/versions/{version_id}/retire", operation_id="retireVersion", response=VersionOut)
@command()
def retire(request: HttpRequest, version_id: int, body: VersionRemarkIn) -> VersionOut:
    """Take a version out of force."""
    return _change(request, version_id, versions.retire, **body.model_dump())


@versions_router.post("/versions/{version_id}/roll-back", operation_id="rollBackVersion", response={201: VersionOut})
@command(status=201)
def roll_back(request: HttpRequest, version_id: int, body: RollBackIn) -> VersionOut:
    """Bring an earlier content back as a new version under review."""
    by = principal(request)
    return _shown(versions.roll_back(by=by, version_id=version_id, **body.model_dump()), by)


@versions_router.get("/versions/{version_id}/compare", operation_id="compareVersion", response=VersionComparisonOut)
def compare(request: HttpRequest, version_id: int, number: int | None = None) -> VersionComparisonOut:
    """Say what a version changes against another of the same thing; without a number, against the one before."""
    by = _reader(request)
    newer = _row(version_id, by)
    others = visible(by).filter(kind=newer.kind, key=newer.key).order_by("-number")
    older = others.filter(number=number) if number is not None else others.filter(number__lt=newer.number)
    before = older.first()
    kind = versions.KINDS[newer.kind]
    found = versions.compare(before.content if before else {}, newer.content, kind.labels, kind.say)
    shown = [VersionChangeOut(path=c.path, what=c.what, zh=c.zh, en=c.en) for c in found]
    return VersionComparisonOut(older=before.number if before else 0, newer=newer.number, changes=shown)


def _reader(request: HttpRequest) -> Principal:
    by = principal(request)
    require(by, versions.VIEW)
    return by


def _revision(request: HttpRequest) -> int:
    sent = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if not sent:
        raise VersionNeeded
    if not sent.isdigit() or len(sent) > 9:
        raise VersionStale
    return int(sent)


def _change(request: HttpRequest, version_id: int, verb: Callable[..., None], **arguments: Any) -> VersionOut:
    by = principal(request)
    verb(by=by, version_id=version_id, revision=_revision(request), **arguments)
    return _shown(version_id, by)


def _row(version_id: int, by: Principal) -> Version:
    row = visible(by).filter(id=version_id).first()
    if row is None or row.kind not in versions.KINDS:
        raise VersionNotFound
    return row


def _shown(version_id: int, by: Principal) -> VersionOut:
    row = _row(version_id, by)
    now = versions.current(row.kind, row.key, clock.now())
    kind = versions.KINDS[row.kind]
    values = {name: getattr(row, name) for name in _ROW}
    return VersionOut(
        **values,
        content=row.content,
        lines=[VersionLineOut.model_validate(one) for one in versions.spoken(row.content, kind.labels, kind.say)],
        in_force=now is not None and now.id == row.pk,
        can=_can(row, by),
    )


def _can(row: Version, by: Principal) -> list[str]:
    """Return what the reader may do to a version now."""
    kind = versions.KINDS[row.kind]
    owns = by.may(kind.publish) and row.organisation_id in (None, by.unit)
    edits = by.may(kind.edit)
    found = {
        "edit": edits and row.state == "draft",
        "discard": edits and row.state == "draft",
        "submit": edits and row.state == "draft",
        "send_back": owns and row.state == "in_review",
        "publish": owns and row.state == "in_review" and by.key not in row.authors,
        "retire": owns and row.state == "published",
        "roll_back": edits and row.state in ("published", "retired"),
    }
    return [verb for verb, may in found.items() if may]
