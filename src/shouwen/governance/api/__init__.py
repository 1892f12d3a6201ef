"""Data-rights requests over HTTP, for staff. Customers ask in the portal."""

from .assessments import assessments_router
from .endpoints import router

router.add_router("", assessments_router)

__all__ = ["router"]
