"""Where a link in a message leads."""

from __future__ import annotations

from django.conf import settings

PATH = "/portal/m/"


def absolute(secrets: dict[str, str]) -> dict[str, str]:
    """Turn the token of a one-matter link into the address its reader opens."""
    if "link" not in secrets:
        return secrets
    return secrets | {"link": f"{settings.CONFIG.base_url}{PATH}{secrets['link']}"}
