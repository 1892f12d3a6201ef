"""The words that stand beside each figure, so that nobody has to guess what it counts: one registry."""

from __future__ import annotations

from .contacts import CONTACTS
from .customers import CUSTOMERS
from .seats import SEATS
from .standing import STANDING
from .words import GROUPS, SOURCES, Definition, Group, Unit

DEFINITIONS: dict[str, Definition] = {d.key: d for d in (*CONTACTS, *SEATS, *CUSTOMERS, *STANDING)}

__all__ = ["DEFINITIONS", "GROUPS", "SOURCES", "Definition", "Group", "Unit"]
