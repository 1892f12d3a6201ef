"""The desk and the board over HTTP."""

from ninja import Router

from .approvals import approvals_router
from .board import board_router
from .conversations import conversation_router
from .figures import figures_router
from .phone import phone_router
from .work import work_router

router = Router(tags=["desk"])
router.add_router("", work_router)
router.add_router("", conversation_router)
router.add_router("", phone_router)
router.add_router("", board_router)
router.add_router("", figures_router)
router.add_router("", approvals_router)

__all__ = ["router"]
