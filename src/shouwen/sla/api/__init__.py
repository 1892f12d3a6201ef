"""Time limits over HTTP."""

from .endpoints import router

__all__ = ["router"]
