"""Secrets that open something: made here, kept as digests only."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac


def new_token() -> str:
    """Return an unguessable token (256 bits)."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is kept of a token. A plain hash will do: nobody can try all tokens."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Return a one-time code of six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def code_digest(code: str, request_id: int) -> str:
    """Return what is kept of a code: keyed, because all codes can be tried, and bound to its request."""
    return salted_hmac("shouwen.customers.code", f"{request_id}:{code}", algorithm="sha256").hexdigest()


def code_matches(code: str, request_id: int, kept: str | None) -> bool:
    """Compare an offered code with the kept digest, as slowly for a wrong one as for a right one."""
    return constant_time_compare(code_digest(code, request_id), kept or "")
