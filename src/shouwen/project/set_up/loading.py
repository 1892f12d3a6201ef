"""Writing a pasted table through the rooms' own actions: every line or none, what is wrong named by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction

from shouwen.accounts import actions as accounts
from shouwen.accounts import queries as people
from shouwen.accounts.errors import StaffNotFound
from shouwen.accounts.permissions import MANAGE_OPERATOR
from shouwen.kernel.errors import DomainError
from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.messaging import actions as messaging
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from . import tables
from .errors import (
    CellMissing,
    LevelsUnreadable,
    PersonUnknown,
    SeatTypeUnknown,
    TableEmpty,
    TableTooLong,
    UnitUnknown,
)

MEDIA = ("web_chat", "email", "e_form", "letter", "fax", "voice_mailbox", "sms", "wechat", "voice")


@dataclass(frozen=True)
class Line:
    """What became of one line."""

    line: int
    cells: dict[str, str]
    refusal: DomainError | None


class _Undone(Exception):
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines


@action
def load(*, kind: str, text: str, by: Principal, check: bool) -> tuple[list[Line], bool]:
    """Try every line; keep them all if none is refused and it is more than a check. Tell whether they were kept."""
    require(by, MANAGE_OPERATOR)
    rows = tables.read(kind, text)
    if not rows:
        raise TableEmpty
    if len(rows) > tables.MOST_ROWS:
        raise TableTooLong(limit=tables.MOST_ROWS)
    try:
        with transaction.atomic():
            return _load(kind, rows, by, check=check), True
    except _Undone as undone:
        return undone.lines, False


def _load(kind: str, rows: list[tables.Row], by: Principal, *, check: bool) -> list[Line]:
    lines = [_line(WRITERS[kind], row, by) for row in rows]
    if check or any(line.refusal for line in lines):
        raise _Undone(lines)
    audit.record(by, "set-up.load", subject="operator", subject_id=1, kind=kind, rows=len(rows))
    return lines


def _line(write: Callable[[Mapping[str, str], Principal], None], row: tables.Row, by: Principal) -> Line:
    """Try one line; a refusal undoes this line alone, so that the next ones are looked at too."""
    try:
        if row.missing:
            raise CellMissing(columns=", ".join(row.missing))
        with transaction.atomic():
            write(row.cells, by)
    except DomainError as refusal:
        return Line(row.line, row.cells, refusal)
    return Line(row.line, row.cells, None)


def _organisation(cells: Mapping[str, str], by: Principal) -> None:
    """Add what of province, city and team is not there yet."""
    units = people.organisations(by)
    parent = next(int(str(unit["id"])) for unit in units if unit["level"] == "group")
    for name in (cells["province"], cells["city"], cells["team"]):
        if not name:
            return
        there = next((unit for unit in units if unit["parent_id"] == parent and unit["name"] == name), None)
        parent = int(str(there["id"])) if there else accounts.add_organisation(name=name, parent_id=parent, by=by)


def _person(cells: Mapping[str, str], by: Principal) -> None:
    accounts.register(
        number=cells["number"],
        name=cells["name"],
        password=cells["password"],
        organisation_id=_unit(cells["organisation"], by),
        roles=[_seat_type(cells["role"], by)],
        email=cells["email"],
        by=by,
    )


def _unit(name: str, by: Principal) -> int:
    """Find a unit by its name, or by the end of its path (`江苏/苏州`)."""
    units = {int(str(unit["id"])): unit for unit in people.organisations(by)}
    wanted = [part.strip() for part in name.split("/")]
    found = [number for number in units if _path(number, units)[-len(wanted) :] == wanted]
    if len(found) != 1:
        raise UnitUnknown(name=name)
    return found[0]


def _path(number: int, units: Mapping[int, Mapping[str, object]]) -> list[str]:
    unit = units[number]
    above = unit["parent_id"]
    over = _path(int(str(above)), units) if above in units else []
    return [*over, str(unit["name"])]


def _seat_type(name: str, by: Principal) -> str:
    known = people.roles(by)
    for role in known:
        if name.lower() in {role.code, role.zh, role.en.lower(), role.zh.removesuffix("台席").removesuffix("台")}:
            return role.code
    raise SeatTypeUnknown(name=name, known="、".join(role.zh for role in known))


def _queue(cells: Mapping[str, str], by: Principal) -> None:
    """Open a queue with its skill and its topic in the portal, and seat its agents."""
    try:
        agents = tables.levels(cells["agents"])
    except ValueError:
        raise LevelsUnreadable(text=cells["agents"]) from None
    code, leader = cells["code"].lower(), _staff(cells["leader"])
    routing.add_skill(code=code, name=cells["name"], by=by)
    routing.add_queue(
        code=code,
        name=cells["name"],
        skill=code,
        organisation_id=leader.organisation_id,
        duty_leader_id=leader.id,
        media=MEDIA,
        general=not _has_general(),
        by=by,
    )
    messaging.set_topic(by=by, code=code, zh=cells["name"], en=cells["english"], queue_code=code)
    for number, level in agents.items():
        _seat(_staff(number).id, code, level, by)


def _has_general() -> bool:
    return any(queue.general for queue in queues.queues())


def _staff(number: str) -> people.StaffCard:
    try:
        return people.find_staff(number)
    except StaffNotFound:
        raise PersonUnknown(number=number) from None


def _seat(staff_id: int, code: str, level: int, by: Principal) -> None:
    routing.open_seat(staff_id=staff_id, by=SYSTEM)
    routing.set_skill(staff_id=staff_id, skill=code, level=level, by=by)


WRITERS: Mapping[str, Callable[[Mapping[str, str], Principal], None]] = {
    "organisations": _organisation,
    "staff": _person,
    "queues": _queue,
}
