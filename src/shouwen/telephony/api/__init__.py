"""Phones and the rules for calling out, over HTTP."""

from .phones import router

__all__ = ["router"]
