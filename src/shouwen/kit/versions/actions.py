"""What may be done to a version, from the first draft to its end. Each step happens once, whoever presses twice."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.models import Version
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from .errors import (
    ContentTooLarge,
    NotTheOwnerUnit,
    OwnWork,
    RemarkNeeded,
    TooEarly,
    VersionChanged,
    VersionMoveRefused,
    VersionNotFound,
    VersionOpen,
)
from .events import VersionPublished, VersionRetired, VersionSubmitted
from .kinds import Content, kind_of
from .queries import visible

MOST_KIB = 512
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
STATES_ZH = {"draft": "拟稿", "in_review": "审核中", "published": "已发布", "retired": "已停用"}
MOVES_ZH = {
    "edited": "修改",
    "discarded": "作废",
    "submitted": "提交审核",
    "sent back": "退回",
    "published": "发布",
    "retired": "停用",
}


@action
def draft(*, by: Principal, kind: str, key: str, title: str, content: Content, note: str = "") -> int:
    """Begin a new version of a thing and return its id. The first version's unit owns the thing from then on."""
    known = kind_of(kind)
    require(by, known.edit)
    owner = _owner(kind, key, by)
    number = _next_number(kind, key)
    row = Version.objects.create(
        kind=kind,
        key=key,
        number=number,
        title=title,
        content=_sized(known.check(content)),
        note=note,
        organisation_id=owner,
        authors=[by.key],
        author_name=by.name,
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    _note(row, "draft", by, number=number)
    return row.pk


@action
def edit(
    *,
    by: Principal,
    version_id: int,
    revision: int,
    title: str | None = None,
    content: Content | None = None,
    note: str | None = None,
) -> None:
    """Change a draft; whoever writes in it becomes one of its authors and cannot review it."""
    row = _locked(version_id, by, revision)
    require(by, kind_of(row.kind).edit)
    _refuse_unless(row, "draft", move="edited")
    row.title = row.title if title is None else title
    row.note = row.note if note is None else note
    row.content = row.content if content is None else _sized(kind_of(row.kind).check(content))
    row.authors = [*row.authors, *({by.key} - set(row.authors))]
    row.author_name = by.name
    _keep(row, "title", "note", "content", "authors", "author_name")
    _note(row, "edit", by)


@action
def discard(*, by: Principal, version_id: int, revision: int) -> None:
    """Drop a draft; the audit trail keeps what it said."""
    row = _locked(version_id, by, revision)
    require(by, kind_of(row.kind).edit)
    _refuse_unless(row, "draft", move="discarded")
    _note(row, "discard", by, content=row.content)
    row.delete()


@action
def submit(*, by: Principal, version_id: int, revision: int) -> None:
    """Ask another person to review a draft. It must be complete."""
    row = _locked(version_id, by, revision)
    require(by, kind_of(row.kind).edit)
    _refuse_unless(row, "draft", move="submitted")
    kind_of(row.kind).ready(row.content)
    row.state, row.submitted_at, row.remark = "in_review", clock.now(), ""
    _keep(row, "state", "submitted_at", "remark")
    _note(row, "submit", by)
    _tell_review(row, returned=False)


@action
def send_back(*, by: Principal, version_id: int, revision: int, remark: str) -> None:
    """Give a version back to its authors with what is to be changed."""
    row = _locked(version_id, by, revision)
    _require_owner(row, by, move="sent back")
    _refuse_unless(row, "in_review", move="sent back")
    if not remark.strip():
        raise RemarkNeeded
    row.state, row.submitted_at, row.remark = "draft", None, remark.strip()
    _keep(row, "state", "submitted_at", "remark")
    _note(row, "send_back", by, remark=row.remark)
    _tell_review(row, returned=True)


@action
def publish(*, by: Principal, version_id: int, revision: int, valid_from: datetime | None = None) -> None:
    """Approve a version that others wrote; it is in force from a date, or at once. What runs keeps its own."""
    at = clock.now()
    row = _locked(version_id, by, revision)
    _require_owner(row, by, move="published")
    _refuse_unless(row, "in_review", move="published")
    if by.key in row.authors:
        raise OwnWork(number=row.number)
    if valid_from is not None and valid_from < at:
        raise TooEarly
    kind_of(row.kind).ready(row.content)
    _put_in_force(row, by, valid_from, at)


@action
def retire(*, by: Principal, version_id: int, revision: int, remark: str) -> None:
    """Take a version out of force from now on; withdrawn before its date, the one before it stays in force."""
    at = clock.now()
    row = _locked(version_id, by, revision)
    _require_owner(row, by, move="retired")
    _refuse_unless(row, "published", move="retired")
    if not remark.strip():
        raise RemarkNeeded
    row.state, row.retired_at, row.remark = "retired", at, remark.strip()
    _keep(row, "state", "retired_at", "remark")
    _note(row, "retire", by, remark=row.remark)
    fact = VersionRetired(row.pk, row.kind, row.key, row.number)
    events.publish(fact, audience=_all_of_unit(row), at=at)


@action
def roll_back(*, by: Principal, version_id: int, note: str = "") -> int:
    """Bring an earlier version's content back as a new version, ready for review, and return its id."""
    old = visible(by).filter(id=version_id, state__in=["published", "retired"]).first()
    if old is None:
        raise VersionNotFound
    words = note.strip() or f"回退到第 {old.number} 版 / Back to version {old.number}"
    new = draft(by=by, kind=old.kind, key=old.key, title=old.title, content=old.content, note=words)
    Version.objects.filter(id=new).update(based_on=old.number)
    submit(by=by, version_id=new, revision=1)
    row = Version.objects.get(id=new)
    _note(row, "roll_back", by, to=old.number)
    return new


@action
def install(
    *, kind: str, key: str, title: str, content: Content, organisation_id: int | None = None, note: str = ""
) -> int | None:
    """Put the product's own first version of a thing in force, once; return its id, or None if there is one.

    It counts from the beginning, so that also a trial whose clock starts in the past goes by it.
    """
    _one_at_a_time(kind, key)
    if Version.objects.filter(kind=kind, key=key).exists():
        return None
    known, at = kind_of(kind), clock.now()
    row = Version(
        kind=kind,
        key=key,
        title=title,
        content=known.ready(_sized(known.check(content))),
        note=note,
        organisation_id=organisation_id,
    )
    return _without_review(row, SYSTEM, BEGINNING, at)


@action
def follow(*, by: Principal, kind: str, key: str, title: str, content: Content, note: str) -> int | None:
    """Put in force at once what is decided elsewhere and only written here; return its id, or None if it says the same.

    Who decided it had to be permitted there, so nobody reviews it here.
    """
    _one_at_a_time(kind, key)
    known = kind_of(kind)
    given = known.ready(_sized(known.check(content)))
    last = Version.objects.filter(kind=kind, key=key, state="published").order_by("-number").first()
    if last is not None and last.content == given:
        return None
    at = clock.now()
    return _without_review(Version(kind=kind, key=key, title=title, content=given, note=note), by, at, at)


def _without_review(row: Version, by: Principal, valid_from: datetime, at: datetime) -> int:
    """Write a version that nobody else looks at, and put it in force."""
    row.number = _next_number(row.kind, row.key)
    row.authors, row.author_name = [by.key], by.name
    row.created_at = row.changed_at = row.submitted_at = at
    row.save(force_insert=True)
    _put_in_force(row, by, valid_from, at)
    return row.pk


def _put_in_force(row: Version, by: Principal, valid_from: datetime | None, at: datetime) -> None:
    row.state, row.published_at, row.valid_from = "published", at, valid_from or at
    row.reviewer, row.reviewer_name = by.key, by.name
    _keep(row, "state", "published_at", "valid_from", "reviewer", "reviewer_name")
    _note(row, "publish", by, number=row.number, valid_from=row.valid_from)
    fact = VersionPublished(row.pk, row.kind, row.key, row.number, row.valid_from)
    events.publish(fact, audience=_all_of_unit(row), at=at)


def _one_at_a_time(kind: str, key: str) -> None:
    """Let one person begin a version of a thing at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kit.version:{kind}:{key}"])


def _owner(kind: str, key: str, by: Principal) -> int | None:
    """Return the unit that owns a thing: that of its first version, or for a new thing the author's."""
    _one_at_a_time(kind, key)
    first = Version.objects.filter(kind=kind, key=key).order_by("number").values("organisation_id").first()
    if first is None:
        return by.unit
    if not by.sees(first["organisation_id"]):
        raise NotTheOwnerUnit(key=key, move="edited", move_zh=MOVES_ZH["edited"])
    owner: int | None = first["organisation_id"]
    return owner


def _next_number(kind: str, key: str) -> int:
    rows = Version.objects.filter(kind=kind, key=key)
    going_on = rows.filter(state__in=["draft", "in_review"]).values_list("number", flat=True).first()
    if going_on is not None:
        raise VersionOpen(key=key, number=going_on)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _locked(version_id: int, by: Principal, revision: int) -> Version:
    """Return a version for changing, if it is still what the caller read."""
    row = visible(by).select_for_update().filter(id=version_id).first()
    if row is None:
        raise VersionNotFound
    if row.revision != revision:
        raise VersionChanged(number=row.number)
    return row


def _require_owner(row: Version, by: Principal, *, move: str) -> None:
    """Refuse who may not publish this kind, and who is not of the unit that owns the thing."""
    require(by, kind_of(row.kind).publish)
    if row.organisation_id is not None and by.kind != "system" and by.unit != row.organisation_id:
        raise NotTheOwnerUnit(key=row.key, move=move, move_zh=MOVES_ZH[move])


def _refuse_unless(row: Version, state: str, *, move: str) -> None:
    if row.state != state:
        raise VersionMoveRefused(
            number=row.number, state=row.state, state_zh=STATES_ZH[row.state], move=move, move_zh=MOVES_ZH[move]
        )


def _sized(content: Content) -> Content:
    kib = len(json.dumps(content, ensure_ascii=False).encode()) // 1024
    if kib > MOST_KIB:
        raise ContentTooLarge(kib=kib, most=MOST_KIB)
    return content


def _keep(row: Version, *columns: str) -> None:
    row.revision += 1
    row.changed_at = clock.now()
    row.save(update_fields=[*columns, "revision", "changed_at"])


def _note(row: Version, verb: str, by: Principal, **details: Any) -> None:
    audit.record(by, f"versions.{verb}", subject=f"version.{row.kind}", subject_id=row.pk, key=row.key, **details)


def _tell_review(row: Version, *, returned: bool) -> None:
    fact = VersionSubmitted(row.pk, row.kind, row.key, row.number, returned)
    unit = [f"review:{row.organisation_id}"] if row.organisation_id else []
    events.publish(fact, audience=[*row.authors, *unit], at=clock.now())


def _all_of_unit(row: Version) -> list[str]:
    return [*row.authors, *([f"org:{row.organisation_id}"] if row.organisation_id else [])]
