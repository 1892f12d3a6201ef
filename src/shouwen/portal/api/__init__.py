"""The portal over HTTP."""

from ninja import Router

from shouwen.kit.files import portal_files_router

from .chats import chats_router
from .doors import CALLER
from .home import home_router
from .links import links_router
from .matters import matters_router
from .me import me_router
from .notices import notices_router
from .privacy import privacy_router
from .session import session_router

router = Router(tags=["portal"])
PARTS = (
    session_router,
    me_router,
    home_router,
    matters_router,
    chats_router,
    links_router,
    notices_router,
    privacy_router,
)
for part in PARTS:
    router.add_router("", part)
router.add_router("", portal_files_router(CALLER))

__all__ = ["router"]
