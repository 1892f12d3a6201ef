"""What may be shown of personal data before somebody gives a reason to see all of it."""

from __future__ import annotations


def phone(number: str) -> str:
    """Keep the first three and last four digits: `138 **** 6620`; short numbers keep the last two."""
    digits = "".join(c for c in number if c.isdigit())
    if len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    if len(digits) < 8:
        return "*" * max(len(digits) - 2, 0) + digits[-2:]
    return f"{digits[:3]} **** {digits[-4:]}"


def name(full: str) -> str:
    """Keep the family name: `陈**`; a one-character name is hidden whole."""
    return full[:1] + "*" * (len(full) - 1) if len(full) > 1 else "*" * len(full)


def email(address: str) -> str:
    """Keep the first character and the domain: `c***@example.com`."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}***{at}{domain}" if at else "***"
