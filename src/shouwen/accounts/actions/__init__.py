"""Everything that may be done to staff, organisation and access."""

from .operator import set_logo, set_operator
from .organisation import add_organisation, open_path, rename_organisation, set_up, take_back_path
from .passwords import change_password, set_password, set_policy
from .qualifications import disqualify, open_kind, qualify, warn_of_endings
from .roles import assign_roles, change_role, open_role, remove_role, sync_roles
from .second_factor import begin_factor, confirm_factor, end_factor, renew_codes, reset_factor
from .security_log import look_into_log
from .sessions import (
    end_expired,
    end_other_sessions,
    end_session,
    end_session_of,
    end_sessions_of,
    forget_sessions,
    lapse,
    replaced,
)
from .sign_in import Accepted, session_moved, session_opened, session_seen, sign_in, signed_out
from .single_sign_on import (
    check_provided,
    provider_address,
    provider_goodbye,
    provider_says_out,
    sign_in_by_provider,
    vouched_session,
)
from .staff import activate, deactivate, register, set_preferences, take_back, update
from .substitutes import end_substitution, name_substitute
from .tokens import issue_token, revoke_token, revoke_token_of, token_used
from .views import change_view, choose_list, remove_view, restore_view, save_view

__all__ = [
    "Accepted",
    "activate",
    "add_organisation",
    "assign_roles",
    "begin_factor",
    "change_password",
    "change_role",
    "change_view",
    "check_provided",
    "choose_list",
    "confirm_factor",
    "deactivate",
    "disqualify",
    "end_expired",
    "end_factor",
    "end_other_sessions",
    "end_session",
    "end_session_of",
    "end_sessions_of",
    "end_substitution",
    "forget_sessions",
    "issue_token",
    "lapse",
    "look_into_log",
    "name_substitute",
    "open_kind",
    "open_path",
    "open_role",
    "provider_address",
    "provider_goodbye",
    "provider_says_out",
    "qualify",
    "register",
    "remove_role",
    "remove_view",
    "rename_organisation",
    "renew_codes",
    "replaced",
    "reset_factor",
    "restore_view",
    "revoke_token",
    "revoke_token_of",
    "save_view",
    "session_moved",
    "session_opened",
    "session_seen",
    "set_logo",
    "set_operator",
    "set_password",
    "set_policy",
    "set_preferences",
    "set_up",
    "sign_in",
    "sign_in_by_provider",
    "signed_out",
    "sync_roles",
    "take_back",
    "take_back_path",
    "token_used",
    "update",
    "vouched_session",
    "warn_of_endings",
]
