"""What becomes of a contact that nobody takes: who else may take it, and where it goes on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

RINGS_LIMIT = 9


@dataclass(frozen=True)
class Ring:
    """From `after_seconds` of waiting on, who has `skill` at `level` or better may take it too."""

    after_seconds: int
    skill: str
    level: int = 1


@dataclass(frozen=True)
class Shape:
    """Rings from the nearest to the widest; limits and the queues where a contact goes on when one is reached."""

    rings: tuple[Ring, ...] = ()
    most_waiting: int | None = None
    overflow_to: str = ""
    flow_out_seconds: int | None = None
    flow_out_to: str = ""
    long_wait_seconds: int | None = None


def faults(shape: Shape, *, queue: str, skills: Collection[str], queues: Collection[str]) -> list[str]:
    """Return what is wrong with a shape of `queue`, in the words of its fields; nothing when it may be used.

    `skills` and `queues` are those of the queue's routing domain.
    """
    return [*_ring_faults(shape.rings, skills), *_way_faults(shape, queue, queues)]


def _ring_faults(rings: Sequence[Ring], skills: Collection[str]) -> list[str]:
    found = [f"rings.skill {ring.skill}" for ring in rings if ring.skill not in skills]
    found += [f"rings.level {ring.level}" for ring in rings if not 1 <= ring.level <= 10]
    seconds = [ring.after_seconds for ring in rings]
    if seconds != sorted(seconds) or min(seconds, default=0) < 0:
        found.append("rings.after_seconds ≥ 0, ↑")
    if len(rings) > RINGS_LIMIT:
        found.append(f"rings ≤ {RINGS_LIMIT}")
    return found


def _way_faults(shape: Shape, queue: str, queues: Collection[str]) -> list[str]:
    others = set(queues) - {queue}
    found = []
    if (shape.most_waiting is None) != (not shape.overflow_to) or _none(shape.most_waiting):
        found.append("most_waiting ≥ 1, overflow_to")
    if (shape.flow_out_seconds is None) != (not shape.flow_out_to) or _none(shape.flow_out_seconds):
        found.append("flow_out_seconds ≥ 1, flow_out_to")
    found += [f"queue {code}" for code in (shape.overflow_to, shape.flow_out_to) if code and code not in others]
    if _none(shape.long_wait_seconds):
        found.append("long_wait_seconds ≥ 1")
    return found


def _none(limit: int | None) -> bool:
    """Tell whether a limit is given and leaves nothing."""
    return limit is not None and limit < 1
