"""What users define: queues and their rules, skills, dialled codes, break reasons; and the checks. Pure."""

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
PLACE_SECONDS = 60
"""How often a caller hears his place where nothing else was decided."""
BREAK_STATES = ("break", "training", "meeting")


class DefinitionInvalid(InvalidInput):
    """A definition lacks something or names what is not there."""

    code = "definition-invalid"
    field = "content"
    zh = "「{word}」不正确：{need}。"
    en = "“{name}” is wrong: {need_en}."

    def __init__(self, *, name: str) -> None:
        word, need, need_en = NEEDS.get(name, (name, "不存在，请从列表中选择", "there is none; choose from the list"))
        super().__init__(name=name, word=word, need=need, need_en=need_en)
        self.place = f"content.{PLACES.get(name, name)}" if name in NEEDS else "content"

    def faults(self, language: str) -> list[tuple[str, str]]:
        """Return the field of the content that is at fault."""
        return [(self.place, self.text(language))]


NEEDS: dict[str, tuple[str, str, str]] = {
    "zh": ("中文名称", "填写 1 至 60 个字", "give 1 to 60 characters"),
    "en": ("英文名称", "填写 1 至 60 个字符", "give 1 to 60 characters"),
    "name": ("队列名称", "填写 1 至 60 个字", "give 1 to 60 characters"),
    "skill": ("所需技能", "从已有技能中选择", "choose one that exists"),
    "duty_leader": ("值班长", "填写在岗人员的工号", "give the staff number of somebody in service"),
    "media": ("渠道", "从列表中选择", "choose from the list"),
    "green": ("政企绿色通道", "一个路由域只能有一个", "a routing domain has one at most"),
    "needed_level": ("所需技能等级", "填 1 至 10", "1 to 10"),
    "discipline": ("排队方式", "从列表中选择", "choose from the list"),
    "offer_seconds": ("振铃时长", "填 5 至 600 秒", "5 to 600 seconds"),
    "hold_seconds": ("为熟悉台席保留", "填 0 至 600 秒", "0 to 600 seconds"),
    "wrap_up_seconds": ("话后处理时限", "填 0 至 3600 秒", "0 to 3600 seconds"),
    "rings": ("扩大范围", "每圈写明等待秒数、技能和等级", "give seconds, skill and level of each"),
    "rings.after_seconds": ("扩大范围的等待秒数", "填 0 至 86400", "0 to 86400"),
    "rings.level": ("扩大范围的等级", "填 1 至 10", "1 to 10"),
    "most_waiting": ("最多排队数", "填 1 至 100000，或留空", "1 to 100000, or leave it empty"),
    "overflow_to": (
        "排满后转到",
        "最多排队数和转到的队列要一起填，或都不填",
        "goes with the most that may wait, or neither",
    ),
    "flow_out_seconds": ("最长等待", "填 1 至 86400 秒，或留空", "1 to 86400 seconds, or leave it empty"),
    "flow_out_to": ("等待过长转到", "最长等待和转到的队列要一起填，或都不填", "goes with the longest wait, or neither"),
    "long_wait_seconds": ("等待告警", "填 1 至 86400 秒，或留空", "1 to 86400 seconds, or leave it empty"),
    "hours": ("服务时间", "从工作日历中选择，或留空表示全天", "choose a calendar, or leave it empty for always"),
    "closed": ("非服务时间处理", "从列表中选择", "choose from the list"),
    "closed_to": (
        "非服务时间转到",
        "选择「转到其他队列」时必填，其余情况留空",
        "needed to go to another queue, and only then",
    ),
    "callbacks_from": ("最早回拨时间", "填 时:分", "give hours:minutes"),
    "callbacks_until": ("最晚回拨时间", "要晚于最早回拨时间", "must be later than the earliest"),
    "place_seconds": ("播报排队位置间隔", "填 20 至 600 秒，或留空", "20 to 600 seconds, or leave it empty"),
    "qualification": ("所需资格", "从已有资格中选择，或留空", "choose one that exists, or leave it empty"),
    "qualification_level": ("所需资格等级", "填 1 至 10", "1 to 10"),
    "queue": ("进入队列", "并入其他号码时不再选队列；队列须已存在", "none for an alias; otherwise one that exists"),
    "queue.media": (
        "进入队列",
        "这个队列不受理电话，请选择受理电话的队列",
        "it takes no calls; choose a queue that does",
    ),
    "media.voice": (
        "渠道",
        "有接入码指向这个队列，请保留电话，或先让接入码指向其他队列",
        "codes lead here: keep calls, or let the codes lead elsewhere first",
    ),
    "alias_of": ("并入号码", "填写已发布的主号，且不能是自己", "a published main code, not itself"),
    "state": ("状态", "从小休、培训、会议中选择", "break, training or meeting"),
    "minutes_a_day": ("每天最多分钟", "填 1 至 600，或留空", "1 to 600, or leave it empty"),
    "times_a_day": ("每天最多次数", "填 1 至 50，或留空", "1 to 50, or leave it empty"),
}
PLACES = {"queue.media": "queue", "media.voice": "media"}
"""Where a fault stands that is not called like its field."""
SET_UP = ("name", "skill", "duty_leader")
MEDIA = (
    *("web_chat", "voice", "callback", "voice_mailbox", "sms", "email", "letter", "fax"),
    *("wechat", "official_account", "mini_program", "social", "e_form", "portal", "back_office"),
)


@dataclass(frozen=True)
class QueueRules:
    """Everything about a queue that users may change without programming.

    `name`, `skill`, `duty_leader` (a staff number) and `media` set up a queue that is not there yet; empty ones leave
    an existing queue as it is, and its skill stays.
    """

    name: str
    skill: str
    duty_leader: str
    media: tuple[str, ...]
    green: bool
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
    place_seconds: int | None
    callback_offer: bool


def queue_content(content: Content) -> Content:
    """Return a queue's rules as they are kept, or refuse them."""
    rings = content.get("rings") or []
    _require(isinstance(rings, list) and all(isinstance(ring, dict) for ring in rings), "rings")
    kept = {
        **{name: _text(content, name) for name in ("name", "skill", "duty_leader")},
        "media": _media(content),
        "green": bool(content.get("green")),
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
        "place_seconds": _optional(content, "place_seconds", 20, 600) if "place_seconds" in content else PLACE_SECONDS,
        "callback_offer": bool(content.get("callback_offer", True)),
    }
    if any(kept[name] for name in SET_UP):
        for name in SET_UP:
            _require(bool(kept[name]), name)
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
        **{name: content.get(name, "") for name in ("name", "skill", "duty_leader")},
        media=tuple(content.get("media", ())),
        green=content.get("green", False),
        shape=shape,
        closed_to=content["closed_to"],
        callbacks_from=time.fromisoformat(content["callbacks_from"]),
        callbacks_until=time.fromisoformat(content["callbacks_until"]),
        place_seconds=content.get("place_seconds", PLACE_SECONDS),
        callback_offer=content.get("callback_offer", True),
    )


def code_content(content: Content) -> Content:
    """Return a dialled code as it is kept: an alias of another, or leading to a queue (empty: need unknown)."""
    kept = {**_names(content), **{name: _text(content, name) for name in ("alias_of", "queue")}}
    _require(not (kept["alias_of"] and kept["queue"]), "queue")
    return {**kept, "main": bool(content.get("main"))}


def skill_content(content: Content) -> Content:
    """Return a skill as it is kept: its names, and the qualification it needs (empty: none) at least at a level."""
    return {
        **_names(content),
        "qualification": _text(content, "qualification"),
        "qualification_level": _number(content, "qualification_level", 1, 10, usual=1),
    }


def break_content(content: Content) -> Content:
    """Return a reason for being away from work as it is kept, with what is allowed of it a day."""
    return {
        **_names(content),
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


def _names(content: Content) -> Content:
    kept = {name: _text(content, name) for name in ("zh", "en")}
    _require(bool(kept["zh"]), "zh")
    _require(bool(kept["en"]), "en")
    return kept


def _media(content: Content) -> list[str]:
    given = content.get("media") or []
    _require(isinstance(given, list) and all(one in MEDIA for one in given), "media")
    return sorted(set(given))


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
