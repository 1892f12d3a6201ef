"""Four eyes: what one person asks for, another with a high enough limit approves, in time, exactly once.

A room registers a kind of request (`register`), asks (`ask`) and reacts to `ApprovalDecided`. Who may decide is a
matter of permission, of the limit of his roles, and of for whom he stands in; nobody decides his own request.
"""

from .actions import ask, decide, expire_due, seat_names, withdraw
from .events import ApprovalAsked, ApprovalDecided
from .kinds import KINDS, LIMITS, ApprovalKind, install_limits, limits_of, register
from .queries import ApprovalCard, latest_of, waiting_for
from .rules import Absent, Limits, able, authority

__all__ = [
    "KINDS",
    "LIMITS",
    "Absent",
    "ApprovalAsked",
    "ApprovalCard",
    "ApprovalDecided",
    "ApprovalKind",
    "Limits",
    "able",
    "ask",
    "authority",
    "decide",
    "expire_due",
    "install_limits",
    "latest_of",
    "limits_of",
    "register",
    "seat_names",
    "waiting_for",
    "withdraw",
]
