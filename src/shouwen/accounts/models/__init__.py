"""Staff, organisations, roles, and how they come in."""

from .people import Organisation, Role, Staff

__all__ = ["Organisation", "Role", "Staff"]
