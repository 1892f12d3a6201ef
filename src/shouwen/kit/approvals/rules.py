"""Who may decide. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

UNLIMITED = None
Limits = Mapping[str, int | None]


@dataclass(frozen=True)
class Absent:
    """Somebody who is away and for whom another stands in, with the roles that he would decide by."""

    key: str
    name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Authority:
    """By what right somebody decides: his own, or in place of somebody absent."""

    in_place_of: str = ""
    name: str = ""


def authority(
    amount: int, *, requester: str, roles: Iterable[str], stands_in_for: Sequence[Absent], limits: Limits
) -> Authority | None:
    """Return by what right somebody with `roles` decides about an amount in fen, or None if he has none.

    His own right goes first. A substitute has the limit of the one he stands in for, but never for that one's own
    request.
    """
    if _enough(amount, roles, limits):
        return Authority()
    fit = (a for a in stands_in_for if a.key != requester and _enough(amount, a.roles, limits))
    return next((Authority(a.key, a.name) for a in fit), None)


def able(amount: int, limits: Limits) -> list[str]:
    """Return the roles whose limit is high enough for an amount in fen."""
    return [role for role, limit in limits.items() if limit is None or limit >= amount]


def highest(roles: Iterable[str], limits: Limits) -> int | None:
    """Return the highest limit of some roles in fen: None for no bound, -1 for no right at all."""
    held = [limits[role] for role in roles if role in limits]
    bounds = [limit for limit in held if limit is not None]
    return UNLIMITED if len(bounds) < len(held) else max(bounds, default=-1)


def _enough(amount: int, roles: Iterable[str], limits: Limits) -> bool:
    bound = highest(roles, limits)
    return bound is UNLIMITED or bound >= amount
