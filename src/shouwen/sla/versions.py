"""Calendars, policies and ladders have versions: written by one person, published by another of the owner unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from shouwen.kit import versions

from .errors import ContentInvalid, RuleMalformed
from .permissions import EDIT_RULES, PUBLISH_RULES
from .queries.in_force import CALENDAR, LADDER, POLICY
from .rules import content, shapes, words
from .rules.content import Fault

Content = dict[str, Any]
WHY: dict[Fault, tuple[str, str, str]] = {
    "week_empty": ("week", "一周至少要有一个工作时段。", "Give the week at least one working period."),
    "periods": (
        "week",
        "每天的时段要先后有序、互不重叠，结束晚于开始（00:00 结束表示到当天末）。",
        "Periods of a day run forwards and do not overlap; closing at 00:00 means the end of the day.",
    ),
    "days": ("days", "同一天只能设置一次。", "Each day may be set apart once."),
    "allowance": (
        "allowance",
        "时长只填一种：自然时间、工作时间或工作日数，并且大于零。",
        "Give one measure above zero: time, working time or working days.",
    ),
    "calendar_missing": ("calendar", "按工作时间计算时要选工作日历。", "Counting working time needs a calendar."),
    "conditions": ("conditions", "有不认识的条件。", "A condition is unknown."),
    "pauses": ("pauses", "每种暂停原因只能列一次，上限要大于零。", "Each reason once, with a limit above zero."),
    "steps": (
        "steps",
        "每一级的百分比各不相同，在 1 到 1000 之间。",
        "Each rung has its own percentage from 1 to 1000.",
    ),
    "recipients": (
        "steps",
        "每一级至少通知一方：首问责任人、当前处理、值班长、某个台席（role:）或某位员工（staff:工号）。",
        "Each rung tells somebody: owner, handler, duty_leader, role:<seat type> or staff:<number>.",
    ),
    "quiet": ("quiet", "静默时段的开始和结束不能相同。", "Quiet hours begin and end at different times."),
}


def _shaped(shape: type[BaseModel]) -> Callable[[Content], Content]:
    def check(given: Content) -> Content:
        """Return the content as it is kept, or name the first part that has the wrong shape."""
        try:
            return shape.model_validate(given).model_dump(mode="json")
        except ValidationError as wrong:
            first = wrong.errors()[0]
            raise RuleMalformed(where=".".join(map(str, first["loc"]))[:80]) from None

    return check


def _sound(find: Callable[[Content], Fault | None]) -> Callable[[Content], Content]:
    def ready(given: Content) -> Content:
        """Return the content, or say what in it does not hold together."""
        fault = find(given)
        if fault is None:
            return given
        where, zh, en = WHY[fault]
        raise ContentInvalid(where=where, why_zh=zh, why_en=en)

    return ready


versions.register(
    versions.Kind(
        CALENDAR,
        "工作日历",
        "Working calendar",
        edit=EDIT_RULES,
        publish=PUBLISH_RULES,
        check=_shaped(shapes.Calendar),
        ready=_sound(content.calendar_fault),
        labels=words.LABELS,
        say=words.said,
    )
)
versions.register(
    versions.Kind(
        POLICY,
        "时限规则",
        "Time limit",
        edit=EDIT_RULES,
        publish=PUBLISH_RULES,
        check=_shaped(shapes.Policy),
        ready=_sound(content.policy_fault),
        labels=words.LABELS,
        say=words.said,
    )
)
versions.register(
    versions.Kind(
        LADDER,
        "升级阶梯",
        "Escalation ladder",
        edit=EDIT_RULES,
        publish=PUBLISH_RULES,
        check=_shaped(shapes.Ladder),
        ready=_sound(content.ladder_fault),
        labels=words.LABELS,
        say=words.said,
    )
)
