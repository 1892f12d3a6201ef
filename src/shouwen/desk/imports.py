"""Queues from a table: each with its skill, its topic in the portal and its agents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shouwen.accounts import queries as people
from shouwen.accounts.errors import StaffNotFound
from shouwen.kernel.errors import DomainError
from shouwen.kit.imports import Field, Wrong, kind
from shouwen.kit.imports.kinds import Values
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.messaging import actions as messaging
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from .errors import LevelsUnreadable, PersonUnknown

MEDIA = ("web_chat", "email", "e_form", "letter", "fax", "voice_mailbox", "sms", "wechat", "voice")
CODE = re.compile(r"[a-z][a-z0-9_]{0,38}")
FIELDS = (
    Field("code", "代码", "Code", required=True, unique=True, aliases=("队列代码",), example="broadband"),
    Field("name", "名称", "Name", required=True, aliases=("队列", "队列名称", "中文名称"), example="宽带报障"),
    Field("english", "英文名称", "English name", required=True, aliases=("英文名",), example="Broadband"),
    Field("leader", "值班长工号", "Duty leader", required=True, aliases=("值班长", "班长工号"), example="7002"),
    Field("agents", "坐席", "Agents", required=True, aliases=("座席", "坐席工号"), example="8021:8 8033:6"),
)


def levels(text: str) -> dict[str, int]:
    """Read agents with their levels: `8021:8 8033`; without a level it is 5. Raises LevelsUnreadable."""
    found = {}
    for part in text.replace("：", ":").replace("/", " ").split():
        number, _, level = part.partition(":")
        if not (level or "5").isascii() or not (level or "5").isdigit() or not 1 <= int(level or 5) <= 10:
            raise LevelsUnreadable(text=text[:60])
        found[number] = int(level or 5)
    return found


def may(by: Principal) -> None:
    """Refuse who may not configure queues and topics."""
    require(by, "routing.configure")
    require(by, "messaging.topics.manage")


def check(_by: Principal, batch: Sequence[Values]) -> list[list[Wrong]]:
    """Say what is wrong with each row."""
    taken = {queue.code for queue in queues.queues()}
    return [_wrong(row, taken) for row in batch]


def _wrong(row: Values, taken: set[str]) -> list[Wrong]:
    code = row.get("code", "").lower()
    if code in taken:
        return [Wrong("code", f"已有代码为 {code} 的队列", f"There is a queue {code} already")]
    if code and not CODE.fullmatch(code):
        return [
            Wrong(
                "code",
                "代码用小写字母、数字和下划线，字母开头",
                "A code is small letters, digits and _, a letter first",
            )
        ]
    found = [_refused("leader", row.get("leader", "")), _refused("agents", row.get("agents", ""))]
    return [wrong for wrong in found if wrong is not None]


def _refused(field: str, text: str) -> Wrong | None:
    try:
        for number in levels(text) if field == "agents" else filter(None, [text]):
            _staff(number)
    except DomainError as refusal:
        return Wrong(field, refusal.text("zh"), refusal.text("en"))
    return None


def write(by: Principal, row: Values) -> int:
    """Open a queue with its skill and its topic, and seat its agents."""
    code, leader = row["code"].lower(), _staff(row["leader"])
    routing.add_skill(code=code, name=row["name"], by=by)
    queue_id = routing.add_queue(
        code=code,
        name=row["name"],
        skill=code,
        organisation_id=leader.organisation_id,
        duty_leader_id=leader.id,
        media=MEDIA,
        general=not any(queue.general for queue in queues.queues()),
        by=by,
    )
    messaging.set_topic(by=by, code=code, zh=row["name"], en=row["english"], queue_code=code)
    for number, level in levels(row["agents"]).items():
        seat = _staff(number).id
        routing.open_seat(staff_id=seat, by=SYSTEM)
        routing.set_skill(staff_id=seat, skill=code, level=level, by=by)
    return queue_id


def _staff(number: str) -> people.StaffCard:
    try:
        return people.find_staff(number)
    except StaffNotFound:
        raise PersonUnknown(number=number[:20]) from None


def take_back(by: Principal, queue_id: int) -> None:
    """Remove a queue nobody has used, with its topic and skill."""
    messaging.remove_topic(by=by, code=routing.take_back_queue(queue_id=queue_id, by=by))


kind(
    "queues",
    zh="队列",
    en="Queues",
    fields=FIELDS,
    may=may,
    check=check,
    write=write,
    take_back=take_back,
    subject="queue",
)
