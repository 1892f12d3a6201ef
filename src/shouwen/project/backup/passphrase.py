"""Keys under a passphrase: scrypt makes a key of it, AES-256-GCM encrypts and proves."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"shouwen-keys-1\n"
SALT, NONCE = 16, 12
COST = 2**16  # 64 MiB and about a fifth of a second for each guess


class WrongPassphrase(Exception):
    """The passphrase is another, or the file was changed."""


def encrypted(plain: bytes, passphrase: str) -> bytes:
    """Return `plain` so that only the passphrase opens it."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return MAGIC + salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, MAGIC)


def decrypted(sealed: bytes, passphrase: str) -> bytes:
    """Return what was encrypted."""
    body = sealed.removeprefix(MAGIC)
    salt, nonce, secret = body[:SALT], body[SALT : SALT + NONCE], body[SALT + NONCE :]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, secret, MAGIC)
    except InvalidTag:
        raise WrongPassphrase from None


def is_encrypted(data: bytes) -> bool:
    """Tell whether a passphrase is needed."""
    return data.startswith(MAGIC)


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
