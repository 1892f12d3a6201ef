"""What is said to callers, what the end of a ring means, which numbers are numbers. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from shouwen.kernel import phones
from shouwen.kernel.calendars import BEIJING

CAUSES = {
    17: "busy",
    18: "no_answer",
    19: "no_answer",
    21: "declined",
    1: "unreachable",
    3: "unreachable",
    20: "unreachable",
    27: "unreachable",
    34: "unreachable",
    38: "unreachable",
}
"""Why a phone of ours did not answer, by the cause its leg ended with (Q.850)."""

SILENT = 44
"""How a leg ends from which no sound came any more: its phone is gone, and nobody hung up (Q.850, 44)."""

REPORTED_EVERY = timedelta(seconds=30)
"""How often a gateway writes down how its media server stands when nothing changed."""
GONE_AFTER = 3 * REPORTED_EVERY
"""Not heard of for longer than this, a media server counts as gone: no ports, no trunk."""
FORGOTTEN_AFTER = timedelta(days=1)
"""Not heard of for longer than this, it is not counted at all."""

ADDRESS = re.compile(r"^sip:[A-Za-z0-9_.+-]{1,30}@[A-Za-z0-9.-]{1,40}(:[0-9]{2,5})?$")
NUMBER = re.compile(r"^[0-9]{2,20}$")

TEXTS = {
    "greeting": "您好，欢迎致电客服热线。为保证服务质量，本次通话将被录音。",
    "closed": "您好，现在不是服务时间。我们{opens}开始服务，请届时再拨。",
    "turned_away": "您好，您的号码暂时无法接入人工服务。",
    "no_queue": "很抱歉，系统暂时无法为您接通，请稍后再拨。",
    "answered": "工号{number}为您服务。",
    "we_call": "您好，这里是客户服务热线。为保证服务质量，本次通话将被录音。工号{number}为您服务。",
    "first": "您排在第一位。",
    "ahead": "您前面还有{count}位客户。",
    "soon": "预计等待不到一分钟。",
    "minutes": "预计等待大约{count}分钟。",
    "long": "预计等待超过三十分钟。",
    "offer": "不想等待请按一，我们会按您现在的排队位置给您回电。",
    "called_back": "好的，轮到您时，我们会拨打您的来电号码。感谢来电，再见。",
    "called_back_from": "好的，我们会在{when}以后拨打您的来电号码。感谢来电，再见。",
}

CALLBACK_KEY = "1"
"""What a caller presses who would rather be called back."""
FIRST_TELLING = timedelta(seconds=3)
"""So soon a caller hears his place; who is answered sooner hears a person instead."""
LONGEST_TOLD = 30
NAME_MOST = 200
_DIGITS = "零一二三四五六七八九"


def text(key: str, **params: object) -> str:
    """Return what is said to a caller."""
    return TEXTS[key].format(**params)


def cause_of(code: int | None) -> str:
    """Return why a phone did not answer; a leg that is simply gone was lost."""
    return CAUSES.get(code or 0, "lost")


def facets(*, tier: int | None = None, customer: str = "") -> dict[str, str]:
    """Return what is known of a call in the words of the policies of time."""
    return {
        "kind": "conversation",
        "channel": "voice",
        "tier": str(tier) if tier is not None else "",
        "customer": customer,
    }


def number_of(text: str) -> str:
    """Return a calling or dialled number as it is kept: digits with a leading plus, nothing else, not too long."""
    kept = re.sub(r"[^0-9+*#]", "", text)
    return kept[:20]


def network_id(text: str) -> str:
    """Return the network's name of a call (SIP Call-ID) as it is kept."""
    return text[:NAME_MOST]


def first_telling(every: int | None, at: datetime) -> datetime | None:
    """Return when somebody who begins to wait is told his place; None where that is never done."""
    return None if every is None else at + FIRST_TELLING


def next_telling(every: int | None, at: datetime) -> datetime | None:
    """Return when he is told again."""
    return None if every is None else at + timedelta(seconds=every)


def place_words(ahead: int, expected_seconds: int | None, *, offer: bool) -> list[str]:
    """Return the sentences a waiting caller hears: his place, the wait where it is known, what else he may do."""
    words = [text("ahead", count=counted(ahead)) if ahead else text("first")]
    if expected_seconds is not None:
        words.append(_wait_words(expected_seconds))
    return [*words, text("offer")] if offer else words


def _wait_words(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes > LONGEST_TOLD:
        return text("long")
    return text("minutes", count=counted(minutes)) if minutes > 1 else text("soon")


def counted(number: int) -> str:
    """Return a number as it is spoken before what is counted: 两, 十二, 二十; beyond 99 nobody counts any more."""
    if number > 99:
        return "一百多"
    return "两" if number == 2 else _spelt(number)


def _spelt(number: int) -> str:
    """Return a number below 100 in characters."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def moment(at: datetime) -> str:
    """Return a day and time of day as they are spoken: 十一月二十六日八点三十分."""
    local = at.astimezone(BEIJING)
    minutes = f"{_spelt(local.minute)}分" if local.minute else ""
    return f"{_spelt(local.month)}月{_spelt(local.day)}日{counted(local.hour)}点{minutes}"


def national(number: str) -> str:
    """Return a number as our switch dials it."""
    return number[2:] if len(number) == 13 and number.startswith("861") else number


def number_to_call_back(calling: str) -> str | None:
    """Return the number of a telephone that can be called back; None for none, a hidden one, and service codes."""
    try:
        number = phones.normalise(calling)
    except phones.InvalidPhone:
        return None
    return number if phones.kind_of(national(number)) in {"mobile", "fixed"} else None
