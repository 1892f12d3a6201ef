"""Content unreadable at rest: each file has its own key, and that key is wrapped with the installation's.

Content is sealed in pieces (AES-256-GCM), so that a large file never stands in memory whole. A piece's nonce carries
its number and whether it is the last, and every piece is bound to the file's place in the store: pieces cannot be
exchanged, reordered, repeated or cut off without notice.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PIECE = 64 * 1024
TAG = 16
NONCE = 12


class SealBroken(Exception):
    """The content is not what was sealed, or the key is another."""


def fresh_key() -> bytes:
    """Make the key of one file."""
    return AESGCM.generate_key(256)


def wrap(key: bytes, place: str) -> bytes:
    """Seal a file's key with the installation's."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_master()).encrypt(nonce, key, place.encode())


def unwrap(wrapped: bytes, place: str) -> bytes:
    """Return a file's key, sealed with the present key or the one before; raises SealBroken under any other."""
    for master in filter(None, (_master(), _before())):
        with contextlib.suppress(InvalidTag):
            return AESGCM(master).decrypt(wrapped[:NONCE], wrapped[NONCE:], place.encode())
    raise SealBroken(f"{place}: sealed under another key")


def key_name() -> str:
    """Return a name of the installation's key that tells nothing of it: which key a file needs."""
    return hashlib.sha256(b"name:" + _master()).hexdigest()[:16]


def seal(content: Iterable[bytes], key: bytes, place: str) -> Iterator[bytes]:
    """Seal content piece by piece."""
    box = AESGCM(key)
    for number, (piece, last) in enumerate(_marked(_pieces(content, PIECE))):
        yield box.encrypt(_nonce(number, last=last), piece, place.encode())


def unseal(sealed: Iterable[bytes], key: bytes, place: str) -> Iterator[bytes]:
    """Open content piece by piece; raises SealBroken at the first that is not as it was."""
    box = AESGCM(key)
    for number, (piece, last) in enumerate(_marked(_pieces(sealed, PIECE + TAG))):
        try:
            yield box.decrypt(_nonce(number, last=last), piece, place.encode())
        except InvalidTag:
            raise SealBroken(f"{place}: piece {number} is not as it was sealed") from None


def _master() -> bytes:
    return _derived(settings.CONFIG.files_key)


def _before() -> bytes:
    """Return the key that files may still be sealed with while they are brought under another; empty without one."""
    given = settings.CONFIG.files_key_before
    return _derived(given) if given else b""


def _derived(key: str) -> bytes:
    return hashlib.sha256(b"shouwen.kit.files:" + key.encode()).digest()


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NONCE - 1, "big") + (b"\1" if last else b"\0")


def _pieces(content: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Cut a stream into pieces of one size; the last may be shorter, and an empty stream is one empty piece."""
    held = bytearray()
    any_yet = False
    for part in content:
        held += part
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
            any_yet = True
    if held or not any_yet:
        yield bytes(held)


def _marked(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Put beside each piece whether it is the last."""
    before = next(pieces)
    for piece in pieces:
        yield before, False
        before = piece
    yield before, True
