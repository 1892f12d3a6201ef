"""What of routing is defined by users, under versions: queue rules, dialled codes, break reasons."""

from __future__ import annotations

from shouwen.kit import versions
from shouwen.kit.versions.kinds import Content

from .models import Queue, Skill
from .permissions import CONFIGURE, PUBLISH
from .rules import definitions as rules
from .rules.definitions import DefinitionInvalid

QUEUE, CODE, BREAK = "routing.queue", "routing.code", "routing.break"


def _known(content: Content) -> Content:
    """Refuse queue rules that name a skill or a queue that is not there."""
    kept = rules.queue_content(content)
    skills, queues = {ring["skill"] for ring in kept["rings"]}, set[str]()
    queues |= {kept[name] for name in ("overflow_to", "flow_out_to", "closed_to") if kept[name]}
    known = set(Skill.objects.filter(code__in=skills).values_list("code", flat=True))
    there = set(Queue.objects.filter(code__in=queues).values_list("code", flat=True))
    for missing in sorted((skills - known) | (queues - there)):
        raise DefinitionInvalid(name=missing)
    return kept


versions.register(
    versions.Kind(
        QUEUE,
        "队列规则",
        "Queue rules",
        edit=CONFIGURE,
        publish=PUBLISH,
        check=rules.queue_content,
        ready=_known,
        labels={
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
        labels={
            "zh": ("中文名称", "Chinese name"),
            "en": ("英文名称", "English name"),
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
            "zh": ("中文名称", "Chinese name"),
            "en": ("英文名称", "English name"),
            "state": ("状态", "State"),
            "minutes_a_day": ("每天最多（分钟）", "Minutes a day"),
            "times_a_day": ("每天最多（次）", "Times a day"),
        },
    )
)
