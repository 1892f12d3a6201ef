"""What of routing is defined by users, under versions: queues and their rules, skills, dialled codes, break reasons."""

from __future__ import annotations

from typing import Any

from shouwen.accounts import queries as accounts
from shouwen.accounts.errors import StaffNotFound
from shouwen.kit import clock, versions
from shouwen.kit.versions.kinds import Content
from shouwen.sla import queries as sla

from .models import Queue, Skill
from .permissions import CONFIGURE, PUBLISH
from .rules import definitions as rules
from .rules.definitions import DefinitionInvalid

QUEUE, SKILL, CODE, BREAK = "routing.queue", "routing.skill", "routing.code", "routing.break"
WAYS = ("overflow_to", "flow_out_to", "closed_to")
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "media": {
        "web_chat": ("网页会话", "web chat"),
        "voice": ("电话", "calls"),
        "callback": ("回拨", "callbacks"),
        "voice_mailbox": ("语音信箱", "voice mailbox"),
        "sms": ("短信", "SMS"),
        "email": ("邮件", "e-mail"),
        "letter": ("信函", "letters"),
        "fax": ("传真", "fax"),
        "wechat": ("微信", "WeChat"),
        "official_account": ("公众号", "official account"),
        "mini_program": ("小程序", "mini program"),
        "social": ("社交媒体", "social media"),
        "e_form": ("电子表单", "e-forms"),
        "portal": ("门户", "portal"),
        "back_office": ("后台工单", "back office"),
    },
    "discipline": {
        "weighted": ("加权（级别 + 等待）", "class and wait, weighed"),
        "fifo": ("先来先服务", "first come, first served"),
        "priority": ("级别优先", "by class"),
    },
    "closed": {
        "wait": ("继续排队", "wait on"),
        "refuse": ("告知服务时间", "told the hours"),
        "other": ("转到其他队列", "to another queue"),
    },
    "state": {"break": ("小休", "break"), "training": ("培训", "training"), "meeting": ("会议", "meeting")},
}
NAMES = {"zh": ("中文名称", "Chinese name"), "en": ("英文名称", "English name")}


def said(name: str, given: Any) -> tuple[str, str] | None:
    """Return the words for a code; None where the value speaks for itself."""
    return WORDS.get(name, {}).get(given) if isinstance(given, str) else None


def _known_queue(content: Content) -> Content:
    """Refuse queue rules that name a skill, a queue, a calendar or a person that is not there."""
    kept = rules.queue_content(content)
    skills = {ring["skill"] for ring in kept["rings"]} | ({kept["skill"]} - {""})
    queues = {kept[name] for name in WAYS if kept[name]}
    known = set(Skill.objects.filter(code__in=skills).values_list("code", flat=True))
    there = set(Queue.objects.filter(code__in=queues).values_list("code", flat=True))
    for missing in sorted((skills - known) | (queues - there)):
        raise DefinitionInvalid(name=missing)
    _check_calendar(kept["hours"])
    _check_leader(kept["duty_leader"])
    if kept["green"]:
        _check_green(kept["name"])
    if kept["media"] and "voice" not in kept["media"]:
        _check_no_code_leads_to(kept["name"])
    return kept


def _check_no_code_leads_to(name: str) -> None:
    """Refuse to take calls away from a queue that a dialled code leads to."""
    found = Queue.objects.filter(name=name).values_list("code", "general").first() if name else None
    if found is None:
        return
    code, general = found
    ways = [one.content["queue"] for one in versions.all_current(CODE, clock.now()) if not one.content["alias_of"]]
    if code in ways or (general and "" in ways):
        raise DefinitionInvalid(name="media.voice")


def _check_calendar(key: str) -> None:
    if key and sla.working_calendar(key, clock.now()) is None:
        raise DefinitionInvalid(name="hours")


def _check_leader(number: str) -> None:
    if not number:
        return
    try:
        found = accounts.find_staff(number)
    except StaffNotFound:
        raise DefinitionInvalid(name="duty_leader") from None
    if not found.active:
        raise DefinitionInvalid(name="duty_leader")


def _check_green(name: str) -> None:
    if Queue.objects.filter(green=True).exclude(name=name).exists():
        raise DefinitionInvalid(name="green")


def _known_skill(content: Content) -> Content:
    """Refuse a skill that needs a qualification nobody can have."""
    kept = rules.skill_content(content)
    if kept["qualification"] and kept["qualification"] not in accounts.qualification_names():
        raise DefinitionInvalid(name="qualification")
    return kept


def _known_code(content: Content) -> Content:
    """Refuse a dialled code that leads to a queue or belongs to a code that is not there."""
    kept = rules.code_content(content)
    if not kept["alias_of"]:
        _check_takes_calls(kept["queue"])
    main = versions.current(CODE, kept["alias_of"], clock.now()) if kept["alias_of"] else None
    if kept["alias_of"] and (main is None or main.content["alias_of"]):
        raise DefinitionInvalid(name="alias_of")
    return kept


def _check_takes_calls(code: str) -> None:
    """Refuse a queue that is not there or that no call may wait in; without a code it is the general one."""
    wanted = Queue.objects.filter(code=code) if code else Queue.objects.filter(general=True)
    media = wanted.values_list("media", flat=True).first()
    if code and media is None:
        raise DefinitionInvalid(name="queue")
    if media and "voice" not in media:
        raise DefinitionInvalid(name="queue.media")


versions.register(
    versions.Kind(
        QUEUE,
        "队列规则",
        "Queue rules",
        edit=CONFIGURE,
        publish=PUBLISH,
        check=rules.queue_content,
        ready=_known_queue,
        labels={
            "name": ("队列名称", "Name"),
            "skill": ("所需技能", "Skill needed"),
            "duty_leader": ("值班长（工号）", "Duty leader (number)"),
            "media": ("渠道", "Media"),
            "green": ("政企绿色通道", "Green channel"),
            "needed_level": ("所需技能等级", "Level needed"),
            "discipline": ("排队方式", "Discipline"),
            "offer_seconds": ("振铃时长（秒）", "Seconds an offer lasts"),
            "hold_seconds": ("为熟悉台席保留（秒）", "Seconds held for the known agent"),
            "wrap_up_seconds": ("话后处理时限（秒）", "Limit of writing up in seconds"),
            "rings": ("扩大范围", "Rings"),
            "rings.after_seconds": ("等待多少秒后", "After seconds of waiting"),
            "rings.skill": ("技能", "Skill"),
            "rings.level": ("等级", "Level"),
            "most_waiting": ("最多排队数", "Most that may wait"),
            "overflow_to": ("排满后转到", "Overflow to"),
            "flow_out_seconds": ("最长等待（秒）", "Longest wait in seconds"),
            "flow_out_to": ("等待过长转到", "Flow out to"),
            "long_wait_seconds": ("等待告警（秒）", "Alarm after seconds"),
            "hours": ("服务时间（日历）", "Opening hours (calendar)"),
            "closed": ("非服务时间处理", "When closed"),
            "closed_to": ("非服务时间转到", "Closed: go to"),
            "callbacks_from": ("最早回拨时间", "Callbacks from"),
            "callbacks_until": ("最晚回拨时间", "Callbacks until"),
            "place_seconds": ("播报排队位置间隔（秒）", "Place told every, in seconds"),
            "callback_offer": ("排队中可按键回拨", "Callback by key while waiting"),
        },
        say=said,
    )
)
versions.register(
    versions.Kind(
        SKILL,
        "技能",
        "Skill",
        edit=CONFIGURE,
        publish=PUBLISH,
        check=rules.skill_content,
        ready=_known_skill,
        labels={
            **NAMES,
            "qualification": ("所需资格", "Qualification needed"),
            "qualification_level": ("所需资格等级", "Level of it"),
        },
    )
)
versions.register(
    versions.Kind(
        CODE,
        "接入码",
        "Dialled code",
        edit=CONFIGURE,
        publish=PUBLISH,
        check=rules.code_content,
        ready=_known_code,
        labels={
            **NAMES,
            "main": ("主推号码", "Promoted"),
            "alias_of": ("并入号码", "Alias of"),
            "queue": ("进入队列", "Queue"),
        },
    )
)
versions.register(
    versions.Kind(
        BREAK,
        "小休原因",
        "Break reason",
        edit=CONFIGURE,
        publish=PUBLISH,
        check=rules.break_content,
        labels={
            **NAMES,
            "state": ("状态", "State"),
            "minutes_a_day": ("每天最多（分钟）", "Minutes a day"),
            "times_a_day": ("每天最多（次）", "Times a day"),
        },
        say=said,
    )
)
