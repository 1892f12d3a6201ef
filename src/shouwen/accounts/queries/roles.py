"""Seat types, and what may be allowed at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from shouwen.kit.permissions import REGISTRY, Permission, require
from shouwen.kit.principals import Principal

from ..models import Role
from ..permissions import ISSUE_TOKENS, VIEW_STAFF


@dataclass(frozen=True)
class RoleView:
    """A seat type: what it allows, what an administrator changed about it, how many people hold it."""

    code: str
    zh: str
    en: str
    permissions: list[str]
    granted: list[str]
    withheld: list[str]
    own: bool
    second_factor: bool
    holders: int


def roles(by: Principal) -> list[RoleView]:
    """Return the seat types, ours first, with how many active people hold each."""
    require(by, VIEW_STAFF)
    counted = Role.objects.annotate(holders=Count("held_by", filter=Q(held_by__active=True)))
    columns = ("code", "zh", "en", "permissions", "granted", "withheld", "own", "second_factor", "holders")
    return [RoleView(**row) for row in counted.order_by("own", "id").values(*columns)]


def role_names() -> dict[str, tuple[str, str]]:
    """Return what the seat types are called, by code."""
    return {code: (zh, en) for code, zh, en in Role.objects.values_list("code", "zh", "en")}


def role(code: str, by: Principal) -> RoleView:
    """Return one seat type that is there."""
    return next(one for one in roles(by) if one.code == code)


def permission_list(by: Principal) -> list[Permission]:
    """Return everything that a role may allow, room by room; who makes tokens chooses their scopes from it."""
    if not by.may(ISSUE_TOKENS):
        require(by, VIEW_STAFF)
    return sorted(REGISTRY.values(), key=lambda one: one.code)
