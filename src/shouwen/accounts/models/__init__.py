"""Staff, organisations, roles, and how they come in."""

from .access import ApiToken, PasswordUsed, RecoveryCode, SecurityPolicy, SignIn, Totp
from .operator import Operator
from .people import Organisation, Role, Staff
from .qualifications import Qualification, QualificationKind
from .single_sign_on import ProviderIdentity, ProviderSession
from .substitutes import Substitution
from .views import ListChoice, SavedView

__all__ = [
    "ApiToken",
    "ListChoice",
    "Operator",
    "Organisation",
    "PasswordUsed",
    "ProviderIdentity",
    "ProviderSession",
    "Qualification",
    "QualificationKind",
    "RecoveryCode",
    "Role",
    "SavedView",
    "SecurityPolicy",
    "SignIn",
    "Staff",
    "Substitution",
    "Totp",
]
