"""What a replay came to: figures as text and JSON. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from shouwen.project.speech import say

State = Literal["left", "answered", "closed", "open", "unanswered"]


@dataclass(frozen=True)
class Outcome:
    """How one request stands at the end, as the product shows it."""

    state: State
    ticket: str = ""
    closed_reason: str = ""
    reopened: int = 0
    owner: bool = False
    clock: bool = False
    waited: timedelta | None = None
    to_close: timedelta | None = None
    wall: timedelta | None = None


@dataclass(frozen=True)
class Spread:
    """A figure over many requests, in seconds."""

    count: int
    mean: float
    p50: float
    p95: float

    @classmethod
    def of(cls, spans: Sequence[timedelta]) -> Spread | None:
        """Sum spans up; none is no spread."""
        if not spans:
            return None
        values = sorted(span.total_seconds() for span in spans)
        mean = math.fsum(values) / len(values)
        return cls(len(values), round(mean, 3), round(rank(values, 0.5), 3), round(rank(values, 0.95), 3))


@dataclass(frozen=True)
class Report:
    """Everything a replay has to say."""

    came_in: int
    not_accepted: int
    left: int
    answered_at_once: int
    tickets: int
    closed: int
    closed_confirmed: int
    closed_unreached: int
    reopened: int
    open: int
    open_with_owner_and_clock: int
    lost: int
    doubled: int
    ownerless: int
    wait: Spread | None
    to_close: Spread | None
    to_close_wall: Spread | None
    speed: float
    domain_seconds: float
    wall_seconds: float
    commands: int
    reads: int
    retried: int
    carried_per_second: float
    refusals: dict[str, int]
    faults: list[str]
    began_at: datetime
    ended_at: datetime

    @property
    def holds(self) -> bool:
        """Tell whether the promise held: nothing lost, doubled or without an owner, nobody turned away."""
        return not (self.lost or self.doubled or self.ownerless or self.not_accepted or self.faults)

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs."""
        plain = asdict(self)
        plain["began_at"], plain["ended_at"] = self.began_at.isoformat(), self.ended_at.isoformat()
        return {"holds": self.holds, **plain}


@dataclass(frozen=True)
class Run:
    """What is known about a replay besides its requests."""

    speed: float
    began_at: datetime
    ended_at: datetime
    wall_seconds: float
    commands: int
    reads: int
    retried: int
    refusals: dict[str, int]


@dataclass(frozen=True)
class Promise:
    """The product's own answer about the promise, with what the book adds."""

    lost: int = 0
    doubled: int = 0
    ownerless: int = 0
    faults: tuple[str, ...] = ()


def rank(ordered: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of all do not exceed (nearest rank)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def sum_up(outcomes: Sequence[Outcome], *, asked: int, promise: Promise, run: Run) -> Report:
    """Count."""
    tickets = [one for one in outcomes if one.ticket]
    still_open = [one for one in outcomes if one.state in {"open", "unanswered"}]
    done = len(outcomes) - len(still_open)
    return Report(
        came_in=len(outcomes),
        not_accepted=asked - len(outcomes),
        left=_count(outcomes, "left"),
        answered_at_once=_count(outcomes, "answered"),
        tickets=len(tickets),
        closed=_count(outcomes, "closed"),
        closed_confirmed=sum(one.closed_reason == "confirmed" for one in tickets),
        closed_unreached=sum(one.closed_reason == "unreached" for one in tickets),
        reopened=sum(one.reopened > 0 for one in tickets),
        open=len(still_open),
        open_with_owner_and_clock=sum(one.owner and one.clock for one in still_open),
        lost=promise.lost,
        doubled=promise.doubled,
        ownerless=promise.ownerless,
        wait=Spread.of([one.waited for one in outcomes if one.waited is not None]),
        to_close=Spread.of([one.to_close for one in outcomes if one.to_close is not None]),
        to_close_wall=Spread.of([one.wall for one in outcomes if one.wall is not None]),
        speed=run.speed,
        domain_seconds=round((run.ended_at - run.began_at).total_seconds(), 1),
        wall_seconds=round(run.wall_seconds, 1),
        commands=run.commands,
        reads=run.reads,
        retried=run.retried,
        carried_per_second=round(done / run.wall_seconds, 3) if run.wall_seconds else 0.0,
        refusals=dict(sorted(run.refusals.items())),
        faults=list(promise.faults),
        began_at=run.began_at,
        ended_at=run.ended_at,
    )


def _count(outcomes: Sequence[Outcome], state: State) -> int:
    return sum(one.state == state for one in outcomes)


def as_text(report: Report) -> str:
    """Return the report for people, in the language of their terminal."""
    rows = [
        (say("来件", "Requests in"), f"{report.came_in}"),
        (say("  排队中离开", "  left while waiting"), f"{report.left}"),
        (say("  当场答复", "  answered at once"), f"{report.answered_at_once}"),
        (say("  建单", "  became tickets"), f"{report.tickets}"),
        (say("已归档工单", "Tickets closed"), _closed(report)),
        (say("退回重办", "Reopened"), f"{report.reopened}"),
        (say("未结", "Still open"), f"{report.open}"),
        (say("  有责任人和时钟", "  with owner and clock"), f"{report.open_with_owner_and_clock}"),
        (say("未能受理", "Not accepted"), f"{report.not_accepted}"),
        (say("丢失", "Lost"), f"{report.lost}"),
        (say("重复", "Doubled"), f"{report.doubled}"),
        (say("无人负责", "Ownerless"), f"{report.ownerless}"),
        (say("等待人工（业务时间）", "Wait for a person (domain time)"), _spread(report.wait)),
        (say("到结束（业务时间）", "Until done (domain time)"), _spread(report.to_close)),
        (say("到结束（实际时间）", "Until done (wall time)"), _spread(report.to_close_wall)),
        (say("业务时间", "Domain time"), span(report.domain_seconds)),
        (say("实际时间", "Wall time"), f"{span(report.wall_seconds)} (x{report.speed:g})"),
        (say("操作 / 查询 / 重发", "Commands / reads / sent again"), _sent(report)),
        (say("每秒办到底", "Carried to their end per second"), f"{report.carried_per_second:.2f}"),
    ]
    lines = [f"{name}: {value}" for name, value in rows]
    verdict = (
        say("承诺兑现：是", "The promise held.") if report.holds else say("承诺兑现：否", "The promise was BROKEN.")
    )
    return "\n".join([*lines, *(f"  ! {fault}" for fault in report.faults[:50]), verdict])


def _closed(report: Report) -> str:
    confirmed, tried = report.closed_confirmed, report.closed_unreached
    return say(
        f"{report.closed}（客户确认 {confirmed}，按规定回访未果 {tried}）",
        f"{report.closed} (confirmed {confirmed}, tried as the policy asks {tried})",
    )


def _sent(report: Report) -> str:
    return f"{report.commands} / {report.reads} / {report.retried}"


def _spread(found: Spread | None) -> str:
    if found is None:
        return "-"
    return f"{say('平均', 'mean')} {span(found.mean)}, p50 {span(found.p50)}, p95 {span(found.p95)} ({found.count})"


def span(seconds: float) -> str:
    """Return a span as people say it."""
    if seconds < 120:
        return f"{seconds:.1f} s"
    if seconds < 7200:
        return f"{seconds / 60:.1f} min"
    return f"{seconds / 3600:.1f} h"
