"""Staff, organisations, roles, and how they come in."""

from .operator import Operator
from .people import Organisation, Role, Staff

__all__ = ["Operator", "Organisation", "Role", "Staff"]
