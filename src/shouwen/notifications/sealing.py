"""Values that open something, kept unreadable until their message has left."""

from __future__ import annotations

import base64
import hashlib
import json

from cryptography.fernet import Fernet
from django.conf import settings


def seal(values: dict[str, str]) -> str:
    """Encrypt values with the installation's key; nothing to keep is kept as ""."""
    return _box().encrypt(json.dumps(values).encode()).decode() if values else ""


def unseal(sealed: str) -> dict[str, str]:
    """Decrypt what `seal` made."""
    return dict(json.loads(_box().decrypt(sealed.encode()))) if sealed else {}


def _box() -> Fernet:
    key = hashlib.sha256(b"shouwen.notifications.sealing:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
