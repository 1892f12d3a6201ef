"""The words for what policies speak of, in both languages."""

from __future__ import annotations

from typing import Any

from .clockwork import Allowance

Words = tuple[str, str]

LABELS: dict[str, Words] = {
    "name": ("名称", "Name"),
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "week": ("每周时段", "Week"),
    "public_holidays": ("法定节假日", "Public holidays"),
    "days": ("特殊日期", "Days set apart"),
    "metric": ("时限", "Limit"),
    "conditions": ("适用条件", "Conditions"),
    "allowance": ("时长", "Allowance"),
    "seconds": ("自然时间", "Time"),
    "working_seconds": ("工作时间", "Working time"),
    "working_days": ("工作日", "Working days"),
    "calendar": ("工作日历", "Calendar"),
    "ladder": ("升级阶梯", "Ladder"),
    "pauses": ("可暂停的原因", "Pauses"),
    "quiet": ("静默时段", "Quiet hours"),
    "steps": ("各级", "Rungs"),
    "percent": ("用去时限的百分比", "Percent of the time used"),
    "to": ("通知", "Told"),
    "any_hour": ("静默时段也通知", "Also in quiet hours"),
    "reason": ("原因", "Reason"),
    "limit_hours": ("上限（小时）", "Limit in hours"),
    "day": ("日期", "Day"),
    "periods": ("时段", "Periods"),
    "kind": ("类型", "Type"),
    "area": ("区域", "Area"),
    "channel": ("渠道", "Channel"),
    "tier": ("星级", "Star tier"),
    "customer": ("客户类别", "Customer"),
    "urgency": ("紧急程度", "Severity"),
}
METRICS: dict[str, Words] = {
    "response": ("响应", "response"),
    "handling": ("处理", "handling"),
    "feedback": ("反馈", "feedback"),
    "statutory": ("法定答复", "statutory answer"),
    "answer": ("应答", "answer"),
    "wrap_up": ("整理", "wrap-up"),
}
REASONS: dict[str, Words] = {
    "customer": ("等待用户", "waiting for the customer"),
    "third_party": ("等待第三方", "waiting for a third party"),
    "force_majeure": ("不可抗力", "force majeure"),
}
PEOPLE: dict[str, Words] = {
    "owner": ("首问责任人", "the owner"),
    "handler": ("当前处理人", "the handler"),
    "duty_leader": ("值班长", "the duty leader"),
}
SEATS: dict[str, Words] = {
    "comprehensive": ("综合受理台席", "comprehensive seat"),
    "specialist": ("专业受理台席", "specialist seat"),
    "system_management": ("系统管理台", "system management desk"),
    "data_maintenance": ("资料维护台", "data maintenance desk"),
    "quality": ("质检台", "quality desk"),
    "shift_leader": ("班长台", "shift leader desk"),
    "duty_leader": ("值班长台", "duty leader desk"),
    "back_office": ("业务处理后台", "back office"),
}
DIMENSIONS: dict[str, Words] = {
    "kind": ("类型", "type"),
    "area": ("区域", "area"),
    "channel": ("渠道", "channel"),
    "tier": ("星级", "star tier"),
    "customer": ("客户类别", "customer"),
    "urgency": ("紧急程度", "severity"),
}
VALUES: dict[str, dict[str, Words]] = {
    "kind": {
        "enquiry": ("咨询", "enquiry"),
        "fault": ("故障", "fault"),
        "complaint": ("投诉", "complaint"),
        "suggestion": ("建议", "suggestion"),
        "conversation": ("会话", "conversation"),
        "letter": ("非实时来件", "written contact"),
        "data_request": ("个人信息权利请求", "data-rights request"),
    },
    "urgency": {"normal": ("普通", "normal"), "urgent": ("紧急", "urgent"), "critical": ("特急", "critical")},
    "tier": {str(star): (f"{star} 星", f"{star} stars") for star in range(1, 8)},
    "customer": {
        "public": ("公众客户", "public"),
        "business": ("商业客户", "business"),
        "gov_ent": ("政企客户", "government and enterprise"),
    },
    "channel": {
        "desk": ("人工建单", "desk"),
        "portal": ("自助门户", "portal"),
        "web_chat": ("在线客服", "web chat"),
        "phone": ("电话", "phone"),
        "letter": ("信函", "letter"),
        "voice_mailbox": ("语音信箱", "voice mailbox"),
        "email": ("邮件", "e-mail"),
        "e_form": ("电子表单", "e-form"),
        "fax": ("传真", "fax"),
        "sms": ("短信", "SMS"),
    },
    "area": {"urban": ("城镇", "town"), "rural": ("农村", "rural")},
}


def said(name: str, given: Any) -> Words | None:
    """Return the words for what a rule says under a field; None where the value speaks for itself."""
    if name == "limit_hours" and given is None:
        return "不限", "no limit"
    if name in {"seconds", "working_seconds"} and isinstance(given, int):
        return span(given)
    if not isinstance(given, str):
        return None
    if given.startswith("role:"):
        return SEATS.get(given.removeprefix("role:"))
    codes = {"metric": METRICS, "reason": REASONS, "to": PEOPLE, **VALUES}
    return codes.get(name, {}).get(given)


def span(seconds: int) -> Words:
    """Return a span in its largest whole unit."""
    for size, zh, en in ((86400, "天", "day"), (3600, "小时", "hour"), (60, "分钟", "minute")):
        count, rest = divmod(seconds, size)
        if count and not rest:
            return f"{count} {zh}", f"{count} {en}{'s' * (count > 1)}"
    return f"{seconds} 秒", f"{seconds} second{'s' * (seconds != 1)}"


def allowance(measure: Allowance) -> Words:
    """Return how long a promise has."""
    if measure.working_days is not None:
        days = measure.working_days
        return f"{days} 个工作日", f"{days} working day{'s' * (days > 1)}"
    if measure.working_seconds is not None:
        hours, rest = divmod(measure.working_seconds, 3600)
        zh, en = (f"{hours} 小时", f"{hours} hour{'s' * (hours > 1)}") if not rest else span(measure.working_seconds)
        return f"工作时间 {zh}", f"{en} of working time"
    seconds = measure.seconds or 0
    return (
        (f"{seconds // 3600} 小时", f"{seconds // 3600} hours")
        if seconds % 86400 == 0 and seconds < 8 * 86400
        else span(seconds)
    )


def value(dimension: str, code: str) -> Words:
    """Return the words for one value; one we have no words for stands for itself."""
    return VALUES.get(dimension, {}).get(code, (code, code))
