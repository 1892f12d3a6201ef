"""When something on the floor needs a person: plain comparisons of how things stand with their limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal[
    "waiting_long",
    "level_low",
    "queue_unstaffed",
    "agent_lost",
    "break_long",
    "talk_long",
    "ports_full",
    "trunk_down",
    "server_gone",
]


@dataclass(frozen=True)
class Rule:
    """What is watched: its limit from the start, and the unit of the limit (none: it is or it is not)."""

    kind: Kind
    limit: float
    unit: Literal["seconds", "percent", "none"]
    zh: str
    en: str


RULES: dict[str, Rule] = {
    r.kind: r
    for r in (
        Rule("waiting_long", 60, "seconds", "排队等待超过", "Waiting longer than"),
        Rule("level_low", 75, "percent", "15 秒接通率低于", "Service level below"),
        Rule("queue_unstaffed", 0, "none", "有人排队而无人在岗", "People wait and nobody serves the queue"),
        Rule("agent_lost", 0, "none", "坐席屏幕失联", "A seat's screen is lost"),
        Rule("break_long", 900, "seconds", "小休超过", "On break longer than"),
        Rule("talk_long", 720, "seconds", "会话超过", "With one contact longer than"),
        Rule("ports_full", 90, "percent", "电话端口占用超过", "Telephone ports in use, more than"),
        Rule("trunk_down", 0, "none", "中继不应答", "A trunk does not answer"),
        Rule("server_gone", 0, "none", "媒体服务器失联", "A media server is gone"),
    )
}
NAME_MOST = 30
ENOUGH = 10
"""A service level of fewer visits alarms nobody."""


@dataclass(frozen=True)
class QueueNow:
    """How a queue stands."""

    code: str
    organisation_id: int
    waiting: int
    waiting_since: datetime | None
    staffed: int
    counted: int
    level: float | None


@dataclass(frozen=True)
class SeatNow:
    """How a seat stands; `serving_since` is when its longest contact was answered."""

    staff_id: int
    organisation_id: int
    state: str
    reason: str
    since: datetime
    serving_since: datetime | None


@dataclass(frozen=True)
class PlatformNow:
    """How one media server stands, and who is concerned: the organisations whose queues take calls."""

    name: str
    organisations: tuple[int, ...]
    ports: int
    in_use: int
    down: tuple[str, ...]
    gone: bool = False


@dataclass(frozen=True)
class Signal:
    """Something that needs a person now."""

    kind: Kind
    subject: str
    organisation_id: int
    queue_code: str
    staff_id: int | None
    value: float | None


def signals(
    queues: Iterable[QueueNow],
    seats: Iterable[SeatNow],
    limits: Mapping[str, float],
    at: datetime,
    platforms: Iterable[PlatformNow] = (),
) -> Iterator[Signal]:
    """Return everything past its limit; a limit itself is not past. Rules without a limit in `limits` are off."""
    for queue in queues:
        for kind, value in _of_queue(queue, limits, at):
            yield Signal(kind, queue.code, queue.organisation_id, queue.code, None, value)
    for seat in seats:
        for kind, value in _of_seat(seat, limits, at):
            yield Signal(kind, str(seat.staff_id), seat.organisation_id, "", seat.staff_id, value)
    for platform in platforms:
        for kind, what, value in _of_platform(platform, limits):
            for organisation in platform.organisations:
                yield Signal(kind, f"{what}@{organisation}", organisation, "", None, value)


def _of_queue(queue: QueueNow, limits: Mapping[str, float], at: datetime) -> Iterator[tuple[Kind, float | None]]:
    waited = _lasting(queue.waiting_since, at)
    if waited is not None and waited > limits.get("waiting_long", float("inf")):
        yield "waiting_long", waited
    if queue.level is not None and queue.counted >= ENOUGH and queue.level < limits.get("level_low", 0):
        yield "level_low", queue.level
    if "queue_unstaffed" in limits and queue.waiting and not queue.staffed:
        yield "queue_unstaffed", float(queue.waiting)


def _of_seat(seat: SeatNow, limits: Mapping[str, float], at: datetime) -> Iterator[tuple[Kind, float | None]]:
    lasting, serving = _lasting(seat.since, at) or 0.0, _lasting(seat.serving_since, at)
    if "agent_lost" in limits and seat.reason == "lost":
        yield "agent_lost", lasting
    if seat.state == "break" and lasting > limits.get("break_long", float("inf")):
        yield "break_long", lasting
    if serving is not None and serving > limits.get("talk_long", float("inf")):
        yield "talk_long", serving


def _of_platform(platform: PlatformNow, limits: Mapping[str, float]) -> Iterator[tuple[Kind, str, float | None]]:
    share = 100 * platform.in_use / platform.ports if platform.ports else 0.0
    if share > limits.get("ports_full", float("inf")):
        yield "ports_full", platform.name, share
    if "server_gone" in limits and platform.gone:
        yield "server_gone", platform.name, None
    if "trunk_down" in limits:
        for trunk in platform.down:
            yield "trunk_down", trunk[:NAME_MOST], None


def _lasting(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else max((at - since).total_seconds(), 0.0)
