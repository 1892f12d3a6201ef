"""What users define: queue rules, dialled codes and break reasons; and the checks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from shouwen.kernel.errors import InvalidInput

from .entry import Closed
from .precedence import Discipline
from .shapes import Ring, Shape

Content = dict[str, Any]
BREAK_STATES = ("break", "training", "meeting")


class DefinitionInvalid(InvalidInput):
    """A definition lacks something or names what is not there."""

    code = "definition-invalid"
    field = "content"
    zh = "定义中的「{name}」缺失或不正确。请按说明填写，技能和队列须已存在。"
    en = "“{name}” is missing or wrong in this definition. Fill it in as described; skills and queues must exist."


@dataclass(frozen=True)
class QueueRules:
    """Everything about a queue that users may change without programming."""

    needed_level: int
    discipline: str
    offer_seconds: int
    hold_seconds: int
    wrap_up_seconds: int
    shape: Shape
    hours: str
    closed: str
    closed_to: str
    callbacks_from: time
    callbacks_until: time


def queue_content(content: Content) -> Content:
    """Return a queue's rules as they are kept, or refuse them."""
    rings = content.get("rings") or []
    _require(isinstance(rings, list) and all(isinstance(ring, dict) for ring in rings), "rings")
    kept = {
        "needed_level": _number(content, "needed_level", 1, 10, usual=1),
        "discipline": _choice(content, "discipline", [d.value for d in Discipline], usual=Discipline.WEIGHTED.value),
        "offer_seconds": _number(content, "offer_seconds", 5, 600, usual=30),
        "hold_seconds": _number(content, "hold_seconds", 0, 600, usual=30),
        "wrap_up_seconds": _number(content, "wrap_up_seconds", 0, 3600, usual=300),
        "rings": [_ring(ring) for ring in rings],
        "most_waiting": _optional(content, "most_waiting", 1, 100_000),
        "overflow_to": _text(content, "overflow_to"),
        "flow_out_seconds": _optional(content, "flow_out_seconds", 1, 86_400),
        "flow_out_to": _text(content, "flow_out_to"),
        "long_wait_seconds": _optional(content, "long_wait_seconds", 1, 86_400),
        "hours": _text(content, "hours"),
        "closed": _choice(content, "closed", [c.value for c in Closed], usual=Closed.WAIT.value),
        "closed_to": _text(content, "closed_to"),
        "callbacks_from": _time(content, "callbacks_from", usual="08:00"),
        "callbacks_until": _time(content, "callbacks_until", usual="21:00"),
    }
    _require((kept["most_waiting"] is None) == (not kept["overflow_to"]), "overflow_to")
    _require((kept["flow_out_seconds"] is None) == (not kept["flow_out_to"]), "flow_out_to")
    _require((kept["closed"] == "other") == bool(kept["closed_to"]), "closed_to")
    _require(str(kept["callbacks_from"]) < str(kept["callbacks_until"]), "callbacks_until")
    return kept


def queue_rules(content: Mapping[str, Any]) -> QueueRules:
    """Read checked content."""
    shape = Shape(
        rings=tuple(Ring(**ring) for ring in content["rings"]),
        **{name: content[name] for name in ("most_waiting", "overflow_to", "flow_out_seconds", "flow_out_to")},
        long_wait_seconds=content["long_wait_seconds"],
    )
    plain = ("needed_level", "discipline", "offer_seconds", "hold_seconds", "wrap_up_seconds", "hours", "closed")
    return QueueRules(
        **{name: content[name] for name in plain},
        shape=shape,
        closed_to=content["closed_to"],
        callbacks_from=time.fromisoformat(content["callbacks_from"]),
        callbacks_until=time.fromisoformat(content["callbacks_until"]),
    )


def code_content(content: Content) -> Content:
    """Return a dialled code as it is kept: an alias of another, or leading to a queue (empty: need unknown)."""
    kept = {name: _text(content, name) for name in ("zh", "en", "alias_of", "queue")}
    _require(bool(kept["zh"]), "zh")
    _require(bool(kept["en"]), "en")
    _require(not (kept["alias_of"] and kept["queue"]), "queue")
    return {**kept, "main": bool(content.get("main"))}


def break_content(content: Content) -> Content:
    """Return a reason for being away from work as it is kept, with what is allowed of it a day."""
    kept = {name: _text(content, name) for name in ("zh", "en")}
    _require(bool(kept["zh"]), "zh")
    _require(bool(kept["en"]), "en")
    return {
        **kept,
        "state": _choice(content, "state", list(BREAK_STATES), usual="break"),
        "minutes_a_day": _optional(content, "minutes_a_day", 1, 600),
        "times_a_day": _optional(content, "times_a_day", 1, 50),
    }


def _ring(ring: Content) -> Content:
    return {
        "after_seconds": _number(ring, "after_seconds", 0, 86_400, usual=0, place="rings."),
        "skill": _text(ring, "skill"),
        "level": _number(ring, "level", 1, 10, usual=1, place="rings."),
    }


def _require(holds: bool, name: str) -> None:  # noqa: FBT001
    if not holds:
        raise _invalid(name)


def _invalid(name: str) -> DefinitionInvalid:
    return DefinitionInvalid(name=name)


def _number(content: Content, name: str, least: int, most: int, *, usual: int, place: str = "") -> int:
    value = content.get(name, usual)
    _require(isinstance(value, int) and not isinstance(value, bool) and least <= value <= most, place + name)
    return int(value)


def _optional(content: Content, name: str, least: int, most: int) -> int | None:
    return None if content.get(name) is None else _number(content, name, least, most, usual=least)


def _choice(content: Content, name: str, choices: list[str], *, usual: str) -> str:
    value = content.get(name, usual)
    _require(value in choices, name)
    return str(value)


def _text(content: Content, name: str) -> str:
    value = content.get(name) or ""
    _require(isinstance(value, str) and len(value) <= 60, name)
    return str(value).strip()


def _time(content: Content, name: str, *, usual: str = "") -> str:
    value = content.get(name, usual)
    _require(isinstance(value, str) and _is_time(value), name)
    return time.fromisoformat(str(value)).strftime("%H:%M")


def _is_time(value: str) -> bool:
    try:
        time.fromisoformat(value)
    except ValueError:
        return False
    return True
