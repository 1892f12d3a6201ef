"""Sign-in, staff and access over HTTP."""

from ninja import Router

from .me import me_router
from .operator import operator_router
from .qualifications import qualifications_router
from .roles import roles_router
from .schemas import MeOut, SetUpIn
from .security import security_router
from .security_log import security_log_router
from .session import lifetime_of, open_session, session_router
from .single_sign_on import single_sign_on_router
from .staff import staff_router
from .substitutes import substitutes_router
from .views import views_router

ROUTERS: tuple[Router, ...] = (
    session_router,
    me_router,
    staff_router,
    substitutes_router,
    roles_router,
    security_router,
    qualifications_router,
    single_sign_on_router,
    security_log_router,
    operator_router,
    views_router,
)

__all__ = ["ROUTERS", "MeOut", "SetUpIn", "lifetime_of", "open_session"]
