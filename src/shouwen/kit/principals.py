"""Who asks for something: a member of staff, a customer, a visitor, the holder of a link, or the house itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["staff", "customer", "visitor", "link", "system"]


@dataclass(frozen=True, slots=True)
class Principal:
    """The one in whose name an action runs, with all that permission checks need to know.

    `organisations` is the data scope: the organisations whose matters may be seen; None means all.
    `matter` is set for the holder of a link: the one subject the link opens. `unit` is the organisation somebody
    acts for (a team acts for its city) and `roles` are his seat types: what belongs to a unit, or is limited by role,
    asks for them. `token` is set when a program acts in somebody's name: the API token it came with, which the
    audit trail keeps.
    """

    kind: Kind
    id: int
    name: str = ""
    permissions: frozenset[str] = frozenset()
    organisations: frozenset[int] | None = frozenset()
    matter: tuple[str, int] | None = None
    business: str = ""
    unit: int | None = None
    roles: frozenset[str] = frozenset()
    token: int = 0

    @property
    def key(self) -> str:
        """Return the name under which this principal is addressed and recorded: `staff:8`."""
        return f"{self.kind}:{self.id}"

    def may(self, permission: str) -> bool:
        """Tell whether this principal holds a permission."""
        return self.kind == "system" or permission in self.permissions

    def sees(self, organisation_id: int | None) -> bool:
        """Tell whether matters of an organisation are inside the data scope."""
        return self.organisations is None or organisation_id is None or organisation_id in self.organisations


_find: list[Callable[[int], Principal]] = []


def connect(find: Callable[[int], Principal]) -> None:
    """Let work in the background find who a member of staff is now: his rights may have changed since he asked."""
    _find[:] = [find]


def living(key: str) -> Principal:
    """Return the member of staff behind a key such as `staff:8`, with the rights he has at this moment."""
    kind, _, number = key.partition(":")
    if kind != "staff" or not _find:
        raise ValueError(f"{key} is nobody in whose name work can be done")
    return _find[0](int(number))


SYSTEM = Principal(kind="system", id=0, name="系统", organisations=None)
