"""What may be asked for, declared by the rooms; and the limits by role, which are kept under versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shouwen.kernel.errors import InvalidInput
from shouwen.kit import versions
from shouwen.kit.permissions import declare

from .errors import UnknownApproval
from .rules import Limits

EDIT = declare(
    "kit.approvals.limits.edit", zh="拟定审批限额", en="Draft approval limits", default_for=("system_management",)
)
PUBLISH = declare(
    "kit.approvals.limits.publish",
    zh="发布审批限额",
    en="Publish approval limits",
    default_for=("system_management", "quality"),
)


class LimitInvalid(InvalidInput):
    """A limit is a whole number of fen, or null for none."""

    code = "approval-limit-invalid"
    field = "content.limits"
    zh = "限额须按台席填写，以分为单位的非负整数，空值表示不限。请更正「{role}」。"
    en = "Give each role a limit in fen, a whole number from 0, or null for no bound. Correct “{role}”."


@dataclass(frozen=True)
class ApprovalKind:
    """Something one person asks for and another approves.

    `permission` is needed to decide; `limits` are the shipped limits by role in fen (None: no bound); `lasts` is how
    long a request waits before it expires.
    """

    code: str
    zh: str
    en: str
    permission: str
    limits: Mapping[str, int | None]
    lasts: timedelta


KINDS: dict[str, ApprovalKind] = {}
LIMITS = "kit.approval-limits"


def register(kind: ApprovalKind) -> ApprovalKind:
    """Put a kind of request on the list."""
    KINDS[kind.code] = kind
    return kind


def kind_of(code: str) -> ApprovalKind:
    """Return a kind; refuse what no room has declared."""
    if code not in KINDS:
        raise UnknownApproval(kind=code[:60])
    return KINDS[code]


def limits_of(kind: ApprovalKind, at: datetime) -> Limits:
    """Return the limits in force: the published ones, or those the product ships."""
    found = versions.current(LIMITS, kind.code, at)
    limits: Limits = found.content["limits"] if found else kind.limits
    return limits


def install_limits() -> None:
    """Put the shipped limits of every kind in force where there are none. Done by every migrate."""
    for kind in KINDS.values():
        content = {"limits": dict(kind.limits)}
        versions.install(kind=LIMITS, key=kind.code, title=f"审批限额：{kind.zh}", content=content)


def check_limits(content: versions.Content) -> versions.Content:
    """Return limits by role as they are kept."""
    limits: Any = content.get("limits")
    if not isinstance(limits, dict):
        raise LimitInvalid(role="limits")
    for role, limit in limits.items():
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 0):
            raise LimitInvalid(role=role[:40])
    return {"limits": limits}


def _amount(_name: str, value: Any) -> tuple[str, str] | None:
    """Say a limit in yuan."""
    if value is None:
        return "不限", "no bound"
    return (f"{value / 100:,.2f} 元", f"{value / 100:,.2f} yuan") if isinstance(value, int) else None


versions.register(
    versions.Kind(
        LIMITS,
        "审批限额",
        "Approval limits",
        edit=EDIT,
        publish=PUBLISH,
        check=check_limits,
        labels={
            "limits": ("限额", "Limits"),
            "comprehensive": ("综合受理台席", "Comprehensive seat"),
            "specialist": ("专业受理台席", "Specialist seat"),
            "system_management": ("系统管理台", "System management desk"),
            "data_maintenance": ("资料维护台", "Data maintenance desk"),
            "quality": ("质检台", "Quality desk"),
            "shift_leader": ("班长台", "Shift leader desk"),
            "duty_leader": ("值班长台", "Duty leader desk"),
            "back_office": ("业务处理后台", "Back office"),
        },
        say=_amount,
    )
)
