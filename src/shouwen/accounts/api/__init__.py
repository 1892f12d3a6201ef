"""Sign-in and staff over HTTP."""

from .operator import operator_router
from .roles import roles_router
from .schemas import MeOut, SetUpIn
from .session import open_session, session_router
from .staff import staff_router

__all__ = ["MeOut", "SetUpIn", "open_session", "operator_router", "roles_router", "session_router", "staff_router"]
