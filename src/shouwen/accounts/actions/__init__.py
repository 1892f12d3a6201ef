"""Everything that may be done to staff, organisation and access."""

from .operator import set_logo, set_operator
from .organisation import add_organisation, rename_organisation, set_up
from .roles import assign_roles, change_role, open_role, remove_role, sync_roles
from .sign_in import sign_in, signed_out
from .staff import activate, deactivate, register, set_preferences, take_back, update

__all__ = [
    "activate",
    "add_organisation",
    "assign_roles",
    "change_role",
    "deactivate",
    "open_role",
    "register",
    "remove_role",
    "rename_organisation",
    "set_logo",
    "set_operator",
    "set_preferences",
    "set_up",
    "sign_in",
    "signed_out",
    "sync_roles",
    "take_back",
    "update",
]
