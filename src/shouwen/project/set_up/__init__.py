"""From empty to the first served chat: the first administrator, then a checklist that leads to opening day."""

from __future__ import annotations

from .api import checklist_router
from .start import set_up_router

__all__ = ["checklist_router", "set_up_router"]
