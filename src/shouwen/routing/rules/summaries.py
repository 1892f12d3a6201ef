"""What a definition says, in one sentence. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Content = Mapping[str, Any]
Words = tuple[str, str]
Called = Callable[[str, str], Words]
"""What something is called: its kind, its code."""
STATES: Mapping[str, Words] = {
    "break": ("小休", "break"),
    "training": ("培训", "training"),
    "meeting": ("会议", "meeting"),
}


def by_code(_what: str, code: str) -> Words:
    """Call things by their codes."""
    return code, code


def summary(kind: str, content: Content, called: Called = by_code) -> Words:
    """Return the sum of a definition in both languages."""
    return _SUMS[kind](content, called)


def names(kind: str, key: str, content: Content) -> Words:
    """Return what a definition is called."""
    if kind == "queue":
        name = content.get("name") or key
        return name, name
    return content["zh"], content["en"]


def _queue(content: Content, called: Called) -> Words:
    skill = called("skill", content["skill"]) if content.get("skill") else ("—", "—")
    zh = [f"技能「{skill[0]}」{content['needed_level']} 级起", f"振铃 {content['offer_seconds']} 秒"]
    en = [f"{skill[1]} from level {content['needed_level']}", f"rings {content['offer_seconds']} s"]
    if content["rings"]:
        zh.append(f"扩大 {len(content['rings'])} 圈")
        en.append(f"{len(content['rings'])} wider rings")
    if content["overflow_to"]:
        other = called("queue", content["overflow_to"])
        zh.append(f"满 {content['most_waiting']} 人转「{other[0]}」")
        en.append(f"full at {content['most_waiting']}: {other[1]}")
    if content["hours"]:
        hours = called("calendar", content["hours"])
        zh.append(f"服务时间「{hours[0]}」")
        en.append(f"open by {hours[1]}")
    return "；".join(zh), "; ".join(en)


def _skill(content: Content, called: Called) -> Words:
    zh, en = "台席的一项能力，等级 1 至 10", "something a seat can do, level 1 to 10"
    if needed := content.get("qualification"):
        level, name = content.get("qualification_level", 1), called("qualification", needed)
        zh, en = f"{zh}；须有资格「{name[0]}」{level} 级", f"{en}; needs {name[1]} at level {level}"
    return zh, en


def _code(content: Content, called: Called) -> Words:
    if content["alias_of"]:
        return f"并入 {content['alias_of']}", f"an alias of {content['alias_of']}"
    main = ("主推号码，", "promoted, ") if content["main"] else ("", "")
    zh, en = "需求未知，进入综合队列", "need unknown: general queue"
    if content["queue"]:
        queue = called("queue", content["queue"])
        zh, en = f"进入「{queue[0]}」", f"leads to {queue[1]}"
    return main[0] + zh, main[1] + en


def _break(content: Content, _called: Called) -> Words:
    zh, en = STATES[content["state"]]
    minutes, times = content["minutes_a_day"], content["times_a_day"]
    zh += f"，每天 {minutes} 分钟" if minutes else "，不限时长"
    en += f", {minutes} minutes a day" if minutes else ", no limit of minutes"
    if times:
        zh, en = f"{zh}，{times} 次", f"{en}, {times} times"
    return zh, en


def _reason(content: Content, called: Called) -> Words:
    if not content["active"]:
        return "已停用", "not offered"
    if not content["parent"]:
        return "第一级", "first level"
    above = called("reason", content["parent"])
    return f"归入「{above[0]}」", f"under {above[1]}"


_SUMS: Mapping[str, Callable[[Content, Called], Words]] = {
    "queue": _queue,
    "skill": _skill,
    "code": _code,
    "break": _break,
    "reason": _reason,
}
