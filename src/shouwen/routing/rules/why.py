"""Why a contact was offered to just this seat, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .precedence import Klass

_KLASS = {
    Klass.RE_OFFER: ("重新分配或班长指派，优先于所有新来的", "sent back or pulled by a leader: before all new ones"),
    Klass.TRANSFER: ("转接来的，优先于所有新来的", "transferred: before all new ones"),
    Klass.GREEN: ("政企绿色通道", "green channel for government and enterprise"),
    Klass.VIP: ("重点客户", "key customer"),
    Klass.CALLBACK: ("到时间的回拨", "a callback that was due"),
    Klass.PLAIN: ("普通客户，按到达先后", "everybody else, by arrival"),
}


@dataclass(frozen=True)
class Chosen:
    """What counted when a seat was chosen."""

    klass: str
    ring: int
    level: int
    held: bool
    same_site: bool
    highest_grade: bool
    idle: timedelta
    waited: timedelta


@dataclass(frozen=True)
class Reason:
    """One reason in both languages."""

    zh: str
    en: str


def reasons(chosen: Chosen) -> list[Reason]:
    """Return why, in the order in which it counts."""
    zh, en = _KLASS[Klass(chosen.klass)]
    found = [Reason(f"客户在此队列等了 {_span(chosen.waited)}；{zh}", f"waited {_span(chosen.waited)}; {en}")]
    if chosen.held:
        found.append(Reason("为熟悉该客户的台席保留", "held for the seat that knows the customer"))
    found.append(_ring(chosen))
    if chosen.same_site:
        found.append(Reason("与队列同一站点", "at the queue's own site"))
    found.append(
        Reason(
            f"已空闲 {_span(chosen.idle)}，同等条件下空闲最久",
            f"idle for {_span(chosen.idle)}, the longest among equals",
        )
    )
    return found


def _ring(chosen: Chosen) -> Reason:
    if chosen.highest_grade:
        return Reason(
            f"重点客户给等级最高者：{chosen.level} 级", f"a key customer gets the highest grade: level {chosen.level}"
        )
    if chosen.ring:
        return Reason(
            f"本队列技能无人空闲，已扩大到第 {chosen.ring} 圈；{chosen.level} 级",
            f"nobody with the queue's own skill was free, ring {chosen.ring} was open; level {chosen.level}",
        )
    return Reason(
        f"具备本队列技能 {chosen.level} 级，富余最少",
        f"has the queue's skill at level {chosen.level}, the least surplus",
    )


def _span(span: timedelta) -> str:
    seconds = max(round(span.total_seconds()), 0)
    return f"{seconds // 60}:{seconds % 60:02}"


def waited(requested_at: datetime, at: datetime) -> timedelta:
    """Return how long somebody had waited."""
    return max(at - requested_at, timedelta())
