"""The keys of an installation in one file of their own: never in the same folder as the data that they protect."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path

from shouwen.project.config import PREFIX, SECRETS, Config
from shouwen.project.keys import private_folder, write_private_bytes

from .manifest import KeysNote
from .passphrase import WrongPassphrase, decrypted, encrypted, is_encrypted
from .trouble import RestoreRefused

PLACES = ("keys", "tls")
LEFT_OUT = {"first_start.json"}  # a link that works once does not come back


def write_keys(config: Config, stamp: str) -> KeysNote | None:
    """Write the keys to their own place, encrypted if there is a passphrase; None when there are no files of keys."""
    found = _found(config.data)
    if not found:
        return None
    text = json.dumps({name: base64.b64encode(data).decode() for name, data in found.items()}, indent=1).encode()
    secret = bool(config.backup_passphrase)
    body = encrypted(text, config.backup_passphrase) if secret else text
    file = private_folder(config.backup_keys) / f"shouwen-{stamp}.keys"
    write_private_bytes(file, body)
    return KeysNote(file.name, hashlib.sha256(body).hexdigest(), secret)


def _found(data: Path) -> dict[str, bytes]:
    files = [file for place in PLACES for file in sorted((data / place).rglob("*")) if file.is_file()]
    kept = [file for file in files if file.name not in LEFT_OUT and not file.name.startswith(".")]
    return {str(file.relative_to(data)): file.read_bytes() for file in kept}


def from_environment() -> list[str]:
    """Name the keys that the environment gives: these are in no backup of ours."""
    return [name for secret in SECRETS if os.environ.get(name := f"{PREFIX}{secret}".upper())]


def read_keys(file: Path, note: KeysNote | None, passphrase: str) -> dict[str, bytes]:
    """Return the keys in an archive."""
    try:
        body = file.read_bytes()
    except OSError as failure:
        raise RestoreRefused(f"The keys {file} cannot be read: {failure.strerror}.") from None
    if note and hashlib.sha256(body).hexdigest() != note.sha256:
        raise RestoreRefused(f"{file} is not the keys of this backup, or was changed. Its keys are in {note.file}.")
    if is_encrypted(body):
        body = _opened(body, passphrase, file)
    return {name: base64.b64decode(text) for name, text in json.loads(body).items() if _safe(name)}


def _opened(body: bytes, passphrase: str, file: Path) -> bytes:
    if not passphrase:
        raise RestoreRefused(f"{file} is encrypted. Set SHOUWEN_BACKUP_PASSPHRASE to its passphrase.")
    try:
        return decrypted(body, passphrase)
    except WrongPassphrase:
        raise RestoreRefused(f"SHOUWEN_BACKUP_PASSPHRASE does not open {file}, or the file was changed.") from None


def _safe(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() and path.parts[0] in PLACES and ".." not in path.parts
