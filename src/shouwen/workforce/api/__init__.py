"""The roster over HTTP."""

from .endpoints import router

__all__ = ["router"]
