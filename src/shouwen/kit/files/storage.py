"""Where sealed content lies: a folder of the data folder, or whatever else is connected."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

PART = 1024 * 1024
_OURS = re.compile(r"[0-9a-f]{32}(\.thumbnail)?|\.[0-9a-f]{32}(\.thumbnail)?\.\d+")


class ContentMissing(Exception):
    """The store does not have what it should, or does not answer."""


class Storage(Protocol):
    """Keeps sealed content under a name. Never called inside a transaction."""

    def put(self, place: str, content: Iterable[bytes]) -> None:
        """Keep content; once this returns it outlives a power cut."""
        ...

    def get(self, place: str) -> Iterator[bytes]:
        """Return content in parts; raises ContentMissing."""
        ...

    def remove(self, place: str) -> None:
        """Let content go; what is not there is no failure."""
        ...

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Return the places of content that was put before a moment."""
        ...

    def has(self, place: str) -> bool:
        """Tell whether there is content at a place."""
        ...


class FolderStorage:
    """A folder on this machine that only its owner may enter."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, place: str, content: Iterable[bytes]) -> None:
        """Write beside, flush to the disk, rename into place, flush the folder."""
        try:
            self._write(self._file(place), content)
        except OSError as failure:
            raise ContentMissing(f"{place}: {failure.strerror}") from None

    def _write(self, file: Path, content: Iterable[bytes]) -> None:
        self._folder(file.parent)
        fresh = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                for part in content:
                    out.write(part)
                out.flush()
                os.fsync(out.fileno())
            fresh.rename(file)
        finally:
            fresh.unlink(missing_ok=True)
        _flush(file.parent)

    def get(self, place: str) -> Iterator[bytes]:
        """Read a file part by part; that it is there is known before the first part is asked for."""
        try:
            opened = self._file(place).open("rb")
        except OSError as failure:
            raise ContentMissing(f"{place}: {failure.strerror}") from None
        return _parts(opened)

    def remove(self, place: str) -> None:
        """Remove a file."""
        self._file(place).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Return what was written before a moment, half-written files included."""
        for file in self._root.glob("*/*"):
            try:
                written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue
            if written < moment:
                yield file.name

    def has(self, place: str) -> bool:
        """Tell whether a file is there."""
        return self._file(place).is_file()

    def _file(self, place: str) -> Path:
        name = place.split(".")[1] if place.startswith(".") else place
        return self._root / name[:2] / place

    def _folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True)
        self._root.chmod(0o700)
        _flush(self._root)


def fresh_place() -> str:
    """Return a place nobody has, whose name tells nothing."""
    return os.urandom(16).hex()


def is_ours(name: str) -> bool:
    """Tell whether a name in the store is one that we give, to whole content or to a half-written file."""
    return _OURS.fullmatch(name) is not None


_connected: list[Storage] = []


def connect(found: Storage) -> None:
    """Keep content there from now on. Done once, where the house is wired."""
    _connected[:] = [found]


def storage() -> Storage:
    """Return where content is kept: the folder `files` of the data folder unless something else is connected."""
    if not _connected:
        connect(FolderStorage(settings.CONFIG.data / "files"))
    return _connected[0]


def _parts(opened: object) -> Iterator[bytes]:
    with opened as file:  # type: ignore[attr-defined]
        while part := file.read(PART):
            yield part


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
