"""Which numbers we may call, when and how often, and what the end of a call that nobody answered means. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from shouwen.kernel.calendars import BEIJING
from shouwen.kernel.errors import InvalidInput

KIND, KEY = "telephony.dialling", "outbound"
"""Under which these rules are kept among the versions."""
SECONDS = 45
"""So long a customer's telephone rings before we give up."""
SHIPPED: Mapping[str, Any] = {
    "allowed": [*(f"1{n}XXXXXXXXX" for n in range(3, 10)), "0Z."],
    "barred": [],
    "opens": "08:00",
    "closes": "21:00",
    "a_day": 5,
    "apart_minutes": 5,
    "tries": 3,
    "again_minutes": 30,
}
"""Mobiles and fixed lines of the country, in the day, and not the same person again and again."""
LATER = {name: SHIPPED[name] for name in ("tries", "again_minutes")}
"""What rules written before these were asked for say of them."""
_LIMITS = {"a_day": (1, 50), "apart_minutes": (0, 1440), "tries": (1, 9), "again_minutes": (5, 1440)}
WORDS = {
    "busy": ("对方占线", "busy"),
    "no_answer": ("无人接听", "no answer"),
    "refused": ("对方拒接", "declined"),
    "wrong_number": ("号码不存在", "no such number"),
    "unreachable": ("无法接通", "out of reach"),
}
"""How a call that reached nobody is written on the customer's timeline."""
_PATTERN = re.compile(r"^[0-9XZN]{1,20}\.?$")
_CLASSES = {"X": "[0-9]", "Z": "[1-9]", "N": "[2-9]", ".": "[0-9]*"}
_CAUSES = {17: "busy", 18: "no_answer", 19: "no_answer", 21: "refused"}
_WRONG = {1, 3, 22, 28}
Why = Literal["", "destination", "hours", "often", "soon", "ports"]


class DialRulesInvalid(InvalidInput):
    """Rules for calling out are patterns of numbers, hours and limits."""

    code = "dial-rules-invalid"
    field = "content"
    zh = "外呼规则的「{word}」不正确：{need}。"
    en = "“{name}” of the rules for calling out is wrong: {need_en}."

    def __init__(self, *, name: str) -> None:
        word, need, need_en = _NEEDS[name]
        super().__init__(name=name, word=word, need=need, need_en=need_en)
        self.place = name

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Return the field that is at fault."""
        return [(self.place, self.text(language))]


_PATTERNS_ZH = "每行一个，由数字和 X（0-9）、Z（1-9）、N（2-9）组成，末尾可加点表示任意位"
_PATTERNS_EN = "one a line, of digits and X (0-9), Z (1-9), N (2-9), a dot at the end for any more"
_NEEDS = {
    "allowed": ("允许号码", _PATTERNS_ZH, _PATTERNS_EN),
    "barred": ("禁止号码", _PATTERNS_ZH, _PATTERNS_EN),
    "opens": ("最早时间", "填 时:分", "give hours:minutes"),
    "closes": ("最晚时间", "要晚于最早时间", "must be later than the earliest"),
    "a_day": ("每天次数", "填 1 至 50", "1 to 50"),
    "apart_minutes": ("间隔分钟", "填 0 至 1440", "0 to 1440"),
    "tries": ("回拨次数", "填 1 至 9", "1 to 9"),
    "again_minutes": ("重拨间隔分钟", "填 5 至 1440", "5 to 1440"),
}


@dataclass(frozen=True)
class DialRules:
    """What the house allows itself."""

    allowed: tuple[str, ...]
    barred: tuple[str, ...]
    opens: time
    closes: time
    a_day: int
    apart: timedelta
    tries: int
    """How often in all a call we owe is made to somebody who is not reached, and how far apart (`again`)."""
    again: timedelta


@dataclass(frozen=True)
class Verdict:
    """Why a number may not be called now (nothing: it may), and from when on it may."""

    why: Why = ""
    from_: datetime | None = None


def checked(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return rules as they are kept, or refuse them with the field that is wrong."""
    kept = {name: _patterns(content, name) for name in ("allowed", "barred")}
    hours = {name: _time(content, name) for name in ("opens", "closes")}
    if hours["opens"] >= hours["closes"]:
        raise DialRulesInvalid(name="closes")
    whole = {**LATER, **content}
    limits = {name: _number(whole, name, least, most) for name, (least, most) in _LIMITS.items()}
    return {**kept, **hours, **limits}


def read(content: Mapping[str, Any]) -> DialRules:
    """Read checked rules."""
    return DialRules(
        tuple(content["allowed"]),
        tuple(content["barred"]),
        time.fromisoformat(content["opens"]),
        time.fromisoformat(content["closes"]),
        content["a_day"],
        timedelta(minutes=content["apart_minutes"]),
        content["tries"],
        timedelta(minutes=content["again_minutes"]),
    )


def judge(rules: DialRules, number: str, called_at: Sequence[datetime], at: datetime) -> Verdict:
    """Say whether a number may be called now; `called_at`: when we called it lately."""
    if not _fits(number, rules.allowed) or _fits(number, rules.barred):
        return Verdict("destination")
    if (opens := _opens(rules, at)) > at:
        return Verdict("hours", opens)
    today = at.astimezone(BEIJING).date()
    if sum(one.astimezone(BEIJING).date() == today for one in called_at) >= rules.a_day:
        return Verdict("often", datetime.combine(today + timedelta(days=1), rules.opens, BEIJING))
    if called_at and max(called_at) + rules.apart > at:
        return Verdict("soon", max(called_at) + rules.apart)
    return Verdict()


def is_unknown(how: str, *, customers: bool) -> bool:
    """Tell whether nobody knows how a line of a call that we make ended, so that the call was cut.

    It went down with its media server; or it was the customer's, and nobody looked when it ended. Where the line of who
    calls ended unseen, he gave up or did not pick up: the customer's follows from that.
    """
    return how == "crash" or (how == "unseen" and customers)


def outcome_of(cause: int | None, *, rang: bool) -> str:
    """Return why a customer was not reached, by the cause his line ended with (Q.850) and whether it ever rang."""
    if cause in _WRONG:
        return "wrong_number"
    found = _CAUSES.get(cause or 0, "unreachable")
    return "unreachable" if found == "no_answer" and not rang else found


def _opens(rules: DialRules, at: datetime) -> datetime:
    """Return the first moment from `at` on inside the hours."""
    local = at.astimezone(BEIJING)
    first, last = (datetime.combine(local.date(), one, BEIJING) for one in (rules.opens, rules.closes))
    if at < first:
        return first
    return at if at < last else first + timedelta(days=1)


def _fits(number: str, patterns: Sequence[str]) -> bool:
    return any(re.fullmatch("".join(_CLASSES.get(sign, sign) for sign in one), number) for one in patterns)


def _patterns(content: Mapping[str, Any], name: str) -> list[str]:
    given = content.get(name)
    if not isinstance(given, list) or len(given) > 200 or (name == "allowed" and not given):
        raise DialRulesInvalid(name=name)
    if not all(isinstance(one, str) and _PATTERN.match(one) for one in given):
        raise DialRulesInvalid(name=name)
    return sorted(set(given))


def _time(content: Mapping[str, Any], name: str) -> str:
    try:
        return time.fromisoformat(str(content.get(name))).strftime("%H:%M")
    except ValueError:
        raise DialRulesInvalid(name=name) from None


def _number(content: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = content.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise DialRulesInvalid(name=name)
    return value
