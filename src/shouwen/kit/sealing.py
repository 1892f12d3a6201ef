"""What must not stand in the database in clear: sealed with a key of the data folder, one key for each purpose."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet
from django.conf import settings


def seal(purpose: str, text: str) -> str:
    """Encrypt a text; nothing to keep is kept as ""."""
    return _box(purpose).encrypt(text.encode()).decode() if text else ""


def unseal(purpose: str, sealed: str) -> str:
    """Decrypt what `seal` made for the same purpose."""
    return _box(purpose).decrypt(sealed.encode()).decode() if sealed else ""


def digest(purpose: str, secret: str | bytes) -> str:
    """Return the mark by which a secret is recognised: worth nothing without the installation's key."""
    data = secret.encode() if isinstance(secret, str) else secret
    return hmac.new(_key(purpose), data, hashlib.sha256).hexdigest()


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(purpose)))


def _key(purpose: str) -> bytes:
    return hashlib.sha256(f"shouwen.{purpose}:".encode() + settings.SECRET_KEY.encode()).digest()
