"""Sign-in and staff over HTTP."""

from .session import session_router
from .staff import staff_router

__all__ = ["session_router", "staff_router"]
