"""What may be asked about staff, organisation and access."""

from .people import (
    Self,
    StaffCard,
    audience_of,
    find_staff,
    operator_name,
    organisation,
    organisation_path,
    organisations,
    principal_of,
    scope_of,
    self_of,
    staff_card,
    staff_cards,
    staff_exists,
    unanswerable,
)
from .roles import RoleView, permission_list, role, roles

__all__ = [
    "RoleView",
    "Self",
    "StaffCard",
    "audience_of",
    "find_staff",
    "operator_name",
    "organisation",
    "organisation_path",
    "organisations",
    "permission_list",
    "principal_of",
    "role",
    "roles",
    "scope_of",
    "self_of",
    "staff_card",
    "staff_cards",
    "staff_exists",
    "unanswerable",
]
