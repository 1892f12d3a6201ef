"""What is said to callers, what the end of a ring means, which numbers are numbers. Pure."""

from __future__ import annotations

import re

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

ADDRESS = re.compile(r"^sip:[A-Za-z0-9_.+-]{1,30}@[A-Za-z0-9.-]{1,40}(:[0-9]{2,5})?$")
NUMBER = re.compile(r"^[0-9]{2,20}$")

TEXTS = {
    "greeting": "您好，欢迎致电客服热线。为保证服务质量，本次通话将被录音。",
    "closed": "您好，现在不是服务时间。我们{opens}开始服务，请届时再拨。",
    "turned_away": "您好，您的号码暂时无法接入人工服务。",
    "no_queue": "很抱歉，系统暂时无法为您接通，请稍后再拨。",
    "answered": "工号{number}为您服务。",
}


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
