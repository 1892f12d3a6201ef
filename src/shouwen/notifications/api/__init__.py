"""Notices and messages over HTTP, for staff."""

from .endpoints import router

__all__ = ["router"]
