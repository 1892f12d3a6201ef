"""What an endpoint may know of the request around its typed parameters."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from shouwen.kit.principals import Principal


def principal(request: HttpRequest) -> Principal:
    """Return the one who asks, as the API's authentication recognised him."""
    return cast("Principal", request.auth)  # type: ignore[attr-defined]


def remote_address(request: HttpRequest) -> str:
    """Return the caller's address; the front door sets X-Forwarded-For and drops what callers send."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
