"""How long we wait for a customer who is not there, and what the house says by itself. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

INDIRECT = frozenset({"letter", "voice_mailbox", "email", "e_form", "fax"})
Next = Literal["keep", "warn", "end"]


@dataclass(frozen=True)
class Patience:
    """The policy for customers who fall silent or go away, on the wall."""

    gone_after: timedelta = timedelta(minutes=3)
    warn_after: timedelta = timedelta(minutes=10)
    end_after: timedelta = timedelta(minutes=5)


PATIENCE = Patience()


def contact_mode(medium: str) -> str:
    """Return how people take part: letters, mails, forms, faxes and voice mail are answered indirectly."""
    return "indirect_manual" if medium in INDIRECT else "direct_manual"


def facets(medium: str, *, tier: int | None = None, customer: str = "") -> dict[str, str]:
    """Return what is known of a conversation in the words of the policies of time."""
    return {
        "kind": "letter" if medium in INDIRECT else "conversation",
        "channel": medium,
        "tier": str(tier) if tier is not None else "",
        "customer": customer,
    }


def klass(*, kind: str, key: bool) -> str:
    """Return in which class a customer waits: the green channel, key customers, everybody."""
    if kind == "gov_ent":
        return "green"
    return "vip" if key else "plain"


def is_gone(*, seen_at: datetime, at: datetime, patience: Patience) -> bool:
    """Tell whether a waiting customer has been away for too long."""
    return at - seen_at > patience.gone_after


def next_step(*, silent_since: datetime, warned_at: datetime | None, at: datetime, patience: Patience) -> Next:
    """Say what becomes of an answered conversation whose customer is silent: first a word, then the end."""
    if warned_at is not None:
        return "end" if at - warned_at > patience.end_after else "keep"
    return "warn" if at - silent_since > patience.warn_after else "keep"


TEXTS = {
    "answered": (
        "工号 {number} 为您服务。",
        "Agent {number} is with you.",
    ),
    "transferred": (
        "正在为您转接到「{queue}」，前面的对话会一起转过去，请稍候。",
        "You are being passed on to “{queue}” together with this conversation. One moment, please.",
    ),
    "silent": (
        "您已有一会儿没有回复。如果还需要帮助，请直接回复；{minutes} 分钟后会话将自动结束。",
        "We have not heard from you for a while. Reply if you still need help; this ends in {minutes} minutes.",
    ),
    "callback": (
        "已为您登记回拨，您的排队位置会保留，我们会尽快致电。",
        "We will call you back as soon as we can; you keep your place in line.",
    ),
    "closed": (
        "现在不在服务时间，您已在排队中。我们 {opens} 开始服务，届时按先后顺序为您接入；留言会保留。",
        "We are closed now and you are in line. We open at {opens} and take everybody in order; your words are kept.",
    ),
    "ended_silent": (
        "由于长时间没有收到回复，会话已结束。需要时欢迎再次联系，对话记录会保留。",
        "The conversation has ended because we did not hear from you. Contact us again any time; it is kept.",
    ),
}


def text(key: str, language: str, **params: object) -> str:
    """Return what the house says, in the customer's language."""
    return TEXTS[key][language.startswith("en")].format(**params)
