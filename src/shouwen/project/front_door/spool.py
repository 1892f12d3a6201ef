"""An upload on its way through: taken from a slow browser whole, before it occupies a thread of the web process.

It waits on disk, in a file without a name, unreadable: the key lives only here and only as long.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator

from aiohttp import StreamReader
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

PART = 256 * 1024


class SpoolFull(Exception):
    """More came than is let through."""


class Spool:
    """One body, written once and read as often as it must be sent."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  close() is ours
        self._cipher = Cipher(AES(os.urandom(32)), CTR(os.urandom(16)))
        self.size = 0

    async def fill(self, content: StreamReader, limit: int) -> None:
        """Take a whole body; raises SpoolFull when it is larger than allowed."""
        hide = self._cipher.encryptor()
        async for part in content.iter_chunked(PART):
            self.size += len(part)
            if self.size > limit:
                raise SpoolFull
            await asyncio.to_thread(self._file.write, hide.update(part))

    async def parts(self) -> AsyncIterator[bytes]:
        """Return the body from its beginning."""
        show = self._cipher.decryptor()
        self._file.seek(0)
        while part := await asyncio.to_thread(self._file.read, PART):
            yield show.update(part)

    def close(self) -> None:
        """Let it go."""
        self._file.close()
