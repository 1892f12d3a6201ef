"""Data-rights requests over HTTP, for staff. Customers ask in the portal."""

from .endpoints import router

__all__ = ["router"]
