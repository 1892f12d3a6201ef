"""What a definition says, in one sentence. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Content = Mapping[str, Any]
Words = tuple[str, str]
STATES: Mapping[str, Words] = {
    "break": ("小休", "break"),
    "training": ("培训", "training"),
    "meeting": ("会议", "meeting"),
}


def summary(kind: str, content: Content) -> Words:
    """Return the sum of a definition in both languages."""
    return _SUMS[kind](content)


def names(kind: str, key: str, content: Content) -> Words:
    """Return what a definition is called."""
    if kind == "queue":
        name = content.get("name") or key
        return name, name
    return content["zh"], content["en"]


def _queue(content: Content) -> Words:
    zh = [f"技能 {content.get('skill') or '—'} {content['needed_level']} 级起", f"振铃 {content['offer_seconds']} 秒"]
    en = [f"{content.get('skill') or '—'} from level {content['needed_level']}", f"rings {content['offer_seconds']} s"]
    if content["rings"]:
        zh.append(f"扩大 {len(content['rings'])} 圈")
        en.append(f"{len(content['rings'])} wider rings")
    if content["overflow_to"]:
        zh.append(f"满 {content['most_waiting']} 人转 {content['overflow_to']}")
        en.append(f"full at {content['most_waiting']}: {content['overflow_to']}")
    if content["hours"]:
        zh.append(f"服务时间 {content['hours']}")
        en.append(f"open by {content['hours']}")
    return "；".join(zh), "; ".join(en)


def _skill(content: Content) -> Words:
    zh, en = "台席的一项能力，等级 1 至 10", "something a seat can do, level 1 to 10"
    if needed := content.get("qualification"):
        level = content.get("qualification_level", 1)
        zh, en = f"{zh}；须有资格 {needed} {level} 级", f"{en}; needs {needed} at level {level}"
    return zh, en


def _code(content: Content) -> Words:
    if content["alias_of"]:
        return f"并入 {content['alias_of']}", f"an alias of {content['alias_of']}"
    main = ("主推号码，", "promoted, ") if content["main"] else ("", "")
    queue = content["queue"]
    zh, en = (
        (f"进入 {queue}", f"leads to {queue}") if queue else ("需求未知，进入综合队列", "need unknown: general queue")
    )
    return main[0] + zh, main[1] + en


def _break(content: Content) -> Words:
    zh, en = STATES[content["state"]]
    minutes, times = content["minutes_a_day"], content["times_a_day"]
    zh += f"，每天 {minutes} 分钟" if minutes else "，不限时长"
    en += f", {minutes} minutes a day" if minutes else ", no limit of minutes"
    if times:
        zh, en = f"{zh}，{times} 次", f"{en}, {times} times"
    return zh, en


def _reason(content: Content) -> Words:
    if not content["active"]:
        return "已停用", "not offered"
    return (
        ("归入 " + content["parent"], "under " + content["parent"]) if content["parent"] else ("第一级", "first level")
    )


_SUMS: Mapping[str, Callable[[Content], Words]] = {
    "queue": _queue,
    "skill": _skill,
    "code": _code,
    "break": _break,
    "reason": _reason,
}
