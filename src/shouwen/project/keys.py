"""Keys that nobody gave: made once, kept in the data folder for its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class KeyFolderRefused(Exception):
    """The data folder cannot keep a key."""


def private_folder(place: Path) -> Path:
    """Make a folder that only its owner may enter."""
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    return place


def data_folder(data: Path) -> None:
    """Make the data folder; the database's own user may pass through it, and nobody may list it."""
    if not data.exists():
        data.mkdir(parents=True, exist_ok=True)  # another process of the same start may be quicker
        data.chmod(0o711)


def kept_key(data: Path, name: str) -> str:
    """Return the key of that name, making it if this is the first time."""
    file = data / "keys" / name
    try:
        data_folder(data)
        return file.read_text().strip() if file.exists() else _made(file)
    except OSError as failure:
        raise KeyFolderRefused(
            f"The data folder {data} cannot be used: {failure.strerror}. "
            "Set SHOUWEN_DATA to a folder that this user may write."
        ) from None


def key_before(data: Path, name: str) -> str:
    """Return the key that the present one took the place of, empty without one."""
    file = _file_before(data, name)
    return file.read_text().strip() if file.exists() else ""


def set_aside(data: Path, name: str) -> None:
    """Keep the present key as the one before, so that the next look makes a new one; done twice, it is done once."""
    before = _file_before(data, name)
    if not before.exists():
        (data / "keys" / name).rename(before)


def forget_before(data: Path, name: str) -> None:
    """Let the key before go."""
    _file_before(data, name).unlink(missing_ok=True)


def _file_before(data: Path, name: str) -> Path:
    return data / "keys" / f"{name}.before"


def _made(file: Path) -> str:
    folder = private_folder(file.parent)
    fresh = folder / f".{file.name}.{os.getpid()}"
    write_private(fresh, secrets.token_urlsafe(48) + "\n")
    try:
        os.link(fresh, file)  # whoever links first has made the key; the others read it
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return file.read_text().strip()


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    write_private_bytes(file, text.encode())


def write_private_bytes(file: Path, body: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    fresh = file.with_name(f".{file.name}.part{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(file)
