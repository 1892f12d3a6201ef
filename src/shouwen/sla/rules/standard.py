"""The rules that the product ships: in force from the first day, and the floor below every edited one.

The standard's 48 hours, 72 hours and 3 working days; a fault is repaired within 48 hours in town and 72 in the country
(Telecom Regulations, article 32; where the area is not known the stricter limit holds); a complaint is answered within
15 days (rules on appeals, article 10), which nothing stops.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import time
from typing import Any

Content = dict[str, Any]
HOUR = 3600
SERVICE = "service"
KINDS = {
    "enquiry": ("咨询", "Enquiry"),
    "fault": ("故障", "Fault"),
    "complaint": ("投诉", "Complaint"),
    "suggestion": ("建议", "Suggestion"),
}
METRICS = {"response": ("响应", "response"), "handling": ("处理", "handling"), "feedback": ("反馈", "feedback")}
PAUSES = ({"reason": "customer", "limit_hours": 240}, {"reason": "force_majeure", "limit_hours": 168})
OFFICE_DAY = [["09:00", "12:00"], ["13:00", "18:00"]]
Step = tuple[int, list[str], bool]
STEPS: tuple[Step, ...] = (
    (50, ["handler"], False),
    (80, ["handler", "owner"], False),
    (100, ["duty_leader", "handler", "owner"], False),
    (150, ["duty_leader", "role:shift_leader"], False),
)
STATUTORY: tuple[Step, ...] = (
    (67, ["duty_leader", "owner"], False),
    (87, ["duty_leader", "handler", "owner"], False),
    (100, ["duty_leader", "handler", "owner"], True),
)


def calendars() -> dict[str, Content]:
    """Return the calendars by key."""
    week = [OFFICE_DAY] * 5 + [[]] * 2
    office = {"name": _name("客服中心工作日历", "Office hours of the centre"), "week": week}
    return {"office": {**office, "public_holidays": True, "days": []}}


def service_calendar(opens: time, closes: time, weekdays: Collection[int]) -> Content:
    """Return the calendar of the hours in which people answer, public holidays like any other day."""
    open_ = [[f"{opens:%H:%M}", f"{closes:%H:%M}"]]
    week = [open_ if day in weekdays else [] for day in range(7)]
    return {"name": _name("对客服务时间", "Service hours"), "week": week, "public_holidays": False, "days": []}


def ladders() -> dict[str, Content]:
    """Return the ladders by key."""
    return {
        "standard": _ladder("标准升级阶梯", "Standard ladder", STEPS),
        "statutory": _ladder("法定期限升级阶梯", "Statutory ladder", STATUTORY),
    }


def policies() -> dict[str, Content]:
    """Return the policies by key."""
    return dict([*_of_tickets(), *_of_the_law(), *_of_conversations()])


def _of_tickets() -> Iterator[tuple[str, Content]]:
    measures = {"response": _hours(48), "handling": _hours(72), "feedback": _measure(working_days=3)}
    for kind, (zh, en) in KINDS.items():
        for metric, (metric_zh, metric_en) in METRICS.items():
            measure = _hours(48) if (kind, metric) == ("fault", "handling") else measures[metric]
            name = _name(f"{zh}{metric_zh}时限", f"{en}: {metric_en}")
            yield f"{kind}.{metric}", _policy(name, metric, {"kind": [kind]}, measure, ladder="standard", pauses=PAUSES)


def _of_the_law() -> Iterator[tuple[str, Content]]:
    rural = _name("农村故障修复时限", "Fault in the country: handling")
    asked = {"kind": ["fault"], "area": ["rural"]}
    yield "fault.handling.rural", _policy(rural, "handling", asked, _hours(72), ladder="standard", pauses=PAUSES)
    statutory = _name("投诉法定答复期限", "Complaint: statutory answer")
    asked = {"kind": ["complaint"]}
    yield "complaint.statutory", _policy(statutory, "statutory", asked, _hours(15 * 24), ladder="statutory")
    data = _name("个人信息权利请求答复期限", "Data-rights request: statutory answer")
    asked = {"kind": ["data_request"]}
    yield "data_request.statutory", _policy(data, "statutory", asked, _hours(15 * 24), ladder="statutory")


def _of_conversations() -> Iterator[tuple[str, Content]]:
    talk, letter = {"kind": ["conversation"]}, {"kind": ["letter"]}
    yield "chat.answer", _policy(_name("会话应答时限", "Conversation: answer"), "answer", talk, _measure(60))
    yield "chat.handling", _policy(_name("会话处理时限", "Conversation: handling"), "handling", talk, _measure(1800))
    both = {"kind": ["conversation", "letter"]}
    yield "chat.wrap_up", _policy(_name("会话整理时限", "Conversation: wrap-up"), "wrap_up", both, _measure(300))
    answer = _name("非实时来件应答时限", "Written contact: answer")
    yield "letter.answer", _policy(answer, "answer", letter, _hours(48))
    handling = _name("非实时来件处理时限", "Written contact: handling")
    yield "letter.handling", _policy(handling, "handling", letter, _hours(72))


def _name(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _measure(seconds: int | None = None, working_days: int | None = None) -> Content:
    return {"seconds": seconds, "working_seconds": None, "working_days": working_days}


def _hours(hours: int) -> Content:
    return _measure(hours * HOUR)


def _policy(
    name: dict[str, str],
    metric: str,
    conditions: dict[str, list[str]],
    allowance: Content,
    *,
    ladder: str = "",
    pauses: Sequence[Content] = (),
) -> Content:
    return {
        "name": name,
        "metric": metric,
        "conditions": conditions,
        "allowance": allowance,
        "calendar": "office" if allowance["working_days"] else "",
        "ladder": ladder,
        "pauses": list(pauses),
    }


def _ladder(zh: str, en: str, steps: Sequence[Step]) -> Content:
    rungs = [{"percent": percent, "to": to, "any_hour": any_hour} for percent, to, any_hour in steps]
    return {"name": _name(zh, en), "quiet": ["21:00", "08:00"], "steps": rungs}
