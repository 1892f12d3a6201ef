"""The words of the figures over HTTP."""

from .endpoints import router

__all__ = ["router"]
