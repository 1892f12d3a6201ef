"""A roster from a table: who, from when until when, doing what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kit.imports import Field, Wrong, kind
from shouwen.kit.imports.kinds import Values
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import actions, queries
from .permissions import PLAN
from .rules import activity_of, is_sound, moment_of, paid_of

FIELDS = (
    Field("number", "工号", "Number", required=True, aliases=("员工号", "坐席工号"), example="8021"),
    Field("starts_at", "开始", "Start", required=True, aliases=("上班", "开始时间"), example="2026-11-23 08:00"),
    Field("ends_at", "结束", "End", required=True, aliases=("下班", "结束时间"), example="2026-11-23 12:00"),
    Field("activity", "安排", "Activity", aliases=("班次", "内容"), example="在岗"),
    Field("paid", "计薪", "Paid", aliases=("是否计薪",), example="是"),
)


def may(by: Principal) -> None:
    """Refuse who may not plan."""
    require(by, PLAN)


def check(by: Principal, batch: Sequence[Values]) -> list[list[Wrong]]:
    """Say what is wrong with each row."""
    people = accounts.staff_numbers(row.get("number", "") for row in batch)
    seen = {number for number, card in people.items() if by.sees(card.organisation_id)}
    moments = [moment for row in batch for moment in (_start(row), _end(row)) if moment]
    held: dict[int, list[queries.Plan]] = {}
    if moments:
        ids = [people[number].id for number in seen]
        held = queries.planned(ids, since=min(moments), until=max(moments))
    kept = {number: held.get(people[number].id, []) for number in seen}
    return [_wrong(row, seen, kept.get(row.get("number", ""), [])) for row in batch]


def _wrong(row: Values, seen: set[str], held: list[queries.Plan]) -> list[Wrong]:
    found: list[Wrong] = []
    if row.get("number", "") not in seen:
        found.append(Wrong("number", "没有这个工号，或不在您的管理范围内", "There is no such number in your area"))
    start, end, activity = _start(row), _end(row), activity_of(row.get("activity", ""))
    if activity is None:
        found.append(Wrong("activity", "填写在岗、小休、培训或会议", "Give work, break, training or meeting"))
    if paid_of(row.get("paid", "")) is None:
        found.append(Wrong("paid", "填写是或否", "Give yes or no"))
    for name, moment in (("starts_at", start), ("ends_at", end)):
        if moment is None:
            found.append(Wrong(name, "填写日期和时间，如 2026-11-23 08:00", "Give date and time, as 2026-11-23 08:00"))
    if start and end and not is_sound(activity or "work", start, end):
        found.append(Wrong("ends_at", "结束须晚于开始，且不超过 16 小时", "It ends after it starts, within 16 hours"))
    elif start and end and any(begun < end and start < ended for _, _, begun, ended in held):
        found.append(Wrong("starts_at", "此人在这段时间已有排班", "This person has a shift at that time"))
    return found


def write(by: Principal, row: Values) -> int:
    """Plan one stretch."""
    start, end, paid = _start(row), _end(row), paid_of(row.get("paid", ""))
    assert start is not None
    assert end is not None
    return actions.plan(
        staff_id=accounts.find_staff(row["number"]).id,
        activity=activity_of(row.get("activity", "")) or "",
        starts_at=start,
        ends_at=end,
        paid=paid is not False,
        by=by,
    )


def _start(row: Values) -> datetime | None:
    return moment_of(row.get("starts_at", ""))


def _end(row: Values) -> datetime | None:
    return moment_of(row.get("ends_at", ""))


kind(
    "workforce.roster",
    zh="排班",
    en="Roster",
    fields=FIELDS,
    may=may,
    check=check,
    write=write,
    take_back=lambda by, shift_id: actions.remove(shift_id=shift_id, by=by),
    subject="shift",
)
