"""The list of what may be allowed, declared by the rooms, and the check that actions make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shouwen.kernel.errors import DomainError

from .principals import Principal


@dataclass(frozen=True)
class Permission:
    """One thing that a role may allow, with the words an administrator reads."""

    code: str
    zh: str
    en: str
    default_for: frozenset[str]


class PermissionRefused(DomainError):
    """The one who asks does not hold the permission."""

    code = "permission-refused"
    status = 403
    zh = "您没有「{zh}」的权限。需要时请联系班长或系统管理员。"
    en = "You may not: {en}. Ask your shift leader or administrator if you need to."


REGISTRY: dict[str, Permission] = {}


def declare(code: str, *, zh: str, en: str, default_for: Iterable[str] = ()) -> str:
    """Add a permission to the list, with the roles that hold it from the start, and return its code."""
    REGISTRY[code] = Permission(code, zh, en, frozenset(default_for))
    return code


def require(by: Principal, permission: str) -> None:
    """Refuse unless `by` holds `permission`, which must be on the list."""
    entry = REGISTRY[permission]
    if not by.may(permission):
        raise PermissionRefused(zh=entry.zh, en=entry.en)
