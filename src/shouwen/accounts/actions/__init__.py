"""Everything that may be done to staff, organisation and sign-in."""

from .organisation import add_organisation, set_up, sync_roles
from .sign_in import sign_in, signed_out
from .staff import activate, deactivate, register, set_preferences, update

__all__ = [
    "activate",
    "add_organisation",
    "deactivate",
    "register",
    "set_preferences",
    "set_up",
    "sign_in",
    "signed_out",
    "sync_roles",
    "update",
]
