"""Values that open something, kept unreadable until their message has left."""

from __future__ import annotations

import json

from shouwen.kit import sealing

PURPOSE = "notifications.sealing"


def seal(values: dict[str, str]) -> str:
    """Encrypt values with the installation's key; nothing to keep is kept as ""."""
    return sealing.seal(PURPOSE, json.dumps(values)) if values else ""


def unseal(sealed: str) -> dict[str, str]:
    """Decrypt what `seal` made."""
    return dict(json.loads(sealing.unseal(PURPOSE, sealed))) if sealed else {}
