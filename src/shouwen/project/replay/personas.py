"""What simulated people do, as pure rules: the same message and seed give the same behaviour."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from .reading import Message

LATEST_ANSWER = timedelta(hours=72)
USUAL_ANSWER = timedelta(hours=24)
SHORT = 120
CONFIRM_SHARE, REOPEN_SHARE = 0.7, 0.1
VISITOR_SHARE = 0.3
LEAVE_SHARE = 0.03
MESSAGE_LENGTH = 3500
TITLE_LENGTH = 120
DESCRIPTION_LENGTH = 8000
PLAIN_REPLY = "您反映的情况已核实处理。如有疑问请随时联系我们。"
FOLLOW_UP = "按您反映的情况再次核查，已处理完毕。"

_WORDS = {
    "complaint": ("投诉", "举报", "违规", "乱收", "扣费", "不满", "欺骗", "强制", "霸王", "侵占", "拖欠"),
    "fault": ("故障", "不通", "断网", "没信号", "无信号", "掉线", "坏", "停水", "停电", "停机", "修", "打不开"),
    "suggestion": ("建议", "希望", "请求增", "能否增", "应该", "倡议"),
    "enquiry": ("咨询", "请问", "吗", "？", "?", "如何", "怎么", "什么", "是否", "多少"),
}
_TOPICS = (
    ("complaint", ("投诉", "举报", "乱收", "扣费")),
    ("broadband", ("宽带", "光猫", "断网", "网速", "掉线")),
    ("porting", ("携号", "转网", "转入")),
    ("billing", ("套餐", "资费", "账单", "流量", "话费", "发票", "收费")),
)
_TITLE_WEIGHT = 3


class Ending(Enum):
    """What the customer does with a result."""

    CONFIRM = "confirm"
    REOPEN = "reopen"
    SILENT = "silent"


@dataclass(frozen=True)
class Plan:
    """How one request will go if the product lets it."""

    kind: str
    at_once: bool
    visitor: bool
    leaves: bool
    ending: Ending
    delay: timedelta
    reply: str


def plan(message: Message, *, seed: int) -> Plan:
    """Decide everything about one request before it begins."""
    dice = random.Random(f"{seed}:{message.id}")  # noqa: S311  a simulation, not a secret
    at_once = answered_at_once(message)
    return Plan(
        kind=kind_of(message),
        at_once=at_once,
        visitor=dice.random() < VISITOR_SHARE and at_once,
        leaves=dice.random() < LEAVE_SHARE and at_once,
        ending=ending(dice.random()),
        delay=answer_delay(message.written_at, message.replied_at),
        reply=message.reply or PLAIN_REPLY,
    )


def kind_of(message: Message) -> str:
    """Sort a message as an agent would: by its words, those of the subject counting most."""
    scores = {
        kind: sum(_TITLE_WEIGHT * (w in message.subject) + (w in message.text) for w in words)
        for kind, words in _WORDS.items()
    }
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else "enquiry"


def answered_at_once(message: Message) -> bool:
    """Tell whether an agent answers in the chat: short questions and suggestions, no faults or complaints."""
    return len(message.text) <= SHORT and kind_of(message) in {"enquiry", "suggestion"}


def ending(chance: float) -> Ending:
    """Turn a chance between 0 and 1 into what the customer does."""
    if chance < CONFIRM_SHARE:
        return Ending.CONFIRM
    return Ending.REOPEN if chance < CONFIRM_SHARE + REOPEN_SHARE else Ending.SILENT


def answer_delay(written_at: datetime, replied_at: datetime | None) -> timedelta:
    """Return how long the official answer took; later than 72 hours counts as 72 hours."""
    if replied_at is None:
        return USUAL_ANSWER
    return min(max(replied_at - written_at, timedelta(0)), LATEST_ANSWER)


def topic(message: Message) -> str:
    """Return the topic a customer chooses on the page."""
    said = message.subject + message.text
    return next((code for code, words in _TOPICS if any(word in said for word in words)), "general")


def opening(message: Message) -> list[str]:
    """Return what the customer types first, in as many messages as it needs."""
    return parts(f"{message.subject}\n{message.text}")


def title(message: Message) -> str:
    """Return the title an agent gives the ticket."""
    return " ".join(message.subject.split())[:TITLE_LENGTH].strip()


def description(message: Message) -> str:
    """Return what an agent writes into the ticket."""
    return message.text[:DESCRIPTION_LENGTH].strip()


def parts(text: str, length: int = MESSAGE_LENGTH) -> list[str]:
    """Cut a long text into messages, at line ends where that is possible."""
    found: list[str] = []
    rest = text.strip()
    while len(rest) > length:
        cut = rest.rfind("\n", length // 2, length)
        cut = cut if cut > 0 else length
        found.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [part for part in [*found, rest] if part]


def phone_of(place: int) -> str:
    """Return the number of the n-th customer, from a block that nobody is given."""
    return f"1549{place:07d}"


def address_of(place: int) -> str:
    """Return the network address of the n-th person, from the blocks kept for private use."""
    return f"10.{place >> 16 & 255}.{place >> 8 & 255}.{place & 255}"
