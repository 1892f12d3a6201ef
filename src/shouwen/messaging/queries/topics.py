"""Where a customer's topic leads."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Topic


@dataclass(frozen=True)
class TopicView:
    """What a customer can choose to talk about."""

    code: str
    zh: str
    en: str
    queue_code: str


def topics() -> list[TopicView]:
    """Return the topics in use."""
    rows = Topic.objects.filter(active=True).order_by("id")
    return [TopicView(*row) for row in rows.values_list("code", "zh", "en", "queue_code")]


def topic_words(code: str, *, otherwise: str) -> TopicView:
    """Return a topic in both languages; one that is not on the list is said as it was given."""
    row = Topic.objects.filter(code=code).values_list("code", "zh", "en", "queue_code").first()
    return TopicView(*row) if row else TopicView(code, code or otherwise, code or otherwise, "")


def queue_for(topic: str) -> str:
    """Return the queue a topic leads to; the empty code, that is the general queue, when the need is unknown."""
    known = Topic.objects.filter(code=topic, active=True)
    return known.values_list("queue_code", flat=True).first() or ""
