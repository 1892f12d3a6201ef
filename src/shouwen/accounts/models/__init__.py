"""Staff, organisations, roles, and how they come in."""

from .access import ApiToken, PasswordUsed, RecoveryCode, SecurityPolicy, SignIn, Totp
from .operator import Operator
from .people import Organisation, Role, Staff
from .qualifications import Qualification, QualificationKind
from .single_sign_on import ProviderIdentity, ProviderSession

__all__ = [
    "ApiToken",
    "Operator",
    "Organisation",
    "PasswordUsed",
    "ProviderIdentity",
    "ProviderSession",
    "Qualification",
    "QualificationKind",
    "RecoveryCode",
    "Role",
    "SecurityPolicy",
    "SignIn",
    "Staff",
    "Totp",
]
